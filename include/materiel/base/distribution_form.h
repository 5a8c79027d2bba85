#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace materiel {

/// A way to state a distribution: a family together with the arguments that fix it. The scenario layer reads these
/// forms and the random layer draws from them; this table is what both agree on.
enum class DistributionForm : std::uint8_t {
  constant,              // value
  uniform,               // min max
  triangular,            // min mode max
  pert,                  // min mode max [shape = 4]
  normal,                // mean sd [min = -inf] [max = inf], truncated
  lognormal_mean_sd,     // mean sd (of the variable itself)
  lognormal_mean_cv,     // mean cv
  lognormal_median_gsd,  // median gsd (geometric standard deviation, > 1)
  lognormal_p05_p95,     // the 5 % and 95 % quantiles
  exponential,           // mean
  gamma,                 // mean cv
  weibull,               // shape scale
  beta,                  // a b [min = 0] [max = 1]
  poisson,               // mean
  binomial,              // n p
  negative_binomial,     // mean dispersion: variance = mean + mean^2 / dispersion
  geometric,             // p: number of failures before the first success
  bernoulli,             // p
  discrete,              // values weights
  empirical,             // values, equally likely
  quantiles,             // p x: piecewise linear inverse distribution function
};

/// One argument of a form.
struct DistributionArgument {
  std::string_view name;
  bool is_list = false;
  bool has_default = false;
  double default_value = 0;
  bool has_dimension = false;  ///< a value of the variable itself: may be a date
};

/// What a form is called in a scenario (`dist = "lognormal"`) and its arguments, scalars first, in order.
struct DistributionFormInfo {
  DistributionForm form;
  std::string_view family;
  std::span<const DistributionArgument> arguments;
};

/// All forms; several may share a family and are told apart by their arguments.
[[nodiscard]] std::span<const DistributionFormInfo> distribution_forms();

[[nodiscard]] const DistributionFormInfo& form_info(DistributionForm form);

}  // namespace materiel
