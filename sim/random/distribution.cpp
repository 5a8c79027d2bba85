// Checking arguments and working out constants.

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include <fmt/format.h>

#include <materiel/random/distribution.h>

#include "random/special_functions.h"

namespace materiel::random {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kLargestCount = 1e9;  ///< of the mean of a count

std::string must(std::string_view name, std::string_view rule, double x) {
  return fmt::format("{} must be {}, not {}", name, rule, x);
}

}  // namespace

std::variant<Distribution, std::string> Distribution::make(DistributionForm form, std::span<const double> scalars,
                                                           std::span<const double> first,
                                                           std::span<const double> second, double scale) {
  const DistributionFormInfo& info = form_info(form);
  for (std::size_t i = 0; i < scalars.size(); ++i) {
    const bool may_be_infinite = info.arguments[i].has_default && std::isinf(info.arguments[i].default_value);
    if (std::isnan(scalars[i]) || (std::isinf(scalars[i]) && !may_be_infinite))
      return must(info.arguments[i].name, "a finite number", scalars[i]);
  }
  if (!(scale > 0 && std::isfinite(scale))) return must("unit", "a factor above 0", scale);
  Distribution made;
  made.form_ = form;
  made.scale_ = scale;
  std::string wrong = made.set(scalars, first, second);
  if (!wrong.empty()) return wrong;
  return made;
}

Distribution::Wrong Distribution::set(std::span<const double> s, std::span<const double> first,
                                      std::span<const double> second) {
  using Form = DistributionForm;
  switch (form_) {
    case Form::constant:
      set_constant(s[0]);
      return {};
    case Form::uniform:
    case Form::triangular:
    case Form::pert:
      return set_bounded(s);
    case Form::normal:
      return set_normal(s[0], s[1], s[2], s[3]);
    case Form::lognormal_mean_sd:
    case Form::lognormal_mean_cv:
    case Form::lognormal_median_gsd:
    case Form::lognormal_p05_p95:
      return set_lognormal(s[0], s[1]);
    case Form::exponential:
      return set_positive(s[0], 0);
    case Form::gamma:
    case Form::weibull:
      return set_positive(s[0], s[1]);
    case Form::beta:
      return set_beta(s[0], s[1], s[2], s[3]);
    case Form::poisson:
    case Form::binomial:
    case Form::negative_binomial:
    case Form::geometric:
    case Form::bernoulli:
      return set_count(s);
    case Form::discrete:
    case Form::empirical:
    case Form::quantiles:
      return set_table(first, second);
  }
  return "the distribution is unknown";
}

void Distribution::set_constant(double value) {
  form_ = DistributionForm::constant;
  a_ = mean_ = lower_ = upper_ = value;
  variance_ = 0;
}

Distribution::Wrong Distribution::set_bounded(std::span<const double> s) {
  const double min = s.front(), max = form_ == DistributionForm::uniform ? s[1] : s[2];
  if (!(max >= min)) return must("max", fmt::format("at least min ({})", min), max);
  const double width = max - min;
  if (form_ == DistributionForm::uniform) {
    if (width == 0) return set_constant(min), Wrong{};
    mean_ = 0.5 * (min + max);
    variance_ = width * width / 12;
  } else {
    const double mode = s[1];
    if (!(mode >= min && mode <= max))
      return must("mode", fmt::format("between min ({}) and max ({})", min, max), mode);
    if (form_ == DistributionForm::pert && !(s[3] > 0)) return must("shape", "more than 0", s[3]);
    if (width == 0) return set_constant(min), Wrong{};
    if (form_ == DistributionForm::pert) {
      // Vose (2008): a beta distribution on [min, max] with mean (min + shape mode + max) / (shape + 2).
      return set_beta(1 + s[3] * (mode - min) / width, 1 + s[3] * (max - mode) / width, min, max);
    }
    c_ = mode;
    mean_ = (min + mode + max) / 3;
    const double m = (mode - min) / width;  // of the triangle on [0, 1]
    variance_ = width * width * (1 - m + m * m) / 18;
  }
  a_ = lower_ = min;
  b_ = upper_ = max;
  return {};
}

Distribution::Wrong Distribution::set_beta(double a, double b, double min, double max) {
  form_ = DistributionForm::beta;
  if (!(a > 0)) return must("a", "more than 0", a);
  if (!(b > 0)) return must("b", "more than 0", b);
  if (!(max > min)) return must("max", fmt::format("more than min ({})", min), max);
  const double width = max - min;
  a_ = a;
  b_ = b;
  c_ = lower_ = min;
  upper_ = max;
  d_ = width;
  mean_ = min + width * a / (a + b);
  variance_ = width * width * a * b / ((a + b) * (a + b) * (a + b + 1));
  return {};
}

/// Moments of the truncated normal: Johnson, Kotz & Balakrishnan (1994), section 13.10.
Distribution::Wrong Distribution::set_normal(double mean, double sd, double min, double max) {
  if (!(sd >= 0)) return must("sd", "at least 0", sd);
  if (!(max > min)) return must("max", fmt::format("more than min ({})", min), max);
  if (sd == 0) {
    if (mean < min || mean > max) return must("mean", "between min and max where sd is 0", mean);
    return set_constant(mean), Wrong{};
  }
  a_ = mean;
  b_ = sd;
  c_ = (min - mean) / sd;
  d_ = (max - mean) / sd;
  lower_ = min;
  upper_ = max;
  const double inside = c_ > 0 ? normal_below(-c_) - normal_below(-d_) : normal_below(d_) - normal_below(c_);
  if (!(inside > 1e-12))
    return fmt::format("min and max must leave a share of the normal distribution: [{}, {}] has almost none", min, max);
  const auto times_density = [](double x) { return std::isinf(x) ? 0 : x * normal_density(x); };
  const double shift = (normal_density(c_) - normal_density(d_)) / inside;
  mean_ = mean + sd * shift;
  variance_ = sd * sd * (1 + (times_density(c_) - times_density(d_)) / inside - shift * shift);
  return {};
}

/// a_ and b_ are the mean and standard deviation of the logarithm.
Distribution::Wrong Distribution::set_lognormal(double a, double b) {
  using Form = DistributionForm;
  const auto from_cv = [this](double mean, double cv) {
    b_ = std::sqrt(std::log1p(cv * cv));
    a_ = std::log(mean) - 0.5 * b_ * b_;
  };
  const DistributionFormInfo& info = form_info(form_);
  if (!(a > 0)) return must(info.arguments[0].name, "more than 0", a);
  if (form_ == Form::lognormal_mean_sd || form_ == Form::lognormal_mean_cv) {
    if (!(b >= 0)) return must(info.arguments[1].name, "at least 0", b);
    from_cv(a, form_ == Form::lognormal_mean_sd ? b / a : b);
  } else if (form_ == Form::lognormal_median_gsd) {
    if (!(b >= 1)) return must("gsd", "at least 1 (it is a factor)", b);
    a_ = std::log(a);
    b_ = std::log(b);
  } else {
    if (!(b > a)) return must("p95", fmt::format("more than p05 ({})", a), b);
    constexpr double kZ95 = 1.6448536269514722;  // the standard normal's 95 % quantile
    a_ = 0.5 * (std::log(a) + std::log(b));
    b_ = 0.5 * (std::log(b) - std::log(a)) / kZ95;
  }
  if (b_ == 0) return set_constant(std::exp(a_)), Wrong{};
  form_ = Form::lognormal_median_gsd;
  mean_ = std::exp(a_ + 0.5 * b_ * b_);
  variance_ = mean_ * mean_ * std::expm1(b_ * b_);
  lower_ = 0;
  upper_ = kInfinity;
  if (!std::isfinite(variance_))
    return fmt::format("the lognormal's variance must be finite: its arguments are too far apart");
  return {};
}

Distribution::Wrong Distribution::set_positive(double a, double b) {
  using Form = DistributionForm;
  const DistributionFormInfo& info = form_info(form_);
  if (!(a > 0)) return must(info.arguments[0].name, "more than 0", a);
  lower_ = 0;
  upper_ = kInfinity;
  a_ = a;
  b_ = b;
  if (form_ == Form::exponential) {
    mean_ = a;
    variance_ = a * a;
  } else if (form_ == Form::gamma) {
    if (!(b >= 0)) return must("cv", "at least 0", b);
    if (b == 0) return set_constant(a), Wrong{};
    a_ = 1 / (b * b);  // shape
    b_ = a * b * b;    // scale
    mean_ = a;
    variance_ = a * a * b * b;
  } else {
    if (!(b > 0)) return must("scale", "more than 0", b);
    mean_ = b * std::tgamma(1 + 1 / a);
    variance_ = b * b * std::tgamma(1 + 2 / a) - mean_ * mean_;
  }
  if (!std::isfinite(variance_))
    return fmt::format("{} must give a finite variance, not {}", info.arguments[0].name, a);
  return {};
}

Distribution::Wrong Distribution::set_count(std::span<const double> s) {
  using Form = DistributionForm;
  lower_ = 0;
  upper_ = kInfinity;
  a_ = s[0];
  b_ = s.size() > 1 ? s[1] : 0;
  if (form_ == Form::poisson || form_ == Form::negative_binomial) {
    if (!(a_ >= 0 && a_ <= kLargestCount)) return must("mean", "between 0 and 10^9", a_);
    if (form_ == Form::negative_binomial && !(b_ > 0)) return must("dispersion", "more than 0", b_);
    if (a_ == 0) return set_constant(0), Wrong{};
    mean_ = a_;
    variance_ = form_ == Form::poisson ? a_ : a_ + a_ * a_ / b_;
    return {};
  }
  const double p = form_ == Form::binomial ? b_ : a_;
  if (form_ == Form::binomial && !(a_ >= 0 && a_ <= kLargestCount && a_ == std::floor(a_)))
    return must("n", "a whole number from 0 to 10^9", a_);
  if (form_ == Form::geometric && !(p > 0 && p <= 1)) return must("p", "more than 0 and at most 1", p);
  if (!(p >= 0 && p <= 1)) return must("p", "between 0 and 1", p);
  if (form_ == Form::geometric) {
    if (p == 1) return set_constant(0), Wrong{};
    mean_ = (1 - p) / p;
    variance_ = (1 - p) / (p * p);
    return {};
  }
  const double n = form_ == Form::binomial ? a_ : 1;
  if (p == 0 || p == 1 || n == 0) return set_constant(n * p), Wrong{};
  mean_ = n * p;
  variance_ = n * p * (1 - p);
  upper_ = n;
  return {};
}

Distribution::Wrong Distribution::set_table(std::span<const double> first, std::span<const double> second) {
  using Form = DistributionForm;
  const DistributionFormInfo& info = form_info(form_);
  if (first.empty()) return fmt::format("{} must not be empty", info.arguments[0].name);
  if (form_ != Form::empirical && first.size() != second.size())
    return fmt::format("{} and {} must have as many entries: {} and {}", info.arguments[0].name, info.arguments[1].name,
                       first.size(), second.size());
  const auto finite = [](double x) { return std::isfinite(x); };
  if (!std::all_of(first.begin(), first.end(), finite) || !std::all_of(second.begin(), second.end(), finite))
    return fmt::format("{} must be finite numbers", info.arguments[0].name);
  if (form_ == Form::quantiles) {
    if (first.size() < 2 || first.front() != 0 || first.back() != 1) return "p must begin with 0 and end with 1";
    if (std::adjacent_find(first.begin(), first.end(), std::greater_equal<>()) != first.end()) return "p must increase";
    if (!std::is_sorted(second.begin(), second.end())) return "x must not decrease";
    cumulative_.assign(first.begin(), first.end());
    values_.assign(second.begin(), second.end());
    double square = 0;
    for (std::size_t i = 1; i < first.size(); ++i) {
      const double w = first[i] - first[i - 1], l = second[i - 1], h = second[i];
      mean_ += w * 0.5 * (l + h);
      square += w * (l * l + l * h + h * h) / 3;
    }
    variance_ = std::max(square - mean_ * mean_, 0.0);
  } else {
    if (std::any_of(second.begin(), second.end(), [](double w) { return w < 0; })) return "weights must be at least 0";
    const double total = std::accumulate(second.begin(), second.end(), 0.0);
    if (form_ == Form::discrete && !(total > 0 && std::isfinite(total))) return "weights must not all be 0";
    std::vector<std::pair<double, double>> entries;
    for (std::size_t i = 0; i < first.size(); ++i)
      entries.emplace_back(first[i],
                           form_ == Form::discrete ? second[i] / total : 1.0 / static_cast<double>(first.size()));
    std::erase_if(entries, [](const auto& entry) { return entry.second == 0; });
    std::sort(entries.begin(), entries.end());
    double reached = 0;
    for (const auto& [value, weight] : entries) {
      reached += weight;
      mean_ += weight * value;
      values_.push_back(value);
      cumulative_.push_back(reached);
    }
    for (const auto& [value, weight] : entries) variance_ += weight * (value - mean_) * (value - mean_);
    cumulative_.back() = 1;
  }
  lower_ = values_.front();
  upper_ = values_.back();
  return {};
}

}  // namespace materiel::random
