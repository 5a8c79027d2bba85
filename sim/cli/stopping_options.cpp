#include "cli/stopping_options.h"

#include <fmt/format.h>

namespace materiel::cli {

CourseOptions stopping_rule_of(const GivenOptions& given) {
  CourseOptions options;
  options.extend = given.flag(kExtend);
  for (const std::string& text : given.list(kPrecision)) {
    std::string error;
    const std::optional<PrecisionTarget> target = read_precision_target(text, error);
    if (!target) throw UsageError(error);
    options.precision.push_back(*target);
  }
  const std::string budget = given.text(kBudget), selection = given.text(kSelect);
  if (!budget.empty()) {
    const std::optional<double> seconds = read_duration(budget);
    if (!seconds)
      throw UsageError(fmt::format("--budget takes a time above 0 such as 90s, 10m, 2h or 1d, not '{}'", budget));
    options.budget_seconds = *seconds;
  }
  if (!selection.empty()) {
    options.selection = read_selection(selection);
    if (!options.selection)
      throw UsageError(fmt::format("--select takes OUTCOME:max or OUTCOME:min, not '{}'", selection));
    if (!options.precision.empty())
      throw UsageError("--select divides a number of samples (-n); it doesn't go with --precision");
  }
  return options;
}

}  // namespace materiel::cli
