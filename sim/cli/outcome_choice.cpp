#include "cli/outcome_choice.h"

#include <utility>

#include <materiel/base/name_patterns.h>

namespace materiel::cli {

OutcomeChoice choose_outcomes(const std::vector<model::OutcomeInfo>& outcomes, const std::vector<std::string>& asked) {
  std::vector<std::string> names;
  OutcomeChoice choice;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    names.push_back(outcomes[i].name);
    if (asked.empty() && outcomes[i].kind != model::OutcomeInfo::Kind::metric) choice.chosen.push_back(i);
  }
  if (!asked.empty()) {
    NameChoice found = choose_by_patterns(names, asked, "outcome");
    return {std::move(found.chosen), std::move(found.error)};
  }
  if (choice.chosen.empty())
    choice.error = "the scenario has no milestones and outcomes of its own: name metrics with --outcome 'stock.*'";
  return choice;
}

}  // namespace materiel::cli
