#pragma once

#include <limits>
#include <ostream>
#include <string>
#include <variant>
#include <vector>

#include <materiel/random/distribution.h>

namespace materiel::random {

inline constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// A distribution to test, with a name for the report.
struct Case {
  std::string name;
  DistributionForm form;
  std::vector<double> scalars;
  std::vector<double> first = {}, second = {};
  double scale = 1;

  [[nodiscard]] Distribution made() const {
    auto result = Distribution::make(form, scalars, first, second, scale);
    return std::get<Distribution>(std::move(result));
  }
};

inline void PrintTo(const Case& c, std::ostream* out) {
  *out << c.name;
}

/// All continuous forms, and each branch of their samplers.
inline std::vector<Case> continuous_cases() {
  using Form = DistributionForm;
  return {
      {"uniform", Form::uniform, {-2, 5}},
      {"uniform_in_months", Form::uniform, {1, 3}, {}, {}, 30.4375},
      {"triangular", Form::triangular, {2, 4, 10}},
      {"triangular_from_mode", Form::triangular, {2, 2, 10}},
      {"triangular_to_mode", Form::triangular, {2, 10, 10}},
      {"pert", Form::pert, {0, 1, 5, 4}},
      {"pert_from_mode", Form::pert, {3, 3, 5, 4}},
      {"pert_peaked", Form::pert, {0, 1, 5, 40}, {}, {}, 7},
      {"normal", Form::normal, {5, 2, -kInfinity, kInfinity}},
      {"normal_above_0", Form::normal, {1, 1, 0, kInfinity}},
      {"normal_upper_tail", Form::normal, {0, 1, 4, kInfinity}},
      {"normal_lower_tail", Form::normal, {0, 1, -9, -5}},
      {"normal_far_interval", Form::normal, {0, 1, 3, 3.5}},
      {"normal_narrow", Form::normal, {0, 1, 0.1, 0.1001}},
      {"normal_central", Form::normal, {10, 3, 8, 12}, {}, {}, 365.25},
      {"lognormal_mean_sd", Form::lognormal_mean_sd, {10, 4}},
      {"lognormal_mean_cv", Form::lognormal_mean_cv, {3, 0.7}},
      {"lognormal_median_gsd", Form::lognormal_median_gsd, {2, 1.5}},
      {"lognormal_p05_p95", Form::lognormal_p05_p95, {1, 4}},
      {"exponential", Form::exponential, {1.5}},
      {"gamma", Form::gamma, {4, 0.5}},
      {"gamma_shape_1", Form::gamma, {4, 1}},
      {"gamma_shape_0.16", Form::gamma, {4, 2.5}},
      {"gamma_regular", Form::gamma, {4, 0.01}},
      {"weibull", Form::weibull, {1.7, 3}},
      {"weibull_decreasing_hazard", Form::weibull, {0.8, 3}},
      {"beta", Form::beta, {2, 3, 0, 1}},
      {"beta_u_shaped", Form::beta, {0.3, 0.6, 0, 4}},
      {"beta_mixed", Form::beta, {0.4, 3, 0, 1}},
      {"quantiles", Form::quantiles, {}, {0, 0.05, 0.5, 0.95, 1}, {-4, 2, 5, 9, 20}},
  };
}

/// All forms of whole numbers or atoms, and each branch of their samplers.
inline std::vector<Case> discrete_cases() {
  using Form = DistributionForm;
  return {
      {"poisson_rare", Form::poisson, {0.3}},
      {"poisson_small", Form::poisson, {4}},
      {"poisson_large", Form::poisson, {57.3}},
      {"poisson_huge", Form::poisson, {1e8}},
      {"binomial_small", Form::binomial, {10, 0.3}},
      {"binomial_large", Form::binomial, {1000, 0.3}},
      {"binomial_likely", Form::binomial, {1000, 0.97}},
      {"binomial_huge", Form::binomial, {2147483648.0, 0.5}},
      {"negative_binomial", Form::negative_binomial, {6, 1}},
      {"negative_binomial_clumped", Form::negative_binomial, {6, 0.2}},
      {"negative_binomial_large", Form::negative_binomial, {200, 3}},
      {"negative_binomial_nearly_poisson", Form::negative_binomial, {20, 1e6}},
      {"geometric", Form::geometric, {0.2}},
      {"geometric_rare", Form::geometric, {1e-5}},
      {"geometric_likely", Form::geometric, {0.95}},
      {"bernoulli", Form::bernoulli, {0.37}},
      {"bernoulli_in_months", Form::bernoulli, {0.37}, {}, {}, 30.4375},
      {"poisson_in_months", Form::poisson, {4}, {}, {}, 30.4375},
      {"discrete", Form::discrete, {}, {7, -1, 2.5, 4}, {1, 2, 0, 5}},
      {"discrete_repeated", Form::discrete, {}, {3, 1, 3}, {1, 1, 1}, 30.4375},
      {"empirical", Form::empirical, {}, {5, 1, 1, 8, 2.2}},
  };
}

}  // namespace materiel::random
