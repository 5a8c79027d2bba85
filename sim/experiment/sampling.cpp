#include "experiment/sampling.h"

#include <cmath>

namespace materiel::experiment {

Precision precision_of_runs(double n, double variance) {
  return {std::sqrt(variance / n), n - 1, n};
}

Precision precision_of_samples(const stats::ClusterMean& samples, double n, double mean, double variance) {
  const auto clusters = static_cast<double>(samples.clusters());
  const double standard_error = samples.standard_error(n, mean);
  const double effect = stats::design_effect(standard_error, variance, n, clusters);
  return {standard_error, clusters - 1, stats::effective_size(n, effect, clusters, kConfLevel)};
}

}  // namespace materiel::experiment
