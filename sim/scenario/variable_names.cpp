#include <functional>
#include <unordered_map>

#include <materiel/scenario/variable_names.h>

namespace materiel::scenario {

/// The names, and their indices by hash: texts are not kept twice.
struct VariableNames::Table {
  std::vector<std::string> names;
  std::unordered_multimap<std::size_t, std::uint32_t> index;

  void add(std::string name) {
    index.emplace(std::hash<std::string_view>{}(name), static_cast<std::uint32_t>(names.size()));
    names.push_back(std::move(name));
  }
};

VariableNames::VariableNames() : table_(std::make_shared<Table>()) {}

VariableNames::VariableNames(std::initializer_list<std::string> names)
    : VariableNames(std::vector<std::string>(names)) {}

VariableNames::VariableNames(std::vector<std::string> names) : VariableNames() {
  for (std::string& name : names) table_->add(std::move(name));
}

void VariableNames::push_back(std::string name) {
  if (table_.use_count() > 1) table_ = std::make_shared<Table>(*table_);
  table_->add(std::move(name));
}

const std::vector<std::string>& VariableNames::all() const {
  return table_->names;
}

std::optional<std::uint32_t> VariableNames::find(std::string_view name) const {
  std::optional<std::uint32_t> first;
  const auto [begin, end] = table_->index.equal_range(std::hash<std::string_view>{}(name));
  for (auto at = begin; at != end; ++at)
    if (table_->names[at->second] == name && (!first || at->second < *first)) first = at->second;
  return first;
}

}  // namespace materiel::scenario
