#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include <materiel/experiment/statistic.h>
#include <materiel/model/model.h>
#include <materiel/stats/value_counts.h>

/// Two alternatives that ran under common random numbers, compared run by run.
namespace materiel::experiment {

/// Outcomes of all runs of an alternative.
struct OutcomeRows {
  std::size_t columns = 0;
  std::vector<double> values;    ///< row-major [run][column]; NaN = missing, or a milestone that was not reached
  std::vector<std::uint8_t> ok;  ///< by run: 0 if it failed

  [[nodiscard]] std::size_t runs() const { return ok.size(); }
  [[nodiscard]] double at(std::size_t run, std::size_t column) const { return values[run * columns + column]; }
};

/// One line of differences.csv: the first alternative minus the second, over pairs of runs of the same number.
struct DifferenceLine {
  std::size_t column = 0;                 ///< of the rows
  Statistic statistic = Statistic::mean;  ///< or of milestones probability and day
  double first = 0, second = 0;           ///< what the statistic is in each, over the pairs
  double estimate = 0, mcse = 0;          ///< of the difference; NaN = not available
  double lo = 0, hi = 0;                  ///< interval of the difference
  double larger = 0;                      ///< share of the pairs in which the first is larger
  double larger_lo = 0, larger_hi = 0;    ///< Wilson's interval
  double equal = 0;                       ///< share of the pairs in which both are equal
  double correlation = 0;                 ///< Pearson's, between the two runs of a pair
  double gain = 0;                        ///< how many times as many runs independent studies would need
  double conf_level = 0.95;
  std::uint64_t n = 0, n_missing = 0;  ///< pairs with and without a value
  /// How many differences (with several replications, samples' means) differ from the commonest one, up to
  /// stats::CommonestValue::kEnough, and which that is: fewer tell no spread. kEnough of events, whose interval holds
  /// for few.
  std::uint64_t differing = stats::CommonestValue::kEnough;
  double commonest = std::numeric_limits<double>::quiet_NaN();
};

/// Compares the runs of two alternatives. The standard error is that of a mean of differences, which common random
/// numbers make small where the alternatives respond alike (Law 2015, section 11.2); the gain is (var first + var
/// second) / var(first - second). Samples with several replications count as clusters, as in a study's summary.
///
/// A milestone has two lines: probability of having been reached by the end, whose values are 0 and 1, and day,
/// where a milestone that was not reached is later than any day. The days' difference is given only if every run
/// reached it in both alternatives, since a censored day is no number.
///
/// Intervals are Student's t, but for events: milestones, and expressions of which all values are 0 or 1. Theirs are
/// those of Bonett & Price (2012), which do not shrink to nothing when all pairs agree.
///
/// @param outcomes      what the columns are
/// @param first,second  if one has more runs than the other, those are left out
/// @param replications  of each sample, consecutive
[[nodiscard]] std::vector<DifferenceLine> paired_differences(std::span<const model::OutcomeInfo> outcomes,
                                                             const OutcomeRows& first, const OutcomeRows& second,
                                                             std::uint64_t replications);

}  // namespace materiel::experiment
