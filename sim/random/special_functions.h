#pragma once

namespace materiel::random {

/// The standard normal distribution; the quantile of 0 is -infinity, of 1 infinity.
[[nodiscard]] double normal_density(double z);
[[nodiscard]] double normal_below(double z);
[[nodiscard]] double normal_quantile(double p);

/// A standard normal variable that is known to lie in an interval.
struct TruncatedNormal {
  double share = 1;  ///< the probability of the interval before truncation
  double mean = 0, variance = 1;
};

/// @param low, high  either may be infinite; low < high
/// @return accurate moments for narrow intervals and in the tails, as long as the share is above 1e-300
[[nodiscard]] TruncatedNormal truncated_normal(double low, double high);

/// Mean and variance of the Weibull distribution of scale 1; infinite if they are too large for a double.
struct WeibullMoments {
  double mean, variance;
};
[[nodiscard]] WeibullMoments weibull_moments(double shape);

}  // namespace materiel::random
