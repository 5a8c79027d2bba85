// Arguments and constants of the continuous families.

#include <cmath>

#include <fmt/format.h>

#include <materiel/base/special_numbers.h>
#include <materiel/random/distribution.h>

#include "random/argument_rules.h"
#include "random/special_functions.h"

namespace materiel::random {
namespace {

/// Shapes of gamma and beta distributions for which draws and quantiles are tested.
constexpr double kLeastShape = 1e-6, kLargestShape = 1e8;

std::string at_least_min(double min) {
  return fmt::format("at least min ({})", min);
}

/// What is wrong with one of a beta distribution's arguments a and b.
std::string wrong_shape(std::string_view name, double shape) {
  if (!(shape > 0)) return must_be(name, "more than 0", shape);
  if (shape < kLeastShape || shape > kLargestShape) return must_be(name, "between 10^-6 and 10^8", shape);
  return {};
}

}  // namespace

Distribution::Wrong Distribution::set_bounded(std::span<const double> s) {
  const double min = s.front(), max = s.back(), width = max - min;
  if (!(max >= min)) return must_be("max", at_least_min(min), max);
  if (form_ == DistributionForm::uniform) {
    mean_ = 0.5 * min + 0.5 * max;
    variance_ = width * width / 12;
  } else {
    c_ = s[1];
    if (!(c_ >= min && c_ <= max)) return must_be("mode", fmt::format("between min ({}) and max ({})", min, max), c_);
    const double m = (c_ - min) / width;  // the mode of the triangle on [0, 1]
    mean_ = min / 3 + c_ / 3 + max / 3;
    variance_ = width * width * (1 - m + m * m) / 18;
  }
  if (width == 0) return set_constant(min);
  a_ = lower_ = min;
  b_ = upper_ = max;
  return {};
}

/// Vose (2008): a beta distribution on [min, max] with mean (min + shape mode + max) / (shape + 2).
Distribution::Wrong Distribution::set_pert(double min, double mode, double max, double shape) {
  if (!(max >= min)) return must_be("max", at_least_min(min), max);
  if (!(mode >= min && mode <= max))
    return must_be("mode", fmt::format("between min ({}) and max ({})", min, max), mode);
  if (!(shape >= 0 && shape < kLargestShape)) return must_be("shape", "at least 0 and less than 10^8", shape);
  const double width = max - min;
  if (width == 0) return set_constant(min);
  return set_beta(1 + shape * ((mode - min) / width), 1 + shape * ((max - mode) / width), min, max);
}

Distribution::Wrong Distribution::set_beta(double a, double b, double min, double max) {
  if (Wrong wrong = wrong_shape("a", a); !wrong.empty()) return wrong;
  if (Wrong wrong = wrong_shape("b", b); !wrong.empty()) return wrong;
  if (!(max >= min)) return must_be("max", at_least_min(min), max);
  const double width = max - min, total = a + b;
  if (width == 0) return set_constant(min);
  form_ = DistributionForm::beta;
  a_ = a;
  b_ = b;
  c_ = lower_ = min;
  d_ = width;
  upper_ = max;
  mean_ = min + width * (a / total);
  variance_ = width * width * (a / total) * (b / total) / (total + 1);
  return {};
}

Distribution::Wrong Distribution::set_normal(double mean, double sd, double min, double max) {
  constexpr double kLeastShare = 1e-12;
  if (!(sd >= 0)) return must_be("sd", "at least 0", sd);
  if (sd == 0 && min <= mean && mean <= max) return set_constant(mean);
  if (sd == 0) return must_be("mean", fmt::format("between min ({}) and max ({}) where sd is 0", min, max), mean);
  if (!(max > min)) return must_be("max", fmt::format("more than min ({})", min), max);
  a_ = mean;
  b_ = sd;
  c_ = (min - mean) / sd;
  d_ = (max - mean) / sd;
  const TruncatedNormal within = truncated_normal(c_, d_);
  if (!(within.share >= kLeastShare))
    return fmt::format("min and max must keep at least 10^-12 of the normal distribution, [{}, {}] keeps {:.2g}", min,
                       max, within.share);
  e_ = normal_below(c_ > 0 ? -d_ : c_);
  f_ = within.share;
  lower_ = min;
  upper_ = max;
  mean_ = mean + sd * within.mean;
  variance_ = sd * sd * within.variance;
  return {};
}

Distribution::Wrong Distribution::set_lognormal(double a, double b) {
  using Form = DistributionForm;
  const auto arguments = form_info(form_).arguments;
  if (!(a > 0)) return must_be(arguments[0].name, "more than 0", a);
  if (form_ == Form::lognormal_mean_sd || form_ == Form::lognormal_mean_cv) {
    if (!(b >= 0)) return must_be(arguments[1].name, "at least 0", b);
    const double cv = form_ == Form::lognormal_mean_sd ? b / a : b;
    b_ = std::sqrt(std::log1p(cv * cv));
    a_ = std::log(a) - 0.5 * b_ * b_;
  } else if (form_ == Form::lognormal_median_gsd) {
    if (!(b >= 1)) return must_be("gsd", "at least 1 (a factor)", b);
    a_ = std::log(a);
    b_ = std::log(b);
  } else {
    constexpr double kZ95 = 1.6448536269514722;  // the standard normal's 95 % quantile
    if (!(b > a)) return must_be("p95", fmt::format("more than p05 ({})", a), b);
    a_ = 0.5 * (std::log(a) + std::log(b));
    b_ = 0.5 * std::log(b / a) / kZ95;
  }
  if (b_ == 0) return set_constant(a);
  form_ = Form::lognormal_median_gsd;
  mean_ = std::exp(a_ + 0.5 * b_ * b_);
  variance_ = mean_ * mean_ * std::expm1(b_ * b_);
  lower_ = 0;
  upper_ = kInfinity;
  return {};
}

Distribution::Wrong Distribution::set_exponential(double mean) {
  if (!(mean > 0)) return must_be("mean", "more than 0", mean);
  a_ = mean_ = mean;
  variance_ = mean * mean;
  upper_ = kInfinity;
  return {};
}

Distribution::Wrong Distribution::set_gamma(double mean, double cv) {
  constexpr double kLeast = 1e-4, kLargest = 1e3;  // shapes from 10^-6 to 10^8
  if (!(mean > 0)) return must_be("mean", "more than 0", mean);
  if (cv == 0) return set_constant(mean);
  if (!(cv >= kLeast && cv <= kLargest)) return must_be("cv", "0, or between 10^-4 and 1000", cv);
  a_ = 1 / (cv * cv);
  b_ = mean * cv * cv;
  mean_ = mean;
  variance_ = mean * mean * cv * cv;
  upper_ = kInfinity;
  return {};
}

Distribution::Wrong Distribution::set_weibull(double shape, double scale) {
  if (!(shape > 0)) return must_be("shape", "more than 0", shape);
  if (!(scale > 0)) return must_be("scale", "more than 0", scale);
  const WeibullMoments moments = weibull_moments(shape);
  if (!std::isfinite(moments.variance)) return must_be("shape", "large enough for a finite variance", shape);
  a_ = shape;
  b_ = scale;
  mean_ = scale * moments.mean;
  variance_ = scale * scale * moments.variance;
  upper_ = kInfinity;
  return {};
}

}  // namespace materiel::random
