#include <iterator>
#include <utility>

#include <materiel/scenario/spec.h>
#include <materiel/study/load.h>

namespace materiel::study {
namespace {

void append(Diagnostics& all, Diagnostics more) {
  all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

}  // namespace

Variant compile_variant(std::string text, const std::string& path, const std::vector<scenario::Override>& overrides,
                        const std::string& alternative, scenario::Checked checked) {
  Variant variant = compile_variant(scenario::ScenarioText(text, path), overrides, alternative, checked);
  variant.source = std::move(text);
  return variant;
}

Variant compile_variant(const scenario::ScenarioText& text, const std::vector<scenario::Override>& overrides,
                        const std::string& alternative, scenario::Checked checked) {
  Variant variant{.name = alternative};
  Result<scenario::Parsed> parsed = text.parse(overrides, alternative == kBase ? std::string() : alternative, checked);
  append(variant.diagnostics, parsed.diagnostics());
  if (parsed) {
    append(variant.diagnostics, parsed.value().warnings);
    variant.spec = std::make_shared<const scenario::Spec>(std::move(parsed).value().spec);
    Result<model::Compiled> compiled = model::compile(*variant.spec);
    append(variant.diagnostics, compiled.diagnostics());
    if (compiled) {
      append(variant.diagnostics, compiled.value().warnings);
      variant.model = compiled.value().model;
    }
  }
  sort_diagnostics(variant.diagnostics);
  return variant;
}

}  // namespace materiel::study
