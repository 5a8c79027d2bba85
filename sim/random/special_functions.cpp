#include "random/special_functions.h"

#include <cmath>

#include <boost/math/quadrature/gauss.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/gamma.hpp>

#include <materiel/base/special_numbers.h>

#include "random/math_policy.h"

namespace materiel::random {
namespace {

constexpr double kRoot2 = 1.4142135623730951;

/// By quadrature about the middle: differences of distribution functions would cancel.
TruncatedNormal narrow_normal(double low, double high) {
  using Gauss = boost::math::quadrature::gauss<double, 20>;
  const double middle = 0.5 * (low + high), half = 0.5 * (high - low);
  const auto moment = [&](int power) {
    const auto term = [&](double t) { return std::pow(t, power) * std::exp(-half * t * (middle + 0.5 * half * t)); };
    return Gauss::integrate(term, -1.0, 1.0);
  };
  const double whole = moment(0), mean = moment(1) / whole;
  return {.share = normal_density(middle) * half * whole,
          .mean = middle + half * mean,
          .variance = half * half * (moment(2) / whole - mean * mean)};
}

}  // namespace

double normal_density(double z) {
  constexpr double kInverseRoot2Pi = 0.3989422804014327;
  return kInverseRoot2Pi * std::exp(-0.5 * z * z);
}

double normal_below(double z) {
  return 0.5 * std::erfc(-z / kRoot2);
}

double normal_quantile(double p) {
  if (p <= 0) return -kInfinity;
  if (p >= 1) return kInfinity;
  return -kRoot2 * boost::math::erfc_inv(2 * p, MathPolicy());
}

/// Johnson, Kotz & Balakrishnan (1994), section 13.10.1.
TruncatedNormal truncated_normal(double low, double high) {
  if (high - low < 1) return narrow_normal(low, high);
  if (low > 0) {  // probabilities are small and exact in the lower tail
    TruncatedNormal mirrored = truncated_normal(-high, -low);
    mirrored.mean = -mirrored.mean;
    return mirrored;
  }
  const auto moment = [](double z) { return std::isinf(z) ? 0 : z * normal_density(z); };
  const double share = normal_below(high) - normal_below(low);
  const double mean = (normal_density(low) - normal_density(high)) / share;
  return {.share = share, .mean = mean, .variance = 1 + (moment(low) - moment(high)) / share - mean * mean};
}

/// By gamma functions less 1, which keep their digits where the shape is large and the variance small.
WeibullMoments weibull_moments(double shape) {
  const double once = boost::math::tgamma1pm1(1 / shape, MathPolicy());
  const double twice = boost::math::tgamma1pm1(2 / shape, MathPolicy());
  if (!(std::isfinite(twice))) return {kInfinity, kInfinity};
  return {.mean = 1 + once, .variance = twice - 2 * once - once * once};
}

}  // namespace materiel::random
