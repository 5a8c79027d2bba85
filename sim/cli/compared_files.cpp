#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include <fmt/format.h>

#include <materiel/base/names.h>

#include "cli/alternative_inputs.h"
#include "cli/exit_codes.h"

namespace materiel::cli {
namespace {

/// The words of the names of the scenarios, or of the files if those don't tell them apart: an alternative's name
/// stands in columns, lists and file names.
std::vector<std::string> names_of(const std::vector<AlternativeInput>& inputs, const std::vector<std::string>& paths) {
  std::vector<std::string> names, stems;
  const auto word = [](const std::string& name) {
    const std::string plain = path_word(name);
    return reads_as_value(plain) ? distinct_word(name) : plain;
  };
  for (const AlternativeInput& one : inputs) names.push_back(word(one.input.spec->name));
  for (const std::string& path : paths) stems.push_back(word(std::filesystem::path(path).stem().string()));
  return std::set(names.begin(), names.end()).size() == names.size() ? names : stems;
}

/// Why files can't be compared; empty if they can.
std::string mistake_of(const std::vector<AlternativeInput>& inputs, const std::vector<std::string>& paths) {
  const scenario::Spec& first = *inputs.front().input.spec;
  std::map<std::string, std::pair<std::string, std::string>> units;  // of each outcome, and the file it is from
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const scenario::Spec& spec = *inputs[i].input.spec;
    for (std::size_t j = 0; j < i; ++j)
      if (inputs[j].name == inputs[i].name)
        return fmt::format("{} and {} have one name, '{}': give their scenarios different ones", paths[j], paths[i],
                           inputs[i].name);
    if (spec.start.iso() != first.start.iso() || spec.end.iso() != first.end.iso())
      return fmt::format("{} runs from {} to {}, but {} from {} to {}: only equal periods can be compared", paths[i],
                         spec.start.iso(), spec.end.iso(), paths[0], first.start.iso(), first.end.iso());
    for (const model::OutcomeInfo& outcome : inputs[i].input.model->outcomes()) {
      const auto [known, is_new] = units.try_emplace(outcome.name, outcome.unit, paths[i]);
      if (!is_new && known->second.first != outcome.unit)
        return fmt::format("{} is in '{}' in {}, but in '{}' in {}", outcome.name, outcome.unit, paths[i],
                           known->second.first, known->second.second);
    }
  }
  return {};
}

}  // namespace

std::optional<AlternativeInputs> read_files(const std::vector<std::string>& paths,
                                            const std::vector<scenario::Override>& overrides, Console& console,
                                            int& code) {
  AlternativeInputs found;
  code = kUsage;
  for (const std::string& path : paths) {
    std::optional<ScenarioInput> one = read_scenario(path, overrides, console);
    if (!one) return std::nullopt;
    console.show(one->diagnostics, one->source);
    found.inputs.push_back({{}, std::move(*one)});
  }
  code = kInvalidScenario;
  if (!found.all_compiled()) return std::nullopt;
  const std::vector<std::string> names = names_of(found.inputs, paths);
  for (std::size_t i = 0; i < names.size(); ++i) found.inputs[i].name = names[i];
  const std::string mistake = mistake_of(found.inputs, paths);
  code = kUsage;
  if (!mistake.empty()) {
    console.error(mistake);
    return std::nullopt;
  }
  return found;
}

}  // namespace materiel::cli
