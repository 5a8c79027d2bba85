// Arguments and constants of the families that count.

#include <cmath>

#include <materiel/base/special_numbers.h>
#include <materiel/random/distribution.h>

#include "random/argument_rules.h"

namespace materiel::random {
namespace {

/// Bounds that keep every count exact in a double and in 64 bits.
constexpr double kLargestMean = 1e9;
constexpr double kLargestN = 2147483648.0;

}  // namespace

Distribution::Wrong Distribution::set_poisson(double mean) {
  if (!(mean >= 0 && mean <= kLargestMean)) return must_be("mean", "between 0 and 10^9", mean);
  if (mean == 0) return set_constant(0);
  form_ = DistributionForm::poisson;
  a_ = mean_ = variance_ = mean;
  upper_ = kInfinity;
  return {};
}

Distribution::Wrong Distribution::set_binomial(double n, double p) {
  if (!(n >= 0 && n <= kLargestN && n == std::floor(n))) return must_be("n", "a whole number from 0 to 2^31", n);
  if (!(p >= 0 && p <= 1)) return must_be("p", "between 0 and 1", p);
  if (p == 0 || n == 0) return set_constant(0);
  if (p == 1) return set_constant(n);
  form_ = DistributionForm::binomial;
  a_ = upper_ = n;
  b_ = p;
  mean_ = n * p;
  variance_ = n * p * (1 - p);
  return {};
}

Distribution::Wrong Distribution::set_negative_binomial(double mean, double dispersion) {
  constexpr double kLeastDispersion = 1e-6;
  constexpr double kNearlyPoisson = 1e12;  // its variance is then the mean's within 10^-12
  if (!(mean >= 0 && mean <= kLargestMean)) return must_be("mean", "between 0 and 10^9", mean);
  if (!(dispersion > 0)) return must_be("dispersion", "more than 0", dispersion);
  if (dispersion < kLeastDispersion) return must_be("dispersion", "at least 10^-6", dispersion);
  if (mean == 0) return set_constant(0);
  if (dispersion > kNearlyPoisson * std::fmax(mean, 1)) return set_poisson(mean);
  a_ = mean_ = mean;
  b_ = dispersion;
  variance_ = mean + mean * mean / dispersion;
  upper_ = kInfinity;
  return {};
}

Distribution::Wrong Distribution::set_geometric(double p) {
  if (!(p >= 1 / kLargestMean && p <= 1)) return must_be("p", "between 10^-9 and 1", p);
  if (p == 1) return set_constant(0);
  a_ = -std::log1p(-p);
  mean_ = (1 - p) / p;
  variance_ = mean_ / p;
  upper_ = kInfinity;
  return {};
}

}  // namespace materiel::random
