#include <materiel/render/given_text.h>
#include <materiel/render/sensitivity_text.h>
#include <materiel/render/study_tables_text.h>

namespace materiel::render {

std::string given_text(const study::GivenResult& result) {
  const std::vector<model::OutcomeInfo>& all = result.record.outcomes;
  std::string text;
  for (const study::GivenFinding& one : result.findings) {
    const std::string whose = result.alternatives.size() > 1 ? ", " + one.alternative : std::string();
    text += given_table(shown_name(one.outcome, all) + whose, one.parameters, one.measures);
  }
  if (!result.information) return text;
  const study::InformationFinding& found = *result.information;
  return text +
         information_table(with_shown_name(found.outcome, all), found.alternatives, found.parameters, found.value);
}

}  // namespace materiel::render
