#include <algorithm>
#include <cmath>
#include <numeric>

#include <boost/math/distributions/normal.hpp>

#include <materiel/stats/ocba.h>

namespace materiel::stats {
namespace {

double squared_error(const SystemMean& system) {
  return system.variance / static_cast<double>(system.n);
}

}  // namespace

std::size_t best_system(std::span<const SystemMean> systems, bool largest) {
  std::size_t best = 0;
  for (std::size_t i = 1; i < systems.size(); ++i) {
    const double mean = systems[i].mean, so_far = systems[best].mean;
    if (std::isnan(mean)) continue;
    if (std::isnan(so_far) || (largest ? mean > so_far : mean < so_far)) best = i;
  }
  return best;
}

void allow_for_unseen(std::span<SystemMean> systems, double range) {
  for (SystemMean& system : systems) {
    if (system.differing >= CommonestValue::kEnough) continue;
    const double p = static_cast<double>(system.differing + 1) / static_cast<double>(system.n + 2);
    system.variance = std::max(system.variance, p * (1 - p) * range * range);
  }
}

std::vector<double> ocba_shares(std::span<const SystemMean> systems, bool largest) {
  const std::size_t best = best_system(systems, largest);
  std::vector<double> shares(systems.size(), 0);
  double squares = 0;  // of n_i / sd_i
  for (std::size_t i = 0; i < systems.size(); ++i) {
    const double variance = systems[i].variance;
    if (i == best || !(variance > 0)) continue;
    const double distance = systems[i].mean - systems[best].mean;
    const double error = squared_error(systems[i]) + squared_error(systems[best]);
    shares[i] = variance / std::max(distance * distance, error);
    squares += shares[i] * shares[i] / variance;
  }
  if (systems[best].variance > 0) shares[best] = std::sqrt(systems[best].variance * squares);
  double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
  if (!(sum > 0 && std::isfinite(sum))) {
    std::fill(shares.begin(), shares.end(), 1.0);
    sum = static_cast<double>(shares.size());
  }
  for (double& share : shares) share /= sum;
  return shares;
}

double probability_of_correct_selection(std::span<const SystemMean> systems, bool largest) {
  const std::size_t best = best_system(systems, largest);
  double wrong = 0, unseen = 0;
  for (std::size_t i = 0; i < systems.size(); ++i) {
    if (systems[i].differing < CommonestValue::kEnough || !(systems[i].variance > 0))
      unseen = std::max(unseen, 3 / static_cast<double>(systems[i].n));
    if (i == best) continue;
    const double distance = std::abs(systems[i].mean - systems[best].mean);
    const double error = std::sqrt(squared_error(systems[i]) + squared_error(systems[best]));
    if (std::isnan(distance)) {
      wrong += 1;
    } else if (error > 0) {
      wrong += boost::math::cdf(boost::math::normal(), -distance / error);
    } else if (!(distance > 0)) {
      wrong += 0.5;
    }
  }
  return std::clamp(1 - std::max(wrong, unseen), 0.0, 1.0);
}

}  // namespace materiel::stats
