// Distribution functions and their inverses: closed forms, and Boost.Math.

#include <algorithm>
#include <cmath>

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/negative_binomial.hpp>
#include <boost/math/distributions/poisson.hpp>

#include <materiel/random/distribution.h>

#include "random/math_policy.h"
#include "random/special_functions.h"

namespace materiel::random {
namespace {

using Gamma = boost::math::gamma_distribution<double, MathPolicy>;
using Beta = boost::math::beta_distribution<double, MathPolicy>;
using Poisson = boost::math::poisson_distribution<double, MathPolicy>;
using Binomial = boost::math::binomial_distribution<double, MathPolicy>;
using NegativeBinomial = boost::math::negative_binomial_distribution<double, MathPolicy>;

NegativeBinomial negative_binomial(double mean, double dispersion) {
  return NegativeBinomial(dispersion, dispersion / (dispersion + mean));
}

/// The whole number that x stands for, which a scale multiplied in and divided out again may have moved by an ulp.
double whole(double x) {
  return std::floor(x * (1 + 4e-16));
}

}  // namespace

double Distribution::inverse(double p) const {
  if (p <= 0) return lower_;
  if (p >= 1) return upper_;
  return std::clamp(inverse_inside(p), lower_, upper_);
}

double Distribution::inverse_inside(double p) const {
  using Form = DistributionForm;
  switch (form_) {
    case Form::constant:
      return a_;
    case Form::uniform:
      return a_ + (b_ - a_) * p;
    case Form::triangular: {
      const double width = b_ - a_;
      if (p * width < c_ - a_) return a_ + std::sqrt(p * width * (c_ - a_));
      return b_ - std::sqrt((1 - p) * width * (b_ - c_));
    }
    case Form::normal:
      return inverse_truncated_normal(p);
    case Form::lognormal_mean_sd:
    case Form::lognormal_mean_cv:
    case Form::lognormal_median_gsd:
    case Form::lognormal_p05_p95:
      return std::exp(a_ + b_ * normal_quantile(p));
    case Form::exponential:
      return -a_ * std::log1p(-p);
    case Form::gamma:
      return boost::math::quantile(Gamma(a_, b_), p);
    case Form::weibull:
      return b_ * std::pow(-std::log1p(-p), 1 / a_);
    case Form::pert:
    case Form::beta:
      return c_ + d_ * boost::math::quantile(Beta(a_, b_), p);
    case Form::poisson:
    case Form::binomial:
    case Form::negative_binomial:
    case Form::geometric:
    case Form::bernoulli:
      return inverse_count(p);
    case Form::discrete:
    case Form::empirical:
    case Form::quantiles:
      return inverse_table(p);
  }
  return 0;
}

/// Works in the tail that the interval lies in, where probabilities are small and exact.
double Distribution::inverse_truncated_normal(double p) const {
  const bool upper = c_ > 0;
  const double z = normal_quantile(e_ + (upper ? 1 - p : p) * f_);
  return a_ + b_ * (upper ? -z : z);
}

/// The least count that reaches the probability: from the normal approximation by steps that double, then by halving.
/// (Boost's quantiles of counts take steps of one where the distribution is far from normal, for ever if need be.)
double Distribution::inverse_count(double p) const {
  constexpr double kFar = 0x1p53;
  const double last = std::min(upper_, kFar);
  const auto reaches = [this, p](double count) { return below_count(count) >= p; };
  const double sd = std::sqrt(variance_);
  const double guess = std::clamp(std::floor(mean_ + sd * normal_quantile(p)), 0.0, last);
  double step = 1 + std::floor(sd / 8);
  double low = guess, high = guess;  // in the end !reaches(low) and reaches(high)
  if (reaches(guess)) {
    low = guess - step;
    while (low >= 0 && reaches(low)) {
      high = low;
      low -= step *= 2;
    }
    low = std::max(low, -1.0);
  } else {
    high = guess + step;
    while (high < last && !reaches(high)) {
      low = high;
      high += step *= 2;
    }
    high = std::min(high, last);
  }
  while (high - low > 1) {
    const double middle = std::floor(low + (high - low) / 2);
    (reaches(middle) ? high : low) = middle;
  }
  return high;
}

double Distribution::inverse_table(double p) const {
  const auto at = std::lower_bound(cumulative_.begin(), cumulative_.end(), p);
  const auto i = static_cast<std::size_t>(at - cumulative_.begin());
  if (form_ != DistributionForm::quantiles || i == 0) return values_[i];
  const double way = (p - cumulative_[i - 1]) / (cumulative_[i] - cumulative_[i - 1]);
  return values_[i - 1] + way * (values_[i] - values_[i - 1]);
}

double Distribution::below(double x) const {
  using Form = DistributionForm;
  if (std::isnan(x)) return x;
  if (x < lower_) return 0;
  if (x >= upper_) return 1;
  switch (form_) {
    case Form::constant:
      return 1;
    case Form::uniform:
      return (x - a_) / (b_ - a_);
    case Form::triangular:
      if (x < c_) return (x - a_) * (x - a_) / ((b_ - a_) * (c_ - a_));
      return 1 - (b_ - x) * (b_ - x) / ((b_ - a_) * (b_ - c_));
    case Form::normal:
      return below_truncated_normal(x);
    case Form::lognormal_mean_sd:
    case Form::lognormal_mean_cv:
    case Form::lognormal_median_gsd:
    case Form::lognormal_p05_p95:
      return normal_below((std::log(x) - a_) / b_);
    case Form::exponential:
      return -std::expm1(-x / a_);
    case Form::gamma:
      return boost::math::cdf(Gamma(a_, b_), x);
    case Form::weibull:
      return -std::expm1(-std::pow(x / b_, a_));
    case Form::pert:
    case Form::beta:
      return boost::math::cdf(Beta(a_, b_), (x - c_) / d_);
    case Form::poisson:
    case Form::binomial:
    case Form::negative_binomial:
    case Form::geometric:
    case Form::bernoulli:
      return below_count(whole(x));
    case Form::discrete:
    case Form::empirical:
    case Form::quantiles:
      return below_table(x);
  }
  return 0;
}

double Distribution::below_truncated_normal(double x) const {
  const double z = (x - a_) / b_;
  const double p = c_ > 0 ? 1 - (normal_below(-z) - e_) / f_ : (normal_below(z) - e_) / f_;
  return std::clamp(p, 0.0, 1.0);
}

double Distribution::below_count(double count) const {
  switch (form_) {
    case DistributionForm::poisson:
      return boost::math::cdf(Poisson(a_), count);
    case DistributionForm::negative_binomial:
      return boost::math::cdf(negative_binomial(a_, b_), count);
    case DistributionForm::geometric:
      return -std::expm1(-(count + 1) * a_);
    default:
      return boost::math::cdf(Binomial(a_, b_), std::min(count, a_));
  }
}

double Distribution::below_table(double x) const {
  const auto after = static_cast<std::size_t>(std::upper_bound(values_.begin(), values_.end(), x) - values_.begin());
  if (after == 0) return 0;
  if (form_ != DistributionForm::quantiles) return cumulative_[after - 1];
  const double l = values_[after - 1], h = values_[after];  // x < h, since x < upper
  return cumulative_[after - 1] + (cumulative_[after] - cumulative_[after - 1]) * (x - l) / (h - l);
}

}  // namespace materiel::random
