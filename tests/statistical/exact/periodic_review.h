#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

#include <boost/math/quadrature/gauss.hpp>

#include "statistical/exact/counts.h"

namespace materiel::validation::exact {

/// Mean costs per month.
struct MonthlyCosts {
  double ordering = 0, holding = 0, shortage = 0;
  [[nodiscard]] double total() const { return ordering + holding + shortage; }
};

/// Law's inventory system (Law 2015, section 1.5): compound Poisson demand that waits, a review at the beginning of
/// each month, orders up to `up_to` if the level is below `least`, delivered after a uniform time between half a month
/// and a month. Since an order comes before the next review, the levels at reviews are a Markov chain, which is
/// followed from month to month; within a month the level is integrated by Gauss's rule.
class PeriodicReview {
 public:
  PeriodicReview() {
    const Probabilities size{0, 1.0 / 6, 2.0 / 6, 2.0 / 6, 1.0 / 6};
    const auto add_nodes = [&](double from, double to, bool may_have_come) {
      using Rule = boost::math::quadrature::gauss<double, 10>;
      for (std::size_t i = 0; i < Rule::abscissa().size(); ++i) {
        for (const double sign : {-1.0, 1.0}) {
          const double time = (from + to + sign * (to - from) * Rule::abscissa()[i]) / 2;
          const double come = may_have_come ? (time - kSoonest) / (1 - kSoonest) : 0;
          nodes_.push_back({Rule::weights()[i] * (to - from) / 2, time, come, {}});
          const Probabilities demand = compound_poisson(kRate * time, size, kLevels);
          for (int level = kLowest; level <= kHighest; ++level)
            nodes_.back().left.push_back(level > 0 ? mean_left(demand, static_cast<std::size_t>(level)) : 0);
        }
      }
    };
    add_nodes(0, kSoonest, false);
    add_nodes(kSoonest, 1, true);
    month_ = compound_poisson(kRate, size, kLevels);
  }

  [[nodiscard]] MonthlyCosts costs(int least, int up_to, int first, int months) const {
    std::vector<double> chances(kLevels + 1);
    chances[place(first)] = 1;
    MonthlyCosts sum;
    for (int month = 0; month < months; ++month) {
      std::vector<double> next(chances.size());
      for (int level = kLowest; level <= kHighest; ++level) {
        const double chance = chances[place(level)];
        if (chance < 1e-18) continue;
        const int order = level < least ? up_to - level : 0;
        add_month(sum, chance, level, order);
        for (std::size_t d = 0; d < month_.size(); ++d)
          next[place(std::max(level + order - static_cast<int>(d), kLowest))] += chance * month_[d];
      }
      chances = next;
    }
    return {sum.ordering / months, sum.holding / months, sum.shortage / months};
  }

 private:
  /// A time within the month, its weight, the probability that an order has come, and E(level - demand)+ by level.
  struct Node {
    double weight, time, come;
    std::vector<double> left;
  };

  [[nodiscard]] static std::size_t place(int level) { return static_cast<std::size_t>(level - kLowest); }

  void add_month(MonthlyCosts& sum, double chance, int level, int order) const {
    if (order > 0) sum.ordering += chance * (32 + 3 * order);
    for (const Node& node : nodes_) {
      const double left = (1 - node.come) * node.left[place(level)] + node.come * node.left[place(level + order)];
      const double net = level + node.come * order - kRate * kMeanSize * node.time;
      sum.holding += chance * node.weight * left;
      sum.shortage += 5 * chance * node.weight * (left - net);
    }
  }

  static constexpr double kRate = 10, kMeanSize = 2.5, kSoonest = 0.5;
  static constexpr int kLowest = -150, kHighest = 100;
  static constexpr std::size_t kLevels = kHighest - kLowest;
  std::vector<Node> nodes_;
  Probabilities month_;  ///< demand of a month
};

}  // namespace materiel::validation::exact
