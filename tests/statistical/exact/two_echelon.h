#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>

#include <boost/math/special_functions/gamma.hpp>

#include "statistical/exact/counts.h"

/// Bases with base-stock policies and Poisson demand under one depot that serves them first come, first served, with
/// constant shipping times (Simon 1971; Graves 1985).
namespace materiel::validation::exact {

/// So many units are never outstanding at once.
inline constexpr std::size_t kMostOutstanding = 90;

/// The mean over [0, horizon] of the distribution of a Poisson number with mean rate * min(t, lead_time).
inline Probabilities poisson_from_empty(double rate, double lead_time, double horizon) {
  Probabilities p = poisson(rate * lead_time, kMostOutstanding);
  for (std::size_t k = 0; k < p.size(); ++k) {
    const double rising = boost::math::gamma_p(static_cast<double>(k) + 1, rate * lead_time) / rate;
    p[k] = (rising + (horizon - lead_time) * p[k]) / horizon;
  }
  return p;
}

/// (N - stock)+.
inline Probabilities short_of(const Probabilities& outstanding, std::size_t stock) {
  Probabilities p(outstanding.size());
  for (std::size_t k = 0; k < outstanding.size(); ++k) p[k > stock ? k - stock : 0] += outstanding[k];
  return p;
}

/// Of a number of units, those of one customer, to whom each belongs with a probability, independently of the others.
inline Probabilities split(const Probabilities& all, double share) {
  Probabilities p(all.size());
  for (std::size_t n = 0; n < all.size(); ++n) {
    for (std::size_t k = 0; k <= n; ++k) {
      const auto x = static_cast<double>(n), y = static_cast<double>(k);
      const double ways = std::lgamma(x + 1) - std::lgamma(y + 1) - std::lgamma(x - y + 1);
      p[k] += all[n] * std::exp(ways + y * std::log(share) + (x - y) * std::log1p(-share));
    }
  }
  return p;
}

inline Probabilities sum_of(const Probabilities& a, const Probabilities& b) {
  Probabilities p(std::max(a.size(), b.size()));
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t j = 0; j < b.size() && i + j < p.size(); ++j) p[i + j] += a[i] * b[j];
  }
  return p;
}

struct Moments {
  double mean = 0, variance = 0;
};

inline Moments moments(const Probabilities& p) {
  double first = 0, second = 0;
  for (std::size_t k = 0; k < p.size(); ++k) {
    const auto x = static_cast<double>(k);
    first += x * p[k];
    second += x * x * p[k];
  }
  return {first, second - first * first};
}

/// E (N - stock)+.
inline double mean_short(const Probabilities& outstanding, std::size_t stock) {
  return moments(short_of(outstanding, stock)).mean;
}

/// A base that begins with its whole position in stock.
struct Base {
  double rate;      ///< of its Poisson demand
  double shipping;  ///< days from the depot
  std::size_t position;

  /// Units that the depot owes it or that are under way, as a mean over [0, horizon]: a shipping time ago the depot
  /// owed `owed`, and the demand since then adds to it.
  /// @param owed  the mean over [0, horizon - shipping] of the distribution of what the depot owes this base
  [[nodiscard]] Probabilities outstanding(const Probabilities& owed, double horizon) const {
    const Probabilities later = sum_of(owed, poisson(rate * shipping, kMostOutstanding));
    Probabilities p = poisson_from_empty(rate, shipping, shipping);
    for (std::size_t k = 0; k < p.size(); ++k) p[k] = (shipping * p[k] + (horizon - shipping) * later[k]) / horizon;
    return p;
  }
};

/// A depot with a base-stock policy, resupplied after a constant lead time from a source that never runs out.
struct Depot {
  double rate;  ///< of all its bases together
  double lead_time;
  std::size_t position;

  [[nodiscard]] double stock(double horizon) const {
    return mean_left(poisson_from_empty(rate, lead_time, horizon), position);
  }
  /// What it owes to a base, as a mean over [0, horizon].
  [[nodiscard]] Probabilities owed(const Base& base, double horizon) const {
    return split(short_of(poisson_from_empty(rate, lead_time, horizon), position), base.rate / rate);
  }
  /// Units outstanding of a base in the long run.
  [[nodiscard]] Probabilities outstanding(const Base& base) const {
    const Probabilities all = short_of(poisson(rate * lead_time, kMostOutstanding), position);
    return sum_of(split(all, base.rate / rate), poisson(base.rate * base.shipping, kMostOutstanding));
  }
};

/// METRIC (Sherbrooke 1968): what is outstanding has the right mean and is taken for Poisson.
inline Probabilities metric(const Probabilities& outstanding) {
  return poisson(moments(outstanding).mean, kMostOutstanding);
}

/// VARI-METRIC (Slay 1984; Sherbrooke 1986): it has the right mean and variance, and is taken for negative binomial.
inline Probabilities vari_metric(const Probabilities& outstanding) {
  const auto [mean, variance] = moments(outstanding);
  return negative_binomial(mean, mean * mean / (variance - mean), kMostOutstanding);
}

}  // namespace materiel::validation::exact
