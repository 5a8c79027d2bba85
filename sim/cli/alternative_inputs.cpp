#include "cli/alternative_inputs.h"

#include <algorithm>

#include "cli/exit_codes.h"

namespace materiel::cli {
namespace {

constexpr const char* kAll = "all";

std::string setting_name(const std::string& alternative) {
  return alternative == kBase ? std::string{} : alternative;
}

/// The names in the order asked, each once.
std::vector<std::string> names_of(const std::vector<std::string>& asked, const scenario::Spec& spec) {
  std::vector<std::string> names;
  const auto add = [&](const std::string& name) {
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  };
  if (asked.empty()) add(kBase);
  for (const std::string& name : asked) {
    if (name != kAll) {
      add(name);
      continue;
    }
    add(kBase);
    for (const scenario::Alternative& alternative : spec.alternatives) add(alternative.name);
  }
  return names;
}

}  // namespace

std::optional<std::vector<AlternativeInput>> read_alternatives(const std::string& path,
                                                               const std::vector<scenario::Override>& overrides,
                                                               const std::vector<std::string>& asked, Console& console,
                                                               int& exit_code) {
  const bool all = asked.empty() || asked.front() == kAll;
  const std::string first = all ? std::string{} : setting_name(asked.front());
  std::optional<ScenarioInput> input = read_scenario(path, overrides, console, first);
  exit_code = kUsage;
  if (!input) return std::nullopt;
  exit_code = kInvalidScenario;
  console.show(input->diagnostics, input->source);
  if (!input->model) return std::nullopt;
  std::vector<AlternativeInput> inputs;
  for (const std::string& name : names_of(asked, *input->spec)) {
    if (setting_name(name) == first) {
      inputs.push_back({name, *input});
      continue;
    }
    std::optional<ScenarioInput> other = read_scenario(path, overrides, console, setting_name(name));
    if (!other) return std::nullopt;
    if (!other->model) {
      console.show(other->diagnostics, other->source);
      return std::nullopt;
    }
    inputs.push_back({name, std::move(*other)});
  }
  return inputs;
}

}  // namespace materiel::cli
