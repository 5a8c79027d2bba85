#include "cli/alternative_inputs.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "cli/alternative_effects.h"

namespace materiel::cli {
namespace {

constexpr const char* kAll = "all";

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

/// Moves the errors of a further alternative to the diagnostics of the first. Warnings stay behind: what an alternative
/// closes may well leave a parameter unused.
void collect_errors(AlternativeInput& one, Diagnostics& all) {
  for (Diagnostic& error : std::exchange(one.input.diagnostics, {})) {
    const auto like_it = [&](const Diagnostic& other) {
      return other.message == error.message && other.file == error.file && other.where == error.where;
    };
    if (error.severity != Severity::error || std::any_of(all.begin(), all.end(), like_it)) continue;
    if (one.input.spec) error.notes.push_back(fmt::format("in the alternative '{}'", one.name));
    all.push_back(std::move(error));
  }
}

/// What a study says of an alternative; its sections are in the model.
scenario::Spec without_sections(const scenario::Spec& spec) {
  scenario::Spec head;
  head.file = spec.file;
  head.name = spec.name;
  head.title = spec.title;
  head.start = spec.start;
  head.end = spec.end;
  head.alternative = spec.alternative;
  head.data_files = spec.data_files;
  return head;
}

/// With what all of them together show, and without what was only needed for that.
AlternativeInputs finished(AlternativeInputs found) {
  for (Diagnostic& idle : idle_alternatives(found.inputs)) found.diagnostics.push_back(std::move(idle));
  sort_diagnostics(found.diagnostics);
  for (auto one = found.inputs.begin() + 1; one != found.inputs.end(); ++one)
    if (one->input.spec) one->input.spec = without_sections(*one->input.spec);
  return found;
}

}  // namespace

bool AlternativeInputs::all_compiled() const {
  return std::all_of(inputs.begin(), inputs.end(),
                     [](const AlternativeInput& one) { return one.input.model != nullptr; });
}

std::optional<AlternativeInputs> read_alternatives(const std::string& path,
                                                   const std::vector<scenario::Override>& overrides,
                                                   const std::vector<std::string>& asked, Console& console) {
  const auto read = [&](const std::string& name) {
    return read_scenario(path, overrides, console, name == kBase || name == kAll ? std::string() : name);
  };
  std::optional<ScenarioInput> first = read(asked.empty() ? kBase : asked.front());
  if (!first) return std::nullopt;
  AlternativeInputs found;
  found.diagnostics = std::exchange(first->diagnostics, {});
  std::vector<std::string> names = {kBase};
  if (first->spec) names = names_of(asked, *first->spec);
  found.inputs.push_back({names.front(), std::move(*first)});
  if (names.size() == 1) return finished(std::move(found));
  const scenario::ScenarioText text(found.source(), path);
  for (auto name = names.begin() + 1; name != names.end(); ++name) {
    found.inputs.push_back(
        {*name, compile_scenario(text, overrides, *name == kBase ? "" : *name, scenario::Checked::asked)});
    collect_errors(found.inputs.back(), found.diagnostics);
  }
  return finished(std::move(found));
}

}  // namespace materiel::cli
