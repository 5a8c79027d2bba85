// Distribution functions and their inverses: closed forms, and Boost.Math. The only file that includes Boost.Math.

#include <algorithm>
#include <cmath>
#include <limits>

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/negative_binomial.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/poisson.hpp>

#include <materiel/random/distribution.h>

#include "random/special_functions.h"

namespace materiel::random {
namespace {

namespace bmp = boost::math::policies;

/// Never throws; a quantile of a count is the least count that reaches the probability.
using Policy = bmp::policy<bmp::domain_error<bmp::ignore_error>, bmp::pole_error<bmp::ignore_error>,
                           bmp::overflow_error<bmp::ignore_error>, bmp::evaluation_error<bmp::ignore_error>,
                           bmp::underflow_error<bmp::ignore_error>, bmp::denorm_error<bmp::ignore_error>,
                           bmp::rounding_error<bmp::ignore_error>, bmp::indeterminate_result_error<bmp::ignore_error>,
                           bmp::promote_double<false>, bmp::discrete_quantile<bmp::integer_round_up>>;

using Normal = boost::math::normal_distribution<double, Policy>;
using Gamma = boost::math::gamma_distribution<double, Policy>;
using Beta = boost::math::beta_distribution<double, Policy>;
using Poisson = boost::math::poisson_distribution<double, Policy>;
using Binomial = boost::math::binomial_distribution<double, Policy>;
using NegativeBinomial = boost::math::negative_binomial_distribution<double, Policy>;

NegativeBinomial negative_binomial(double mean, double dispersion) {
  return NegativeBinomial(dispersion, dispersion / (dispersion + mean));
}

}  // namespace

double normal_density(double z) {
  constexpr double kInverseRoot2Pi = 0.3989422804014327;
  return kInverseRoot2Pi * std::exp(-0.5 * z * z);
}

double normal_below(double z) {
  return 0.5 * std::erfc(-z / std::sqrt(2.0));
}

double normal_quantile(double p) {
  if (p <= 0) return -std::numeric_limits<double>::infinity();
  if (p >= 1) return std::numeric_limits<double>::infinity();
  return boost::math::quantile(Normal(), p);
}

double Distribution::inverse(double p) const {
  using Form = DistributionForm;
  switch (form_) {
    case Form::constant:
      return a_;
    case Form::uniform:
      return a_ + (b_ - a_) * p;
    case Form::triangular: {
      const double width = b_ - a_, left = (c_ - a_) / width;
      if (p < left) return a_ + std::sqrt(p * width * (c_ - a_));
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
      return boost::math::quantile(Poisson(a_), p);
    case Form::binomial:
      return boost::math::quantile(Binomial(a_, b_), p);
    case Form::negative_binomial:
      return boost::math::quantile(negative_binomial(a_, b_), p);
    case Form::geometric: {
      const double failures = std::ceil(std::log1p(-p) / std::log1p(-a_) - 1);
      return std::max(failures, 0.0);
    }
    case Form::bernoulli:
      return p > 1 - a_ ? 1 : 0;
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
  const double low = upper ? -d_ : c_, high = upper ? -c_ : d_;
  const double from = normal_below(low), to = normal_below(high);
  const double z = normal_quantile(from + (upper ? 1 - p : p) * (to - from));
  const double inside = std::clamp(z, low, high);
  return a_ + b_ * (upper ? -inside : inside);
}

double Distribution::inverse_table(double p) const {
  const auto at = std::lower_bound(cumulative_.begin(), cumulative_.end(), p);
  const auto i = static_cast<std::size_t>(std::min(at, cumulative_.end() - 1) - cumulative_.begin());
  if (form_ != DistributionForm::quantiles || i == 0) return values_[i];
  const double way = (p - cumulative_[i - 1]) / (cumulative_[i] - cumulative_[i - 1]);
  return values_[i - 1] + way * (values_[i] - values_[i - 1]);
}

double Distribution::below(double x) const {
  using Form = DistributionForm;
  if (x < lower_) return 0;
  if (x >= upper_) return 1;
  switch (form_) {
    case Form::constant:
      return 1;  // lower_ <= x
    case Form::uniform:
      return (x - a_) / (b_ - a_);
    case Form::triangular:
      if (x < c_) return (x - a_) * (x - a_) / ((b_ - a_) * (c_ - a_));
      return 1 - (b_ - x) * (b_ - x) / ((b_ - a_) * (b_ - c_));
    case Form::normal: {
      const double from = normal_below(c_);
      return (normal_below((x - a_) / b_) - from) / (normal_below(d_) - from);
    }
    case Form::lognormal_mean_sd:
    case Form::lognormal_mean_cv:
    case Form::lognormal_median_gsd:
    case Form::lognormal_p05_p95:
      return x > 0 ? normal_below((std::log(x) - a_) / b_) : 0;
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
      return boost::math::cdf(Poisson(a_), std::floor(x));
    case Form::binomial:
      return boost::math::cdf(Binomial(a_, b_), std::floor(x));
    case Form::negative_binomial:
      return boost::math::cdf(negative_binomial(a_, b_), std::floor(x));
    case Form::geometric:
      return -std::expm1((std::floor(x) + 1) * std::log1p(-a_));
    case Form::bernoulli:
      return 1 - a_;
    case Form::discrete:
    case Form::empirical:
    case Form::quantiles:
      return below_table(x);
  }
  return 0;
}

double Distribution::below_table(double x) const {
  const auto after = static_cast<std::size_t>(std::upper_bound(values_.begin(), values_.end(), x) - values_.begin());
  if (after == 0) return 0;
  if (form_ != DistributionForm::quantiles || after == values_.size()) return cumulative_[after - 1];
  const double l = values_[after - 1], h = values_[after];
  return cumulative_[after - 1] + (cumulative_[after] - cumulative_[after - 1]) * (x - l) / (h - l);
}

}  // namespace materiel::random
