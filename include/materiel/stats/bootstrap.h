#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

namespace materiel::stats {

/// How a statistic is resampled (Efron 1979): the same seed gives the same bits.
struct BootstrapPlan {
  std::uint64_t seed = 1;
  std::size_t resamples = 1000;
  double conf_level = 0.95;  ///< in (0, 1)
};

/// A statistic with its interval; NaN where it can't be had.
struct IndexEstimate {
  double value = 0;
  double conf = 0;        ///< half the width of a normal interval: the reach times the resampled standard deviation
  double lo = 0, hi = 0;  ///< of the interval
};

/// An estimate of which nothing is known.
[[nodiscard]] IndexEstimate missing_estimate();

/// How often each of n values is in a resample of n with replacement.
class Resampler {
 public:
  /// @param n  below 2^32
  Resampler(std::uint64_t seed, std::size_t n) : bits_(seed), counts_(n) {}

  /// The counts of the next resample, valid until the next call; their sum is n.
  const std::vector<std::uint32_t>& next();

 private:
  std::mt19937_64 bits_;
  std::vector<std::uint32_t> counts_;
};

/// The percentile interval (Efron & Tibshirani 1993, chapter 13): quantiles of the resampled values. Those that are NaN
/// are left out; the interval is missing if fewer than two are left.
[[nodiscard]] IndexEstimate percentile_estimate(double value, std::vector<double> resampled, double conf_level);

/// The normal interval value +- z * sd of the resampled values, for statistics whose resamples are biased, so that
/// their quantiles lie beside the value.
[[nodiscard]] IndexEstimate normal_estimate(double value, const std::vector<double>& resampled, double conf_level);

/// The bias that the bootstrap sees in a statistic: mean of the resampled values - value (Efron & Tibshirani 1993,
/// chapter 10).
[[nodiscard]] double bootstrap_bias(double value, const std::vector<double>& resampled);

}  // namespace materiel::stats
