#include "study/idle_alternatives.h"

#include <algorithm>

#include <fmt/format.h>

#include <materiel/scenario/same_meaning.h>
#include <materiel/scenario/spec.h>

namespace materiel::study {
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

Diagnostics idle_alternatives(const std::vector<Variant>& variants) {
  Diagnostics found;
  const auto base = std::find_if(variants.begin(), variants.end(), [](const auto& one) { return one.name == kBase; });
  if (base == variants.end() || !base->model || !variants.front().spec) return found;
  const scenario::Spec plain = without_texts(*base->spec);
  for (const Variant& one : variants) {
    if (one.name == kBase || !one.model || !same_meaning(plain, without_texts(*one.spec))) continue;
    const auto& all = variants.front().spec->alternatives;
    const auto written = std::find_if(all.begin(), all.end(), [&](const auto& a) { return a.name == one.name; });
    if (written == all.end()) continue;
    found.push_back(
        {.severity = Severity::warning,
         .file = plain.file,
         .where = written->where,
         .message = fmt::format("the alternative '{}' changes nothing: every number is as in the base", one.name),
         .notes = {"it sets the values that the file, or an override, gives already"}});
  }
  return found;
}

}  // namespace materiel::study
