#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace materiel::scenario {

/// A list of names in which each is found at once. Copies share it until one of them is changed: a scenario may have
/// hundreds of thousands of metrics, and each thread its own evaluator of expressions over them.
class VariableNames {
 public:
  VariableNames();
  VariableNames(std::initializer_list<std::string> names);  // NOLINT(google-explicit-constructor): a list of names
  VariableNames(std::vector<std::string> names);            // NOLINT(google-explicit-constructor)

  void push_back(std::string name);

  [[nodiscard]] std::size_t size() const { return all().size(); }
  [[nodiscard]] bool empty() const { return all().empty(); }
  [[nodiscard]] const std::string& operator[](std::size_t index) const { return all()[index]; }
  [[nodiscard]] auto begin() const { return all().begin(); }
  [[nodiscard]] auto end() const { return all().end(); }
  [[nodiscard]] const std::vector<std::string>& all() const;

  /// The index of the first variable of a name.
  [[nodiscard]] std::optional<std::uint32_t> find(std::string_view name) const;

 private:
  struct Table;
  std::shared_ptr<Table> table_;
};

}  // namespace materiel::scenario
