#include "cli/precision_targets.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <materiel/base/number_text.h>
#include <materiel/base/special_numbers.h>
#include <materiel/base/spelling.h>
#include <materiel/base/text.h>

namespace materiel::cli {
namespace {

using experiment::PrecisionFinding;
using model::OutcomeInfo;

constexpr std::array kStatistics{"mean", "sd",  "p05",    "p25",         "p50",
                                 "p75",  "p95", "median", "probability", "difference"};
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

const OutcomeInfo* outcome_named(std::span<const OutcomeInfo> outcomes, const std::string& name) {
  const auto found =
      std::find_if(outcomes.begin(), outcomes.end(), [&](const OutcomeInfo& o) { return o.name == name; });
  return found == outcomes.end() ? nullptr : &*found;
}

PrecisionFinding unknown_precision() {
  return {.half_width = kMissing, .wanted = kMissing, .met = false, .samples_needed = kMissing, .agreement = {}};
}

/// Of a line of either table; the samples are independent, their replications aren't.
template <class Line>
experiment::Agreement agreement_of(const Line& line, std::uint64_t samples) {
  return {line.differing, line.commonest, std::min(line.n, samples)};
}

}  // namespace

std::optional<PrecisionTarget> read_precision_target(const std::string& text, std::string& error) {
  const std::size_t equals = text.rfind('=');
  const std::size_t colon = equals == std::string::npos ? std::string::npos : text.rfind(':', equals);
  if (colon == std::string::npos || colon == 0) {
    error = fmt::format("{}, not '{}'", kForm, text);
    return std::nullopt;
  }
  PrecisionTarget target{text, text.substr(0, colon), text.substr(colon + 1, equals - colon - 1), {}};
  if (std::find(kStatistics.begin(), kStatistics.end(), target.statistic) == kStatistics.end()) {
    error =
        fmt::format("--precision knows no statistic '{}'{}: {}", target.statistic,
                    did_you_mean(target.statistic, std::vector<std::string>(kStatistics.begin(), kStatistics.end())),
                    fmt::join(kStatistics, ", "));
    return std::nullopt;
  }
  if (target.statistic == "median") target.statistic = "p50";
  const std::optional<experiment::PrecisionGoal> goal = read_goal(text.substr(equals + 1));
  if (!goal) {
    error = fmt::format("the half-width of --precision is a number above 0, or a percentage of the estimate, not '{}'",
                        text.substr(equals + 1));
    return std::nullopt;
  }
  target.goal = *goal;
  return target;
}

std::string target_mistake(const PrecisionTarget& target, std::span<const OutcomeInfo> outcomes, bool is_comparison) {
  const OutcomeInfo* outcome = outcome_named(outcomes, target.outcome);
  if (!outcome) {
    std::vector<std::string> names;
    for (const OutcomeInfo& one : outcomes) names.push_back(one.name);
    return fmt::format("--precision: there is no outcome '{}'{}", target.outcome, did_you_mean(target.outcome, names));
  }
  if (target.of_differences()) {
    return is_comparison
               ? std::string()
               : fmt::format("--precision '{}': differences are known to 'materiel compare' only", target.text);
  }
  const bool is_milestone = outcome->kind == OutcomeInfo::Kind::milestone;
  if (is_milestone && (target.statistic == "mean" || target.statistic == "sd")) {
    return fmt::format(
        "--precision '{}': a milestone that may not be reached has no {}; it has a probability and quantiles (median)",
        target.text, target.statistic);
  }
  if (outcome->kind == OutcomeInfo::Kind::metric && target.statistic == "probability") {
    return fmt::format("--precision '{}': a metric has no probability; milestones and outcomes that are 0 or 1 have",
                       target.text);
  }
  return {};
}

PrecisionFinding judge(const PrecisionTarget& target, std::span<const OutcomeInfo> outcomes,
                       std::span<const experiment::SummaryLine> summary, std::uint64_t samples) {
  for (const experiment::SummaryLine& line : summary) {
    if (line.statistic == target.statistic && outcomes[line.outcome].name == target.outcome)
      return judge_precision(target.goal, line.estimate, line.lo, line.hi, samples, agreement_of(line, samples));
  }
  return unknown_precision();
}

PrecisionFinding judge(const PrecisionTarget& target, std::span<const OutcomeInfo> outcomes,
                       std::span<const experiment::DifferenceLine> lines, std::uint64_t samples) {
  for (const experiment::DifferenceLine& line : lines) {
    if (outcomes[line.column].name == target.outcome && line.statistic != "day")
      return judge_precision(target.goal, line.estimate, line.lo, line.hi, samples, agreement_of(line, samples));
  }
  return unknown_precision();
}

std::string agreement_text(const experiment::Agreement& agreement, std::string_view values) {
  const std::string n = with_thousands(agreement.n);
  if (agreement.differing == 0)
    return fmt::format("all {} {} gave {}; another value has a probability below {:.3g}", n, values,
                       number_text(agreement.commonest), agreement.rule_of_three());
  return fmt::format("only {} of {} {} differ from {}: an interval needs at least {}", agreement.differing, n, values,
                     number_text(agreement.commonest), stats::CommonestValue::kEnough);
}

}  // namespace materiel::cli
