// Draws: Boost.Random's distributions, and inversion where Boost has none.

#include <algorithm>
#include <cmath>

#include <boost/random/beta_distribution.hpp>
#include <boost/random/binomial_distribution.hpp>
#include <boost/random/exponential_distribution.hpp>
#include <boost/random/gamma_distribution.hpp>
#include <boost/random/geometric_distribution.hpp>
#include <boost/random/normal_distribution.hpp>
#include <boost/random/poisson_distribution.hpp>
#include <boost/random/weibull_distribution.hpp>

#include <materiel/random/distribution.h>

#include "random/special_functions.h"

namespace materiel::random {

double Distribution::draw(Stream& stream) const {
  using Form = DistributionForm;
  switch (form_) {
    case Form::constant:
      return a_;
    case Form::uniform:
    case Form::triangular:
    case Form::discrete:
    case Form::empirical:
    case Form::quantiles:
      return inverse(stream.uniform());
    case Form::normal:
      return draw_truncated_normal(stream);
    case Form::lognormal_mean_sd:
    case Form::lognormal_mean_cv:
    case Form::lognormal_median_gsd:
    case Form::lognormal_p05_p95:
      return std::exp(boost::random::normal_distribution<double>(a_, b_)(stream));
    case Form::exponential:
      return a_ * boost::random::exponential_distribution<double>()(stream);
    case Form::gamma:
      return boost::random::gamma_distribution<double>(a_, b_)(stream);
    case Form::weibull:
      return boost::random::weibull_distribution<double>(a_, b_)(stream);
    case Form::pert:
    case Form::beta:
      return c_ + d_ * boost::random::beta_distribution<double>(a_, b_)(stream);
    case Form::poisson:
    case Form::binomial:
    case Form::negative_binomial:
    case Form::geometric:
    case Form::bernoulli:
      return draw_count(stream);
  }
  return 0;
}

double Distribution::draw_count(Stream& stream) const {
  using Form = DistributionForm;
  using Count = std::int64_t;
  const auto poisson = [&stream](double mean) {
    return static_cast<double>(boost::random::poisson_distribution<Count, double>(mean)(stream));
  };
  if (form_ == Form::poisson) return poisson(a_);
  if (form_ == Form::binomial)
    return static_cast<double>(boost::random::binomial_distribution<Count, double>(static_cast<Count>(a_), b_)(stream));
  if (form_ == Form::geometric)
    return static_cast<double>(boost::random::geometric_distribution<Count, double>(a_)(stream));
  if (form_ == Form::bernoulli) return stream.uniform() < a_ ? 1 : 0;
  // A negative binomial count is a Poisson count whose mean is gamma distributed (Greenwood & Yule 1920).
  const double mean = boost::random::gamma_distribution<double>(b_, a_ / b_)(stream);
  return mean > 0 ? poisson(mean) : 0;
}

/// By rejection where most draws fall inside, by inversion where few do.
double Distribution::draw_truncated_normal(Stream& stream) const {
  constexpr double kNear = 0.3;  // standard deviations
  if (c_ > -kNear || d_ < kNear) return inverse_truncated_normal(stream.uniform());
  boost::random::normal_distribution<double> standard;
  double z = standard(stream);
  while (z < c_ || z > d_) z = standard(stream);
  return a_ + b_ * z;
}

}  // namespace materiel::random
