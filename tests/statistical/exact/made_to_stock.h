#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "statistical/exact/counts.h"
#include "statistical/exact/markov_chain.h"

namespace materiel::validation::exact {

/// Stock less what is owed, and what of it is owed to the first of two customers.
using Net = std::pair<int, int>;

/// A stock with room for so many units that a Poisson supply fills, and two customers with Poisson demand that waits;
/// the first is always served before the second. Without stock the first one's units are the number in an M/M/1 queue.
class MadeToStock {
 public:
  struct Rates {
    double supply, first, second;
  };

  MadeToStock(const Rates& rates, int room)
      : chain_({room, 0}, [=](const Net& at) { return moves(at, rates, room); }) {}

  [[nodiscard]] const MarkovChain<Net>& chain() const { return chain_; }

  /// Means over [0, horizon] of distributions, from a full stock.
  [[nodiscard]] Probabilities owed(double horizon) const {
    return distribution(horizon, [](const Net& at) { return std::max(-at.first, 0); });
  }
  [[nodiscard]] Probabilities owed_to_first(double horizon) const {
    return distribution(horizon, [](const Net& at) { return at.second; });
  }
  [[nodiscard]] Probabilities owed_to_second(double horizon) const {
    return distribution(horizon, [](const Net& at) { return std::max(-at.first, 0) - at.second; });
  }
  [[nodiscard]] double stock(double horizon) const {
    return chain_.mean_until(horizon, [](const Net& at) { return std::max(at.first, 0); });
  }
  [[nodiscard]] double empty(double horizon) const {
    return chain_.mean_until(horizon, [](const Net& at) { return at.first <= 0 ? 1 : 0; });
  }

 private:
  static constexpr int kMost = 45, kMostOfFirst = 16;  ///< with the loads of the cases less than 1e-9 is beyond

  static std::vector<std::pair<double, Net>> moves(const Net& at, const Rates& rates, int room) {
    const auto [net, first] = at;
    std::vector<std::pair<double, Net>> all;
    if (net > -kMost) {
      all.push_back({rates.second, {net - 1, first}});
      if (net > 0) all.push_back({rates.first, {net - 1, 0}});
      if (net <= 0 && first < kMostOfFirst) all.push_back({rates.first, {net - 1, first + 1}});
    }
    if (net < room) all.push_back({rates.supply, {net + 1, first > 0 ? first - 1 : 0}});
    return all;
  }

  template <class Number>
  [[nodiscard]] Probabilities distribution(double horizon, Number number) const {
    Probabilities p(kMost + 1);
    for (int k = 0; k <= kMost; ++k) {
      p[static_cast<std::size_t>(k)] =
          chain_.mean_until(horizon, [&](const Net& at) { return number(at) == k ? 1 : 0; });
    }
    return p;
  }

  MarkovChain<Net> chain_;
};

}  // namespace materiel::validation::exact
