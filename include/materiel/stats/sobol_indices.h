#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include <materiel/stats/bootstrap.h>

/// Variance-based sensitivity indices (Sobol' 1993; Homma & Saltelli 1996) from the design of Saltelli (2002).
namespace materiel::stats {

/// The design of Saltelli (2002): two independent points A and B of all factors make a block of runs, the columns
/// A, B, AB_1 ... AB_k and, if there are second orders, BA_1 ... BA_k. AB_i is A with factor i of B; BA_i is B with
/// factor i of A. A factor is whatever is drawn independently of the others: a parameter, a group of parameters, or all
/// that varies by chance in a run.
struct SobolLayout {
  std::size_t factors = 0;
  bool second_order = false;

  [[nodiscard]] std::size_t columns() const { return 2 + factors * (second_order ? 2 : 1); }
  [[nodiscard]] std::size_t ab(std::size_t factor) const { return 2 + factor; }
  [[nodiscard]] std::size_t ba(std::size_t factor) const { return 2 + factors + factor; }
  /// Whether a factor of a column's runs comes from B.
  [[nodiscard]] bool from_b(std::size_t column, std::size_t factor) const {
    if (column < 2) return column == 1;
    return column < 2 + factors ? column == ab(factor) : column != ba(factor);
  }
};

/// The interplay of two factors beyond what each does alone.
struct SobolPair {
  std::size_t first = 0, second = 0;  ///< factors, first < second
  IndexEstimate index;
};

struct SobolIndices {
  std::vector<IndexEstimate> first_order, total;  ///< by factor: shares of the variance, NaN if the outcome is constant
  std::vector<SobolPair> second_order;            ///< of all pairs, if the layout has them
  double mean = 0, variance = 0;                  ///< of the outcome
  std::size_t blocks = 0, dropped = 0;            ///< blocks that were used, and that lacked an outcome
};

/// Indices of one outcome, with percentile intervals from resampled blocks.
///
/// First order: mean of f(B) (f(AB_i) - f(A)) (Saltelli et al. 2010, table 2 (b)), of outcomes less their mean. Chosen
/// over Janon et al. (2014) because its error vanishes with the index itself: most factors of a study matter little.
/// Total: mean of (f(A) - f(AB_i))^2 / 2 (Jansen 1999). With second orders both take the mean with their mirror images,
/// A and B exchanged. Second order: mean of f(BA_i) f(AB_j) - f(A) f(B), less both first orders (Saltelli 2002).
/// The variance is that of all f(A) and f(B). Estimates may lie a little outside 0 ... 1.
///
/// @param outcomes  row-major [block][column of the layout]; a block with a NaN is dropped
[[nodiscard]] SobolIndices sobol_indices(const SobolLayout& layout, std::span<const double> outcomes,
                                         const BootstrapPlan& bootstrap);

}  // namespace materiel::stats
