#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <materiel/base/number_text.h>
#include <materiel/base/special_numbers.h>
#include <materiel/base/spelling.h>
#include <materiel/base/text.h>
#include <materiel/study/precision_target.h>

namespace materiel::study {
namespace {

using experiment::PrecisionFinding;
using experiment::Statistic;
using model::OutcomeInfo;

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

std::string PrecisionTarget::text() const {
  if (!written.empty()) return written;
  const double width = goal.relative ? 100 * goal.half_width : goal.half_width;
  return fmt::format("{}:{}={}{}", outcome, statistic ? experiment::name_of(*statistic) : "difference",
                     number_text(width), goal.relative ? "%" : "");
}

std::string target_mistake(const PrecisionTarget& target, std::span<const OutcomeInfo> outcomes, bool is_comparison) {
  const OutcomeInfo* outcome = outcome_named(outcomes, target.outcome);
  if (!outcome) {
    std::vector<std::string> names;
    for (const OutcomeInfo& one : outcomes) names.push_back(one.name);
    return fmt::format("precision target: there is no outcome '{}'{}", target.outcome,
                       did_you_mean(target.outcome, names));
  }
  if (target.of_differences()) {
    return is_comparison
               ? std::string()
               : fmt::format("precision target '{}': differences are known to comparisons only", target.text());
  }
  if (!experiment::info_of(*target.statistic).has_interval)
    return fmt::format("precision target '{}': {} has no interval", target.text(),
                       experiment::name_of(*target.statistic));
  const bool is_milestone = outcome->kind == OutcomeInfo::Kind::milestone;
  if (is_milestone && (target.statistic == Statistic::mean || target.statistic == Statistic::sd)) {
    return fmt::format(
        "precision target '{}': a milestone that may not be reached has no {}; it has a probability and quantiles "
        "(median)",
        target.text(), experiment::name_of(*target.statistic));
  }
  if (outcome->kind == OutcomeInfo::Kind::metric && target.statistic == Statistic::probability) {
    return fmt::format(
        "precision target '{}': a metric has no probability; milestones and outcomes that are 0 or 1 have",
        target.text());
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
    if (outcomes[line.column].name == target.outcome && line.statistic != Statistic::day)
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

}  // namespace materiel::study
