#include "cli/stopping_options.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <materiel/base/spelling.h>

#include "cli/option_values.h"

namespace materiel::cli {
namespace {

constexpr const char* kDifference = "difference";

/// What a precision can be asked of.
std::vector<std::string> target_names() {
  std::vector<std::string> names;
  for (const experiment::StatisticInfo& one : experiment::kStatistics)
    if (one.has_interval) names.emplace_back(one.name);
  names.insert(names.end(), {"median", kDifference});
  return names;
}

constexpr const char* kForm =
    "--precision takes 'OUTCOME:STATISTIC=HALFWIDTH', for example 'stock.depot.drone:mean=5' "
    "or 'milestone.empty:probability=0.01' or 'outcome.balance:median=2%'";

std::optional<experiment::PrecisionGoal> read_goal(std::string text) {
  experiment::PrecisionGoal goal;
  goal.relative = text.ends_with('%');
  if (goal.relative) text.pop_back();
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, goal.half_width);
  if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
  if (goal.relative) goal.half_width /= 100;
  if (!(goal.half_width > 0 && std::isfinite(goal.half_width))) return std::nullopt;
  return goal;
}

/// Reads "OUTCOME:STATISTIC=HALFWIDTH"; the outcome is not looked up.
/// @param error  why nothing is returned, for the user
std::optional<study::PrecisionTarget> read_precision_target(const std::string& text, std::string& error) {
  const std::size_t equals = text.rfind('=');
  const std::size_t colon = equals == std::string::npos ? std::string::npos : text.rfind(':', equals);
  if (colon == std::string::npos || colon == 0) {
    error = fmt::format("{}, not '{}'", kForm, text);
    return std::nullopt;
  }
  const std::string statistic = text.substr(colon + 1, equals - colon - 1);
  const std::vector<std::string> names = target_names();
  if (std::find(names.begin(), names.end(), statistic) == names.end()) {
    error = fmt::format("--precision knows no statistic '{}'{}: {}", statistic, did_you_mean(statistic, names),
                        fmt::join(names, ", "));
    return std::nullopt;
  }
  study::PrecisionTarget target{text.substr(0, colon), experiment::statistic_named(statistic), {}, text};
  const std::optional<experiment::PrecisionGoal> goal = read_goal(text.substr(equals + 1));
  if (!goal) {
    error = fmt::format("the half-width of --precision is a number above 0, or a percentage of the estimate, not '{}'",
                        text.substr(equals + 1));
    return std::nullopt;
  }
  target.goal = *goal;
  return target;
}

/// "OUTCOME:max" or "OUTCOME:min".
std::optional<study::SelectionRule> read_selection(const std::string& text) {
  const std::size_t colon = text.rfind(':');
  if (colon == 0 || colon == std::string::npos) return std::nullopt;
  const std::string direction = text.substr(colon + 1);
  if (direction != "max" && direction != "min") return std::nullopt;
  return study::SelectionRule{text.substr(0, colon), direction == "max"};
}

}  // namespace

study::StoppingRule stopping_rule_of(const GivenOptions& given) {
  study::StoppingRule options;
  for (const std::string& text : given.list(kPrecision)) {
    std::string error;
    const std::optional<study::PrecisionTarget> target = read_precision_target(text, error);
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
