#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace materiel::store {

/// What is made of a scenario, or of stored runs, other than a plain study; with all that decides its files and is not
/// in the rest of a study's identity.
struct AnalysisIdentity {
  enum class Kind : std::uint8_t { sweep, sensitivity, given, discovery };
  Kind kind = Kind::sweep;
  std::vector<std::pair<std::string, std::vector<std::string>>> settings = {};  ///< by name, each name once

  void set_list(std::string name, std::vector<std::string> values) {
    settings.emplace_back(std::move(name), std::move(values));
  }
  void set(std::string name, std::string value) { set_list(std::move(name), {std::move(value)}); }

  /// The first value of a setting; empty if there is none.
  [[nodiscard]] std::string value(std::string_view name) const;

  friend bool operator==(const AnalysisIdentity&, const AnalysisIdentity&) = default;
};

/// "sensitivity", as in run.json.
[[nodiscard]] std::string_view name_of(AnalysisIdentity::Kind kind);
[[nodiscard]] std::optional<AnalysisIdentity::Kind> analysis_named(std::string_view name);

/// "sensitivity, method sobol, outcome outcome.a outcome.b", for people.
[[nodiscard]] std::string words_of(const AnalysisIdentity& analysis);

}  // namespace materiel::store
