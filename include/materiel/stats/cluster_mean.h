#pragma once

#include <cstdint>

#include <materiel/stats/moments.h>

namespace materiel::stats {

/// The precision of a mean over values that come in clusters (the replications of one sample), where values of a
/// cluster are not independent but clusters are: the ultimate-cluster variance of a ratio estimator (Hansen, Hurwitz &
/// Madow 1953; Cochran 1977). With clusters of equal size it is the variance of the mean of cluster means.
class ClusterMean {
 public:
  /// Takes a cluster in: the sum of its `n` values. A cluster without values is left out.
  void add(double sum, double n) {
    if (n <= 0) return;
    ++clusters_;
    means_.merge(n * n, sum / n, 0);  // weighted as West (1979)
  }

  void merge(const ClusterMean& other);

  [[nodiscard]] std::uint64_t clusters() const { return clusters_; }

  /// The standard error of the mean of all values: sqrt(K / (K - 1) * sum_i n_i^2 (mean_i - mean)^2) / n over K
  /// clusters; NaN below two clusters.
  /// @param n     number of values of all clusters
  /// @param mean  of all values
  [[nodiscard]] double standard_error(double n, double mean) const;

  /// Saves to and loads from archives, in the manner of cereal.
  template <class Archive>
  void serialize(Archive& archive) {
    archive(clusters_, means_);
  }

 private:
  std::uint64_t clusters_ = 0;
  MeanPart means_;  // of cluster means, each weighted by the square of its cluster's size
};

/// The design effect (Kish 1965, section 8.2): how many times larger the variance of a mean is than that of as many
/// independent values. Limited to its theoretical range from 1 (independent) to n / clusters (values of a cluster all
/// equal), and the latter if all values are equal, where nothing tells.
/// @param standard_error  of the mean, from ClusterMean
/// @param variance        of all n values
[[nodiscard]] double design_effect(double standard_error, double variance, double n, double clusters);

}  // namespace materiel::stats
