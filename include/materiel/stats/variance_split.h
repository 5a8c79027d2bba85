#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include <materiel/stats/intervals.h>
#include <materiel/stats/moments.h>
#include <materiel/stats/part_forest.h>

namespace materiel::stats {

/// How the variance of an outcome divides; NaN where it can't be told.
struct VarianceShares {
  double between = 0;  ///< variance of the samples' expected values: what is due to the parameters; at least 0
  double within = 0;   ///< mean variance of the replications of a sample: what is due to chance
  double share = 0;    ///< between / (between + within), the intraclass correlation, in [0, 1]
  Interval interval;   ///< of the share
};

/// Splits the variance of an outcome of a nested study (samples with several replications each) by the analysis of
/// variance of the one-way random-effects model, samples of unequal size allowed (Searle, Casella & McCulloch 1992,
/// section 3.6). The interval of the share is that of the logarithm of the variance ratio F by the jackknife over
/// groups of samples (Arvesen & Schmitz 1970), which doesn't assume normal variables.
class VarianceSplit {
 public:
  /// @param groups  of samples for the jackknife, dealt out in turn; 1: no interval
  explicit VarianceSplit(std::size_t groups = kGroups) : groups_(groups) {}

  /// Takes the sample of that number in, one more than that of the sample before: the number, mean and sum of squared
  /// deviations of its replications. One without values counts for nothing.
  void add(std::uint64_t number, const MeanPart& sample);

  /// Takes in the samples that come behind these.
  void append(const VarianceSplit& later);

  /// That have values.
  [[nodiscard]] std::uint64_t samples() const { return samples_; }

  [[nodiscard]] VarianceShares shares(double conf_level) const;

  /// The mean of the samples' means, and their variance (divisor n - 1): wider than `between` by the chance that is
  /// left in the means.
  [[nodiscard]] double mean_of_means() const { return means_.total().mean(); }
  [[nodiscard]] double variance_of_means() const { return means_.total().variance(); }

  static constexpr std::size_t kGroups = 512;

  /// Saves to and loads from archives, in the manner of cereal; into one of as many groups.
  template <class Archive>
  void serialize(Archive& archive) {
    archive(samples_, means_);
    for (PartForest<Sums>& group : groups_) archive(group);
  }

 private:
  struct Sums {
    double samples = 0, squared_sizes = 0, within = 0;
    MeanPart between;  // of the samples' means, each weighted by its size
    void merge(const Sums& other);
    template <class Archive>
    void serialize(Archive& archive) {
      archive(samples, squared_sizes, within, between);
    }
    [[nodiscard]] double mean_square_between() const { return between.m2 / (samples - 1); }
    [[nodiscard]] double mean_square_within() const { return within / (between.n - samples); }
    /// The size of samples, or what stands for it if they are unequal.
    [[nodiscard]] double size() const { return (between.n - squared_sizes / between.n) / (samples - 1); }
  };
  [[nodiscard]] std::vector<Sums> group_sums() const;
  [[nodiscard]] static Interval log_ratio_interval(const std::vector<Sums>& groups, double conf_level);

  std::uint64_t samples_ = 0;
  std::vector<PartForest<Sums>> groups_;
  PartForest<Moments> means_;
};

}  // namespace materiel::stats
