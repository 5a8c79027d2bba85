#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <materiel/stats/value_counts.h>

/// Choosing the best of several systems by simulation.
namespace materiel::stats {

/// What is known of the mean of one system.
struct SystemMean {
  double mean = 0;
  double variance = 0;  ///< of one sample, >= 0
  std::uint64_t n = 0;  ///< samples, > 0
  /// How many of them differ from the commonest, counted up to that number: with fewer the variance is not known.
  std::uint64_t differing = CommonestValue::kEnough;
};

/// The index of the best; the first of equals. At least one system; a mean of NaN is never the best unless all are.
[[nodiscard]] std::size_t best_system(std::span<const SystemMean> systems, bool largest);

/// Gives each system of whose samples fewer than CommonestValue::kEnough differ at least the variance of one whose next
/// sample differs by `range` with probability (differing + 1) / (n + 2) (Laplace): one whose runs all agree is not
/// certain, and has to get its share of the budget.
/// @param range  between the least and the greatest sample of all systems
void allow_for_unseen(std::span<SystemMean> systems, double range);

/// The shares of a budget of samples that, as it grows, make the selection of the best right with the highest
/// probability: optimal computing budget allocation (Chen, Lin, Yucesan & Chick 2000, theorem 1). Each other system i
/// gets samples in proportion to (sd_i / delta_i)^2, delta_i = its distance from the best, and the best b gets
/// sd_b * sqrt(sum_i (n_i / sd_i)^2). A distance counts as at least one standard error of itself, so that a tie does
/// not take the whole budget; a system without variance gets no share.
/// @return shares that add up to 1, all equal if no system has a variance
[[nodiscard]] std::vector<double> ocba_shares(std::span<const SystemMean> systems, bool largest);

/// A lower bound of the probability that the system that looks best is the best: 1 - sum_i P(i is better), from
/// independent normal means (Bonferroni; APCS-B of Chen et al. 2000). In [0, 1]; 0 if a mean is not known. Where the
/// systems share their random numbers and respond alike it is the more conservative. Never above 1 - 3 / n of a system
/// of whose n samples fewer than CommonestValue::kEnough differ, or whose variance is 0: up to 3 / n is the probability
/// of what they may not have shown.
[[nodiscard]] double probability_of_correct_selection(std::span<const SystemMean> systems, bool largest);

}  // namespace materiel::stats
