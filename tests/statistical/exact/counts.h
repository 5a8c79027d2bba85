#pragma once

#include <cmath>
#include <cstddef>
#include <vector>

/// Distributions of whole numbers as lists of probabilities of 0, 1, 2, ...
namespace materiel::validation::exact {

using Probabilities = std::vector<double>;

inline Probabilities poisson(double mean, std::size_t most) {
  Probabilities p(most + 1);
  for (std::size_t k = 0; k <= most; ++k) {
    const auto x = static_cast<double>(k);
    p[k] = mean > 0 ? std::exp(x * std::log(mean) - mean - std::lgamma(x + 1)) : (k == 0 ? 1.0 : 0.0);
  }
  return p;
}

/// With variance mean + mean^2 / dispersion.
inline Probabilities negative_binomial(double mean, double dispersion, std::size_t most) {
  Probabilities p(most + 1);
  const double share = mean / (mean + dispersion);
  p[0] = std::pow(1 - share, dispersion);
  for (std::size_t k = 1; k <= most; ++k)
    p[k] = p[k - 1] * share * (dispersion + static_cast<double>(k) - 1) / static_cast<double>(k);
  return p;
}

/// The sum of a Poisson number of sizes, by Panjer's (1981) recursion.
inline Probabilities compound_poisson(double mean_number, const Probabilities& size, std::size_t most) {
  Probabilities p(most + 1);
  p[0] = std::exp(-mean_number * (1 - size[0]));
  for (std::size_t k = 1; k <= most; ++k) {
    for (std::size_t j = 1; j <= k && j < size.size(); ++j) p[k] += static_cast<double>(j) * size[j] * p[k - j];
    p[k] *= mean_number / static_cast<double>(k);
  }
  return p;
}

/// P(N < bound).
inline double below(const Probabilities& p, std::size_t bound) {
  double sum = 0;
  for (std::size_t k = 0; k < bound && k < p.size(); ++k) sum += p[k];
  return sum;
}

/// E (bound - N)+.
inline double mean_left(const Probabilities& p, std::size_t bound) {
  double sum = 0;
  for (std::size_t k = 0; k < bound && k < p.size(); ++k) sum += static_cast<double>(bound - k) * p[k];
  return sum;
}

}  // namespace materiel::validation::exact
