// Draws: Boost.Random's distributions, which keep no state from draw to draw in the forms used here, and inversion.
// Boost has no fast gamma distribution (hence none for beta and negative binomial either): that one is our own.

#include <algorithm>
#include <cmath>
#include <cstdint>

#include <boost/random/binomial_distribution.hpp>
#include <boost/random/exponential_distribution.hpp>
#include <boost/random/normal_distribution.hpp>
#include <boost/random/poisson_distribution.hpp>

#include <materiel/random/distribution.h>

namespace materiel::random {
namespace {

double standard_normal(Stream& stream) {
  return boost::random::normal_distribution<double>()(stream);
}

double standard_exponential(Stream& stream) {
  return boost::random::exponential_distribution<double>()(stream);
}

/// A gamma variable of scale 1 and a shape of at least 1: Marsaglia & Tsang (2000).
class GammaOf1OrMore {
 public:
  explicit GammaOf1OrMore(double shape) : d_(shape - 1.0 / 3), c_(1 / std::sqrt(9 * d_)) {}

  double operator()(Stream& stream) const {
    for (;;) {
      const double x = standard_normal(stream), root = 1 + c_ * x;
      if (root <= 0) continue;
      const double v = root * root * root, u = stream.uniform(), square = x * x;
      if (u < 1 - 0.0331 * square * square || std::log(u) < 0.5 * square + d_ * (1 - v + std::log(v))) return d_ * v;
    }
  }

 private:
  double d_, c_;
};

double gamma_of_1_or_more(double shape, Stream& stream) {
  return GammaOf1OrMore(shape)(stream);
}

/// Below shape 1, a gamma variable of shape + 1 times U^(1/shape); may underflow to 0.
double gamma(double shape, Stream& stream) {
  if (shape >= 1) return gamma_of_1_or_more(shape, stream);
  const double shrink = std::exp(-standard_exponential(stream) / shape);
  return shrink * gamma_of_1_or_more(shape + 1, stream);
}

double log_gamma_variable(double shape, Stream& stream) {
  if (shape >= 1) return std::log(gamma_of_1_or_more(shape, stream));
  const double shrink = -standard_exponential(stream) / shape;
  return shrink + std::log(gamma_of_1_or_more(shape + 1, stream));
}

/// From two gamma variables; by their logarithms where both may underflow.
double beta(double a, double b, Stream& stream) {
  if (a >= 1 || b >= 1) {
    const double x = gamma(a, stream), y = gamma(b, stream);
    return x / (x + y);
  }
  const double x = log_gamma_variable(a, stream), y = log_gamma_variable(b, stream);
  return 1 / (1 + std::exp(y - x));
}

double poisson(double mean, Stream& stream) {
  return static_cast<double>(boost::random::poisson_distribution<std::int64_t, double>(mean)(stream));
}

double binomial(double n, double p, Stream& stream) {
  if (n == 1) return stream.uniform() < p ? 1 : 0;
  using Binomial = boost::random::binomial_distribution<std::int64_t, double>;
  return static_cast<double>(Binomial(static_cast<std::int64_t>(n), p)(stream));
}

/// A Poisson count whose mean is gamma distributed (Greenwood & Yule 1920).
double negative_binomial(double mean, double dispersion, Stream& stream) {
  const double level = gamma(dispersion, stream) * (mean / dispersion);
  return level > 0 ? poisson(level, stream) : 0;
}

}  // namespace

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
      return std::exp(a_ + b_ * standard_normal(stream));
    case Form::exponential:
      return a_ * standard_exponential(stream);
    case Form::gamma:
      return b_ * gamma(a_, stream);
    case Form::weibull:
      return b_ * std::pow(standard_exponential(stream), 1 / a_);
    case Form::pert:
    case Form::beta:
      return std::min(c_ + d_ * beta(a_, b_, stream), upper_);
    case Form::poisson:
      return poisson(a_, stream);
    case Form::bernoulli:
    case Form::binomial:
      return binomial(a_, b_, stream);
    case Form::negative_binomial:
      return negative_binomial(a_, b_, stream);
    case Form::geometric:
      return std::floor(standard_exponential(stream) / a_);
  }
  return 0;
}

void Distribution::sample(Stream& stream, std::span<double> values) const {
  if (form_ == DistributionForm::gamma && a_ >= 1) {
    const GammaOf1OrMore gamma(a_);
    for (double& x : values) x = scale_ * (b_ * gamma(stream));
  } else if (form_ == DistributionForm::exponential) {
    for (double& x : values) x = scale_ * (a_ * standard_exponential(stream));
  } else {
    for (double& x : values) x = sample(stream);
  }
}

/// By rejection where enough of the draws fall inside, by inversion where few do.
double Distribution::draw_truncated_normal(Stream& stream) const {
  constexpr double kEnough = 0.1;
  if (f_ < kEnough) return inverse(stream.uniform());
  double z = standard_normal(stream);
  while (z < c_ || z > d_) z = standard_normal(stream);
  return std::clamp(a_ + b_ * z, lower_, upper_);
}

}  // namespace materiel::random
