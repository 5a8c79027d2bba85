#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

#include <boost/math/distributions/chi_squared.hpp>

namespace materiel::random {

/// A test that is alone rejects below this p-value. The programs here make about 300 such tests with fixed seeds, so
/// that a right implementation fails somewhere with probability below 3 in 1000 when seeds are changed.
inline constexpr double kSignificance = 1e-5;

/// Two-sided p-value of a standard normal statistic.
inline double p_of_z(double z) {
  return std::erfc(std::abs(z) / std::sqrt(2.0));
}

/// Pearson's test of counts against probabilities that sum to 1; each expected count should be at least 5.
inline double p_of_counts(const std::vector<double>& counts, const std::vector<double>& probabilities) {
  double total = 0, statistic = 0;
  for (const double count : counts) total += count;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const double expected = total * probabilities[i];
    statistic += (counts[i] - expected) * (counts[i] - expected) / expected;
  }
  if (counts.size() < 2) return 1;
  const boost::math::chi_squared distribution(static_cast<double>(counts.size() - 1));
  return boost::math::cdf(boost::math::complement(distribution, statistic));
}

/// Kolmogorov's test with his limiting distribution, at Stephens' (1970) effective size.
inline double p_of_kolmogorov(std::vector<double> draws, const std::function<double(double)>& cdf) {
  std::sort(draws.begin(), draws.end());
  const double n = static_cast<double>(draws.size());
  double distance = 0;
  for (std::size_t i = 0; i < draws.size(); ++i) {
    const double f = cdf(draws[i]), k = static_cast<double>(i);
    distance = std::max({distance, f - k / n, (k + 1) / n - f});
  }
  const double x = distance * (std::sqrt(n) + 0.12 + 0.11 / std::sqrt(n));
  double p = 0, sign = 2;
  for (int k = 1; k <= 100; ++k, sign = -sign) p += sign * std::exp(-2.0 * k * k * x * x);
  return x < 0.2 ? 1 : std::clamp(p, 0.0, 1.0);
}

struct SampleMoments {
  double mean = 0, variance = 0, fourth = 0;  ///< fourth: central
};

inline SampleMoments sample_moments(const std::vector<double>& draws) {
  SampleMoments moments;
  const double n = static_cast<double>(draws.size());
  for (const double x : draws) moments.mean += x / n;
  for (const double x : draws) {
    const double square = (x - moments.mean) * (x - moments.mean);
    moments.variance += square / (n - 1);
    moments.fourth += square * square / n;
  }
  return moments;
}

/// That draws have a mean; the standard error is that of the stated variance.
inline double p_of_mean(const std::vector<double>& draws, double mean, double variance) {
  return p_of_z((sample_moments(draws).mean - mean) / std::sqrt(variance / static_cast<double>(draws.size())));
}

/// That draws have a variance; the standard error is estimated from the fourth moment.
inline double p_of_variance(const std::vector<double>& draws, double variance) {
  const SampleMoments m = sample_moments(draws);
  const double error = std::sqrt((m.fourth - m.variance * m.variance) / static_cast<double>(draws.size()));
  return p_of_z((m.variance - variance) / error);
}

}  // namespace materiel::random
