#pragma once

#include <cstdint>
#include <limits>

#include <materiel/stats/value_counts.h>

/// Running a study until an estimate is known well enough.
///
/// The stopping rule evaluates the interval of a statistic in interim analyses: after 256 samples and then at numbers
/// of samples that it predicts from the interval's width, never more than twice as many as before. The study stops at
/// the first interim analysis at which the interval is narrow enough. Such a rule covers the true value with the
/// interval's own confidence in the limit of narrow intervals, for every statistic whose interval comes from a
/// consistent variance estimate (Chow & Robbins 1965; Glynn & Whitt 1992). What is lost at wider ones comes from
/// stopping while the variance happens to be underestimated; the first interim analysis is late enough, and they are
/// few enough, that the coverage is that of a fixed number of samples (docs/methods.md reports the measurement).
///
/// That estimate is of no use while nearly all values agree: it may be 0. A mean is not known before
/// stats::CommonestValue::kEnough values differ from the commonest one, however narrow its interval.
namespace materiel::experiment {

/// How narrow an interval should be.
struct PrecisionGoal {
  double half_width = 0;  ///< > 0, in the unit of the statistic, or as a share of the estimate
  bool relative = false;
};

/// How far the values behind a mean agree.
struct Agreement {
  std::uint64_t differing = stats::CommonestValue::kEnough;  ///< from the commonest value, counted up to that number
  double commonest = std::numeric_limits<double>::quiet_NaN();
  std::uint64_t n = 0;  ///< values that are independent of one another

  [[nodiscard]] bool tells_spread() const { return differing >= stats::CommonestValue::kEnough; }
  /// What the probability of another value is below, with a confidence of 95 %, if all agree: the rule of three (Hanley
  /// & Lippman-Hand 1983).
  [[nodiscard]] double rule_of_three() const { return 3 / static_cast<double>(n); }
};

/// How narrow it is.
struct PrecisionFinding {
  double half_width = 0;      ///< half of the interval's width; NaN if a bound is not available
  double wanted = 0;          ///< the largest half-width that is narrow enough
  bool met = false;           ///< never without an interval
  double samples_needed = 0;  ///< about how many samples in all; NaN if that can't be estimated
  Agreement agreement;
};

/// @param samples    that the interval comes from; its width is taken to shrink with their square root
/// @param agreement  of the values, if the statistic is their mean or standard deviation. If all agree, there is no
///                   half-width
[[nodiscard]] PrecisionFinding judge_precision(const PrecisionGoal& goal, double estimate, double lo, double hi,
                                               std::uint64_t samples, const Agreement& agreement = {});

/// The numbers of samples at which a stopping rule is evaluated.
class InterimAnalyses {
 public:
  /// @param batch  samples come in whole numbers of it, except the last
  /// @param most   samples that may be run
  InterimAnalyses(std::uint64_t batch, std::uint64_t most) : batch_(batch), most_(most) {}

  /// The first interim analysis of a study that has `samples` already.
  [[nodiscard]] std::uint64_t first(std::uint64_t samples) const;

  /// The interim analysis after the one at `samples`, which is the last if there are no more samples.
  /// @param needed  samples that are thought to do; NaN = not known
  [[nodiscard]] std::uint64_t next(std::uint64_t samples, double needed) const;

  static constexpr std::uint64_t kFirst = 256;

 private:
  [[nodiscard]] std::uint64_t rounded(double samples) const;

  std::uint64_t batch_, most_;
};

}  // namespace materiel::experiment
