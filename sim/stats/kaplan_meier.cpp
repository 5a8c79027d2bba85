#include <algorithm>
#include <cassert>
#include <cmath>

#include <materiel/base/special_numbers.h>
#include <materiel/stats/kaplan_meier.h>

namespace materiel::stats {
namespace {

// The first time at which a bound of the survival function is at most one half.
template <class Bound>
double first_time_at_half(std::span<const SurvivalStep> steps, Bound bound) {
  const auto found = std::ranges::find_if(steps, [&](const SurvivalStep& step) { return bound(step) <= 0.5; });
  return found == steps.end() ? kMissing : found->time;
}

}  // namespace

std::vector<LifeTableRow> life_table(std::span<const FollowUp> individuals) {
  std::vector<FollowUp> sorted(individuals.begin(), individuals.end());
  std::ranges::sort(sorted, {}, &FollowUp::time);
  std::vector<LifeTableRow> rows;
  for (const FollowUp& individual : sorted) {
    if (rows.empty() || rows.back().time != individual.time) rows.push_back({individual.time, 0, 0});
    ++(individual.observed ? rows.back().events : rows.back().censored);
  }
  return rows;
}

std::vector<SurvivalStep> kaplan_meier(std::span<const LifeTableRow> rows, std::uint64_t cohort) {
  std::vector<SurvivalStep> steps;
  steps.reserve(rows.size());
  std::uint64_t at_risk = cohort;
  std::uint64_t reached = 0;
  SurvivalStep step;
  for (const LifeTableRow& row : rows) {
    assert(row.events + row.censored <= at_risk);
    const auto n = static_cast<double>(at_risk), d = static_cast<double>(row.events);
    step.time = row.time;
    step.at_risk = at_risk;
    step.events = row.events;
    reached += row.events;
    if (!step.censored_before) {
      // Without censoring the product telescopes to a share: reckoned as such it is free of rounding.
      const double all = cohort == 0 ? kMissing : static_cast<double>(cohort);
      step.survival = static_cast<double>(cohort - reached) / all;
      step.probability = static_cast<double>(reached) / all;
    } else if (step.survival != 0) {
      step.survival = at_risk == 0 ? kMissing : step.survival * (1 - d / n);
      step.probability = 1 - step.survival;
    }
    if (row.events > 0) step.greenwood += row.events == at_risk ? kInfinity : d / (n * (n - d));
    steps.push_back(step);
    at_risk -= row.events + row.censored;
    step.censored_before = step.censored_before || row.censored > 0;
  }
  return steps;
}

Interval survival_interval(const SurvivalStep& step, double conf_level) {
  const double s = step.survival;
  if (!(s > 0 && s < 1)) return {s, s};
  const double reach = normal_quantile((1 + conf_level) / 2) * std::sqrt(step.greenwood) / std::abs(std::log(s));
  return {std::pow(s, std::exp(reach)), std::pow(s, std::exp(-reach))};
}

Interval event_interval(const SurvivalStep& step, double effective_cohort, double conf_level) {
  if (!step.censored_before) return wilson_interval(step.probability, effective_cohort, conf_level);
  const Interval survival = survival_interval(step, conf_level);
  return {1 - survival.hi, 1 - survival.lo};
}

MedianTime median_time(std::span<const SurvivalStep> steps, double conf_level) {
  const auto lower = [&](const SurvivalStep& step) { return survival_interval(step, conf_level).lo; };
  const auto upper = [&](const SurvivalStep& step) { return survival_interval(step, conf_level).hi; };
  return {first_time_at_half(steps, [](const SurvivalStep& step) { return step.survival; }),
          {first_time_at_half(steps, lower), first_time_at_half(steps, upper)}};
}

}  // namespace materiel::stats
