#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "statistical/exact/counts.h"
#include "statistical/exact/integral.h"

namespace materiel::validation::exact {

/// An (r,Q) policy with Poisson demand, backlog and a constant lead time, whose inventory position begins uniform on
/// r+1 to r+Q, all of it in stock, and stays so (Zipkin 2000, chapter 6; Snyder & Shen 2019, chapter 5).
struct ReorderPoint {
  int point, lot;
  double rate, lead_time;

  /// Mean over [0, horizon] of a function of position and distribution of the demand during a lead time. In the first
  /// lead time nothing comes that was not there.
  template <class Function>
  [[nodiscard]] double mean(double horizon, Function f) const {
    const auto at = [&](double time) {
      const Probabilities demand = poisson(rate * time, 200);
      double sum = 0;
      for (int y = point + 1; y <= point + lot; ++y) sum += f(static_cast<std::size_t>(y), demand);
      return sum / lot;
    };
    return (integral(at, 0, lead_time) + (horizon - lead_time) * at(lead_time)) / horizon;
  }
  [[nodiscard]] double stock(double horizon) const {
    return mean(horizon, [](std::size_t y, const Probabilities& p) { return mean_left(p, y); });
  }
  [[nodiscard]] double empty(double horizon) const {
    return mean(horizon, [](std::size_t y, const Probabilities& p) { return 1 - below(p, y); });
  }
  /// E(D - y)+ = E(y - D)+ + E D - y.
  [[nodiscard]] double backlog(double horizon) const {
    const double mean_demand = rate * lead_time * (horizon - lead_time / 2) / horizon;
    return stock(horizon) + mean_demand - mean_position();
  }
  [[nodiscard]] double mean_position() const { return point + (lot + 1) / 2.0; }
};

/// Costs of an order, of a unit in stock for a day, and of a unit owed for a day.
struct StockCosts {
  double order, holding, backlog;
};

/// The policy of least mean cost in the long run, (order rate + sum of G(y) over the positions) / Q, where G(y) is the
/// cost of a position (Federgruen & Zheng 1992), among points from 0 and lots from 1.
inline ReorderPoint best_reorder_point(double rate, double lead_time, const StockCosts& costs) {
  constexpr int kMostPoint = 40, kMostLot = 60;
  const Probabilities demand = poisson(rate * lead_time, 200);
  ReorderPoint best{0, 1, rate, lead_time};
  double least = std::numeric_limits<double>::infinity();
  for (int point = 0; point <= kMostPoint; ++point) {
    double sum = costs.order * rate;
    for (int lot = 1; lot <= kMostLot; ++lot) {
      const double left = mean_left(demand, static_cast<std::size_t>(point + lot));
      sum += costs.holding * left + costs.backlog * (left + rate * lead_time - (point + lot));
      if (sum / lot >= least) continue;
      least = sum / lot;
      best.point = point;
      best.lot = lot;
    }
  }
  return best;
}

}  // namespace materiel::validation::exact
