#include "cli/alternative_effects.h"

#include <algorithm>

#include <fmt/format.h>

#include <materiel/scenario/same_meaning.h>

namespace materiel::cli {
namespace {

/// A scenario without its texts for people.
scenario::Spec without_texts(scenario::Spec spec) {
  spec.alternatives.clear();  // a variant has none
  spec.title.clear();
  spec.description.clear();
  spec.authors.clear();
  const auto clear_labels = [](auto& things) {
    for (auto& thing : things) thing.label.clear();
  };
  clear_labels(spec.items);
  clear_labels(spec.parameters);
  clear_labels(spec.sites);
  clear_labels(spec.supplies);
  clear_labels(spec.productions);
  clear_labels(spec.routes);
  clear_labels(spec.demands);
  clear_labels(spec.exchanges);
  clear_labels(spec.disruptions);
  clear_labels(spec.milestones);
  clear_labels(spec.outcomes);
  for (scenario::Item& item : spec.items) item.unit.clear();
  for (scenario::Outcome& outcome : spec.outcomes) outcome.unit.clear();
  for (scenario::Parameter& parameter : spec.parameters) {
    for (std::string* text : {&parameter.unit, &parameter.source, &parameter.grade, &parameter.note}) text->clear();
    parameter.as_of.reset();
  }
  return spec;
}

}  // namespace

Diagnostics idle_alternatives(const std::vector<AlternativeInput>& inputs) {
  Diagnostics found;
  const auto base = std::find_if(inputs.begin(), inputs.end(), [](const auto& one) { return one.name == kBase; });
  if (base == inputs.end() || !base->input.model || !inputs.front().input.spec) return found;
  const scenario::Spec plain = without_texts(*base->input.spec);
  for (const AlternativeInput& one : inputs) {
    if (one.name == kBase || !one.input.model || !same_meaning(plain, without_texts(*one.input.spec))) continue;
    const auto& all = inputs.front().input.spec->alternatives;
    const auto written = std::find_if(all.begin(), all.end(), [&](const auto& a) { return a.name == one.name; });
    if (written == all.end()) continue;
    found.push_back(
        {.severity = Severity::warning,
         .file = plain.file,
         .where = written->where,
         .message = fmt::format("the alternative '{}' changes nothing: every number is as in the base", one.name),
         .notes = {"it sets the values that the file, or --set, gives already"}});
  }
  return found;
}

}  // namespace materiel::cli
