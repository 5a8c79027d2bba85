#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include <materiel/scenario/spec.h>
#include <materiel/study/load.h>

#include "study/idle_alternatives.h"
#include "study/read_scenario.h"

namespace materiel::study {
namespace {

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
void collect_errors(Variant& one, Diagnostics& all) {
  for (Diagnostic& error : std::exchange(one.diagnostics, {})) {
    const auto like_it = [&](const Diagnostic& other) {
      return other.message == error.message && other.file == error.file && other.where == error.where;
    };
    if (error.severity != Severity::error || std::any_of(all.begin(), all.end(), like_it)) continue;
    if (one.spec) error.notes.push_back(fmt::format("in the alternative '{}'", one.name));
    all.push_back(std::move(error));
  }
}

/// What a study says of an alternative; its sections are in the model.
std::shared_ptr<const scenario::Spec> without_sections(const scenario::Spec& spec) {
  scenario::Spec head;
  head.file = spec.file;
  head.name = spec.name;
  head.title = spec.title;
  head.start = spec.start;
  head.end = spec.end;
  head.alternative = spec.alternative;
  head.data_files = spec.data_files;
  return std::make_shared<const scenario::Spec>(std::move(head));
}

/// With what all of them together show, and without what was only needed for that.
Expected<Scenario> finished(std::vector<Variant> variants, Diagnostics diagnostics) {
  for (Diagnostic& idle : idle_alternatives(variants)) diagnostics.push_back(std::move(idle));
  sort_diagnostics(diagnostics);
  for (auto one = variants.begin() + 1; one != variants.end(); ++one)
    if (one->spec) one->spec = without_sections(*one->spec);
  const bool fine =
      std::all_of(variants.begin(), variants.end(), [](const Variant& one) { return one.model != nullptr; });
  FileDiagnostics of_file{std::move(diagnostics), variants.front().source};
  if (fine) return Scenario{std::move(variants), {std::move(of_file)}};
  return Error{.code = Error::Code::invalid_scenario, .what = {}, .diagnostics = {std::move(of_file)}};
}

}  // namespace

Expected<Scenario> load(const std::string& path, const LoadOptions& options) {
  Expected<std::string> source = read_scenario(path);
  if (!source) return source.error();
  const auto compiled = [&options](std::vector<Variant> all, Diagnostics found) {
    Expected<Scenario> scenario = finished(std::move(all), std::move(found));
    if (scenario) scenario->overrides = options.overrides;
    return scenario;
  };
  const std::vector<std::string>& asked = options.alternatives;
  const bool begins_with_base = asked.empty() || asked.front() == kAll;
  std::vector<Variant> variants;
  variants.push_back(
      compile_variant(*std::move(source), path, options.overrides, begins_with_base ? kBase : asked.front()));
  Diagnostics diagnostics = std::exchange(variants.front().diagnostics, {});
  std::vector<std::string> names = {kBase};
  if (variants.front().spec) names = names_of(asked, *variants.front().spec);
  variants.front().name = names.front();
  if (names.size() == 1) return compiled(std::move(variants), std::move(diagnostics));
  const scenario::ScenarioText text(variants.front().source, path);
  for (auto name = names.begin() + 1; name != names.end(); ++name) {
    variants.push_back(compile_variant(text, options.overrides, *name, scenario::Checked::asked));
    collect_errors(variants.back(), diagnostics);
  }
  return compiled(std::move(variants), std::move(diagnostics));
}

}  // namespace materiel::study
