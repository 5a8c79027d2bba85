#pragma once

#include <cstdint>

#include <materiel/stats/cluster_mean.h>
#include <materiel/stats/intervals.h>
#include <materiel/stats/part_forest.h>

namespace materiel::experiment {

/// The level of all intervals of a study.
inline constexpr double kConfLevel = 0.95;

/// One variable's sums by sample, for studies with several replications a sample: those share their parameters, so they
/// are not independent. The samples are.
class SampleMeans {
 public:
  /// Values of one sample come together.
  void add(double x) {
    sum_ += x;
    n_ += 1;
  }
  /// Ends the sample of that number, one more than that of the sample before.
  void end_sample(std::uint64_t number) {
    stats::ClusterMean mean;
    mean.add(sum_, n_);
    means_.append(number, mean);
    sum_ = n_ = 0;
  }
  /// Takes in the samples that come behind these, of which the last may be incomplete.
  void append(const SampleMeans& later) {
    means_.append(later.means_);
    sum_ = later.sum_;
    n_ = later.n_;
  }

  [[nodiscard]] stats::ClusterMean means() const { return means_.total(); }

  template <class Archive>
  void serialize(Archive& archive) {
    archive(sum_, n_, means_);
  }

 private:
  double sum_ = 0, n_ = 0;  // of the present sample
  stats::PartForest<stats::ClusterMean> means_;
};

/// How much a mean and other statistics over runs can be trusted.
struct Precision {
  double standard_error = 0;  ///< of the mean; NaN if it can't be told
  double dof = 0;             ///< degrees of freedom of its Student-t interval
  double effective_n = 0;     ///< how many independent values the n are worth
};

/// Of n independent values.
[[nodiscard]] Precision precision_of_runs(double n, double variance);

/// Of n values by sample: the standard error of the mean is that of a mean over clusters with samples - 1 degrees of
/// freedom. Quantiles and probabilities get the intervals of n / design effect independent values (Kish 1965; degrees
/// of freedom as Korn & Graubard 1998). The design effect is that of the mean of the same variable: exact for a
/// probability, whose mean it is; an approximation for a quantile, whose own would need the share of each sample below
/// it, and which is the smaller of the two for normal variables.
[[nodiscard]] Precision precision_of_samples(const stats::ClusterMean& samples, double n, double mean, double variance);

}  // namespace materiel::experiment
