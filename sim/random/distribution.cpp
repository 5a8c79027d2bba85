// Making a distribution: what all forms have in common, and tables.

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>
#include <utility>

#include <fmt/format.h>

#include <materiel/random/distribution.h>

#include "random/argument_rules.h"

namespace materiel::random {
namespace {

std::string not_finite(const DistributionArgument& argument, std::span<const double> given) {
  const bool may_be_infinite = argument.has_default && std::isinf(argument.default_value);
  for (const double x : given)
    if (std::isnan(x) || (std::isinf(x) && !may_be_infinite))
      return must_be(argument.name, argument.is_list ? "finite numbers" : "a finite number", x);
  return {};
}

}  // namespace

std::variant<Distribution, std::string> Distribution::make(DistributionForm form, std::span<const double> scalars,
                                                           std::span<const double> first,
                                                           std::span<const double> second, double scale) {
  std::size_t scalar = 0, list = 0;
  for (const DistributionArgument& argument : form_info(form).arguments) {
    assert(argument.is_list || scalar < scalars.size());
    const std::span<const double> given =
        !argument.is_list ? scalars.subspan(scalar++, 1) : (list++ == 0 ? first : second);
    if (std::string wrong = not_finite(argument, given); !wrong.empty()) return wrong;
  }
  if (!(scale > 0 && std::isfinite(scale))) return must_be("unit", "a finite factor of more than 0", scale);
  Distribution made;
  made.form_ = form;
  made.scale_ = scale;
  if (std::string wrong = made.set(scalars, first, second); !wrong.empty()) return wrong;
  if (!std::isfinite(made.mean()) || !std::isfinite(made.variance()))
    return "its mean and variance must be finite, the arguments are too large or too far apart";
  return made;
}

Distribution::Wrong Distribution::set(std::span<const double> s, std::span<const double> first,
                                      std::span<const double> second) {
  using Form = DistributionForm;
  switch (form_) {
    case Form::constant:
      return set_constant(s[0]);
    case Form::uniform:
    case Form::triangular:
      return set_bounded(s);
    case Form::pert:
      return set_pert(s[0], s[1], s[2], s[3]);
    case Form::normal:
      return set_normal(s[0], s[1], s[2], s[3]);
    case Form::lognormal_mean_sd:
    case Form::lognormal_mean_cv:
    case Form::lognormal_median_gsd:
    case Form::lognormal_p05_p95:
      return set_lognormal(s[0], s[1]);
    case Form::exponential:
      return set_exponential(s[0]);
    case Form::gamma:
      return set_gamma(s[0], s[1]);
    case Form::weibull:
      return set_weibull(s[0], s[1]);
    case Form::beta:
      return set_beta(s[0], s[1], s[2], s[3]);
    case Form::poisson:
      return set_poisson(s[0]);
    case Form::binomial:
      return set_binomial(s[0], s[1]);
    case Form::negative_binomial:
      return set_negative_binomial(s[0], s[1]);
    case Form::geometric:
      return set_geometric(s[0]);
    case Form::bernoulli:
      return set_binomial(1, s[0]);
    case Form::discrete:
      if (first.size() != second.size())
        return fmt::format("values and weights must be of one length, not {} and {}", first.size(), second.size());
      return set_weighted(first, second);
    case Form::empirical:
      return set_weighted(first, std::vector<double>(first.size(), 1.0));
    case Form::quantiles:
      return set_quantiles(first, second);
  }
  return "the distribution is unknown";
}

/// The scale is multiplied in, here and in tables: a value divided by it again might miss the atom by a rounding error.
Distribution::Wrong Distribution::set_constant(double value) {
  form_ = DistributionForm::constant;
  a_ = mean_ = lower_ = upper_ = value * scale_;
  variance_ = 0;
  scale_ = 1;
  return {};
}

Distribution::Wrong Distribution::set_weighted(std::span<const double> values, std::span<const double> weights) {
  if (values.empty()) return "values must not be empty";
  for (const double weight : weights)
    if (weight < 0) return must_be("weights", "at least 0", weight);
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  if (total == 0) return "weights must not all be 0";
  if (!std::isfinite(total)) return "weights must have a finite sum";
  std::vector<std::pair<double, double>> entries;
  for (std::size_t i = 0; i < values.size(); ++i)
    if (weights[i] > 0) entries.emplace_back(values[i] * scale_, weights[i] / total);
  std::sort(entries.begin(), entries.end());
  double reached = 0;
  for (const auto& [value, probability] : entries) {
    reached += probability;
    mean_ += probability * value;
    values_.push_back(value);
    cumulative_.push_back(std::min(reached, 1.0));
  }
  cumulative_.back() = 1;
  for (const auto& [value, probability] : entries) variance_ += probability * (value - mean_) * (value - mean_);
  lower_ = values_.front();
  upper_ = values_.back();
  scale_ = 1;
  return {};
}

Distribution::Wrong Distribution::set_quantiles(std::span<const double> p, std::span<const double> x) {
  if (p.size() != x.size()) return fmt::format("p and x must be of one length, not {} and {}", p.size(), x.size());
  if (p.size() < 2) return fmt::format("p must have at least 2 entries, not {}", p.size());
  if (p.front() != 0) return must_be("p", "0 at its first entry", p.front());
  if (p.back() != 1) return must_be("p", "1 at its last entry", p.back());
  for (std::size_t i = 1; i < p.size(); ++i) {
    if (p[i] <= p[i - 1])
      return fmt::format("p must increase from entry to entry, not go from {} to {}", p[i - 1], p[i]);
    if (x[i] < x[i - 1]) return fmt::format("x must not decrease, not go from {} to {}", x[i - 1], x[i]);
  }
  cumulative_.assign(p.begin(), p.end());
  for (const double value : x) values_.push_back(value * scale_);
  // A mixture of uniform distributions, one for each stretch.
  for (std::size_t i = 1; i < p.size(); ++i) mean_ += (p[i] - p[i - 1]) * (0.5 * values_[i - 1] + 0.5 * values_[i]);
  for (std::size_t i = 1; i < p.size(); ++i) {
    const double l = values_[i - 1] - mean_, h = values_[i] - mean_;
    variance_ += (p[i] - p[i - 1]) * (l * l + l * h + h * h) / 3;
  }
  lower_ = values_.front();
  upper_ = values_.back();
  scale_ = 1;
  return {};
}

}  // namespace materiel::random
