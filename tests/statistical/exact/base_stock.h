#pragma once

#include <cmath>
#include <functional>

#include <boost/math/special_functions/gamma.hpp>

#include "statistical/exact/counts.h"
#include "statistical/exact/integral.h"

/// Stocks whose net level is a position less a Poisson number of units, with the means over a run.
namespace materiel::validation::exact {

/// A base-stock policy with Poisson demand, backlog and a depot that never runs out, which begins with its whole
/// position in stock. Units on order at time t are Poisson with mean `on_order(t)`: an M/G/infinity queue that begins
/// empty (Palm 1938; Feeney & Sherbrooke 1966).
struct BaseStock {
  std::size_t position;
  std::function<double(double)> on_order;
  double settled;  ///< from then on, `on_order` is constant to all digits

  /// The mean over [0, horizon] of a function of the distribution of what is on order.
  template <class Function>
  [[nodiscard]] double mean(double horizon, Function f) const {
    const auto at = [&](double time) { return f(poisson(on_order(time), kMost)); };
    return (integral(at, 0, settled) + (horizon - settled) * at(settled)) / horizon;
  }
  [[nodiscard]] double stock(double horizon) const {
    return mean(horizon, [this](const Probabilities& p) { return mean_left(p, position); });
  }
  /// Units owed: N - S = (S - N)+ + N - S.
  [[nodiscard]] double backlog(double horizon) const {
    const double mean_on_order = (integral(on_order, 0, settled) + (horizon - settled) * on_order(settled)) / horizon;
    return stock(horizon) + mean_on_order - static_cast<double>(position);
  }
  /// Share of time without stock; of demands that wait, too, since they see time averages (Wolff 1982).
  [[nodiscard]] double empty(double horizon) const {
    return mean(horizon, [this](const Probabilities& p) { return 1 - below(p, position); });
  }

  static constexpr std::size_t kMost = 200;
};

/// Mean number on order after t days: of a rate and a constant lead time.
inline std::function<double(double)> constant_lead_time(double rate, double lead_time) {
  return [=](double t) { return rate * std::min(t, lead_time); };
}

/// The same of gamma lead times: rate times the integral of P(lead time > u) over u up to t.
inline std::function<double(double)> gamma_lead_time(double rate, double mean, double cv) {
  const double shape = 1 / (cv * cv);
  return [=](double t) {
    if (t <= 0) return 0.0;
    const double x = t * shape / mean;
    return rate * (t * boost::math::gamma_q(shape, x) + mean * boost::math::gamma_p(shape + 1, x));
  };
}

}  // namespace materiel::validation::exact
