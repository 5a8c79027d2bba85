#include <algorithm>
#include <cmath>
#include <limits>

#include <materiel/stats/cluster_mean.h>

namespace materiel::stats {

void ClusterMean::merge(const ClusterMean& other) {
  clusters_ += other.clusters_;
  means_.merge(other.means_.n, other.means_.mean, other.means_.m2);
}

double ClusterMean::standard_error(double n, double mean) const {
  if (clusters_ < 2) return std::numeric_limits<double>::quiet_NaN();
  const auto k = static_cast<double>(clusters_);
  const double shift = means_.mean - mean;  // the weights n_i^2 give another mean than the weights n_i
  return std::sqrt(k / (k - 1) * (means_.m2 + means_.n * shift * shift)) / n;
}

double design_effect(double standard_error, double variance, double n, double clusters) {
  const double most = std::max(n / std::max(clusters, 1.0), 1.0);
  const double effect = standard_error * standard_error * n / variance;
  return effect >= 0 ? std::clamp(effect, 1.0, most) : most;  // false for NaN
}

}  // namespace materiel::stats
