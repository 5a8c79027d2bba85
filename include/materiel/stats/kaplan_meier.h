#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <materiel/stats/intervals.h>

namespace materiel::stats {

/// What happened at one time, or by the end of one period since the one before: how many met the event, and how many
/// were lost from sight (censored) just after.
struct LifeTableRow {
  double time = 0;
  std::uint64_t events = 0;
  std::uint64_t censored = 0;
};

/// One step of the estimated survival function: it holds from `time` to the next step's.
struct SurvivalStep {
  double time = 0;
  std::uint64_t at_risk = 0;  ///< just before `time`
  std::uint64_t events = 0;
  double survival = 1;           ///< P(T > time)
  double probability = 0;        ///< P(T <= time) = 1 - survival
  double greenwood = 0;          ///< variance of survival / survival^2 (Greenwood 1926); infinite at 0
  bool censored_before = false;  ///< somebody was lost from sight before `time`
};

/// When an individual met the event, or was lost from sight.
struct FollowUp {
  double time = 0;
  bool observed = true;  ///< it met the event
};

/// Sorts individuals into a life table; equal times make one row.
[[nodiscard]] std::vector<LifeTableRow> life_table(std::span<const FollowUp> individuals);

/// The product-limit estimate of Kaplan & Meier (1958): at each row survival is multiplied by 1 - events / at risk.
/// @param rows     with times that grow
/// @param cohort   how many there are at the start, at least the sum of the rows' events and censored
/// @return one step a row; survival and probability are NaN where nobody is at risk after all were lost from sight
[[nodiscard]] std::vector<SurvivalStep> kaplan_meier(std::span<const LifeTableRow> rows, std::uint64_t cohort);

/// Interval of a survival probability on the log(-log) scale with Greenwood's variance (Kalbfleisch & Prentice 1980).
/// Collapses to the estimate at 0 and 1, where the scale has no variance: see event_interval for those.
[[nodiscard]] Interval survival_interval(const SurvivalStep& step, double conf_level);

/// Interval of the probability that the event has happened by the step. While nobody has been lost from
/// sight that is a binomial share of the cohort and gets Wilson's (1927) interval, which holds at 0 and 1 too;
/// otherwise the log(-log) interval.
/// @param effective_cohort  how many independent individuals the cohort is worth; used by Wilson's interval
[[nodiscard]] Interval event_interval(const SurvivalStep& step, double effective_cohort, double conf_level);

/// The least time with survival <= 1/2, NaN if survival stays above, with the interval of Brookmeyer & Crowley (1982)
/// on the log(-log) scale: the times at which a test of survival = 1/2 is not rejected. A bound is NaN if no step
/// reaches it.
struct MedianTime {
  double median = 0;
  Interval interval;
};
[[nodiscard]] MedianTime median_time(std::span<const SurvivalStep> steps, double conf_level);

}  // namespace materiel::stats
