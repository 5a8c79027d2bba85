#include "study/stored_scenario.h"

#include <algorithm>

namespace materiel::study {

std::vector<scenario::Override> stored_overrides(const store::StudyIdentity& identity) {
  std::vector<scenario::Override> overrides;
  for (const std::string& text : identity.overrides) {
    const std::size_t equals = std::min(text.find('='), text.size());
    overrides.push_back({text.substr(0, equals), text.substr(std::min(equals + 1, text.size()))});
  }
  return overrides;
}

Variant stored_variant(const store::StudyRecord& record, const std::string& alternative, scenario::Checked checked) {
  const store::ScenarioFacts& facts = store::scenario_of(record, alternative);
  const bool of_a_file = !record.further.empty();  // whose name the alternative has
  Variant variant = compile_variant(facts.source, facts.file, stored_overrides(record.identity),
                                    of_a_file ? kBase : alternative, checked);
  variant.name = alternative;
  return variant;
}

}  // namespace materiel::study
