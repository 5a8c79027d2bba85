#include "cli/scenario_input.h"

#include <iterator>

#include <materiel/store/study_directory.h>

#include "cli/misplaced_argument.h"

namespace materiel::cli {
namespace {

void append(Diagnostics& all, Diagnostics more) {
  all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

}  // namespace

ScenarioInput compile_scenario(std::string text, const std::string& path,
                               const std::vector<scenario::Override>& overrides, const std::string& alternative,
                               scenario::Checked checked) {
  ScenarioInput input = compile_scenario(scenario::ScenarioText(text, path), overrides, alternative, checked);
  input.source = std::move(text);
  return input;
}

ScenarioInput compile_scenario(const scenario::ScenarioText& text, const std::vector<scenario::Override>& overrides,
                               const std::string& alternative, scenario::Checked checked) {
  ScenarioInput input;
  Result<scenario::Parsed> parsed = text.parse(overrides, alternative, checked);
  append(input.diagnostics, parsed.diagnostics());
  if (parsed) {
    append(input.diagnostics, parsed.value().warnings);
    input.spec = std::move(parsed).value().spec;
    Result<model::Compiled> compiled = model::compile(*input.spec);
    append(input.diagnostics, compiled.diagnostics());
    if (compiled) {
      append(input.diagnostics, compiled.value().warnings);
      input.model = compiled.value().model;
    }
  }
  sort_diagnostics(input.diagnostics);
  return input;
}

std::optional<ScenarioInput> read_scenario(const std::string& path, const std::vector<scenario::Override>& overrides,
                                           Console& console, const std::string& alternative) {
  std::string error = study_for_scenario(path);
  std::optional<std::string> text;
  if (error.empty()) text = store::read_named_file(path, error, scenario::kLargestFile);
  if (text) return compile_scenario(std::move(*text), path, overrides, alternative);
  console.error(error);
  return std::nullopt;
}

}  // namespace materiel::cli
