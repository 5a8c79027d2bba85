#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <materiel/stats/intervals.h>
#include <materiel/stats/moments.h>
#include <materiel/stats/part_forest.h>
#include <materiel/stats/quantile_sketch.h>
#include <materiel/stats/value_counts.h>

#include "experiment/milestone_curve.h"
#include "experiment/sampling.h"

namespace materiel::experiment {

/// How many runs a study may have for the quantiles of its outcomes to be exact.
inline constexpr std::uint64_t kExactOutcomes = 16384;

/// The summary of one outcome that is a number: a metric at the end or an expression.
///
/// Lines: mean with a Student-t interval, or Wilson's of an event, or one of Wilson's kind of a value that half of
/// the runs or more have; sd with a chi-square interval whose degrees of freedom come from the kurtosis; min, the
/// quantiles with order-statistic intervals and a standard error from their width (Woodruff 1952), max; and for an
/// expression whose values are all 0 or 1, an event, probability with Wilson's interval.
class NumberStatistics {
 public:
  /// @param is_expression  whether values of 0 and 1 mean an event
  /// @param nested         whether samples have several replications: intervals then count samples as clusters
  NumberStatistics(bool is_expression, bool nested);

  /// Has quantiles rounded from now on: the study has more than kExactOutcomes runs, or will have.
  void round() { sketch_.round(); }

  void add(double x);  ///< NaN = missing
  /// Ends the chunk of that number, one more than that of the chunk before.
  void end_chunk(std::uint64_t number);
  void end_sample(std::uint64_t number);  ///< of that number, if nested
  /// Takes in the runs that come behind these. Both have ended their chunks; the last sample may be incomplete.
  void append(const NumberStatistics& later);
  /// @param rank_intervals  to be shared by all outcomes
  [[nodiscard]] std::vector<SummaryLine> lines(std::size_t outcome, stats::RankIntervals& rank_intervals) const;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(may_be_event_, missing_, chunks_, sketch_, extremes_, commonest_, sample_sum_, sample_runs_);
    if (samples_) archive(*samples_);
  }

 private:
  [[nodiscard]] Precision precision(const stats::Moments& moments) const;
  [[nodiscard]] SummaryLine mean_line(SummaryLine line, const stats::Moments& moments, const Precision& known) const;
  [[nodiscard]] SummaryLine sd_line(SummaryLine line, const stats::Moments& moments, const Precision& known) const;

  bool may_be_event_;  // only 0 and 1 so far, in an expression
  std::uint64_t missing_ = 0;
  stats::Moments chunk_;  // of the present one
  stats::PartForest<stats::Moments> chunks_;
  stats::QuantileSketch sketch_{kExactOutcomes};
  stats::ExtremeCounts extremes_;
  stats::CommonestValue commonest_;          // of the values; of the samples' means, if nested
  double sample_sum_ = 0, sample_runs_ = 0;  // of the present one, if nested
  std::optional<SampleMeans> samples_;
};

/// The summary of one milestone's day.
///
/// Lines: probability of having been reached by the end, with Wilson's interval; the quantiles of the day, where runs
/// that didn't reach it count as later than all others: those of the Kaplan-Meier curve, NaN if it doesn't get there.
/// Never a mean. The probability is of all good runs, so n is all of them; of the quantiles n_missing counts the runs
/// that didn't reach it.
class MilestoneStatistics {
 public:
  /// @param days  of observation, that grow
  MilestoneStatistics(const std::vector<double>& days, bool nested) : curve_(days, nested) {}

  /// As that of NumberStatistics.
  void round() { sketch_.round(); }
  void add(double day);  ///< NaN = not reached
  void end_chunk(std::uint64_t /*number*/) {}
  void end_sample(std::uint64_t number) { curve_.end_sample(number); }
  /// This too.
  void append(const MilestoneStatistics& later);
  [[nodiscard]] std::vector<SummaryLine> lines(std::size_t outcome, stats::RankIntervals& rank_intervals) const;
  [[nodiscard]] const MilestoneCurve& curve() const { return curve_; }

  template <class Archive>
  void serialize(Archive& archive) {
    archive(first_, last_, sketch_, curve_);
  }

 private:
  double first_ = std::numeric_limits<double>::infinity(), last_ = -first_;  // days that it was reached on
  stats::QuantileSketch sketch_{kExactOutcomes};                             // not reached: infinity
  MilestoneCurve curve_;
};

}  // namespace materiel::experiment
