#pragma once

#include <span>
#include <vector>

namespace materiel::stats {

/// How an outcome goes up or down with one parameter while the others are held fixed: the partial rank correlation
/// coefficient (Iman & Helton 1988; Marino et al. 2008).
struct PartialRankCorrelation {
  double value = 0;       ///< -1 ... 1
  double p_value = 0;     ///< two-sided, of no monotone connection: Student's t with n - k - 1 degrees of freedom
  double lo = 0, hi = 0;  ///< by Fisher's z with the variance (1 + r^2 / 2) / (n - k - 2) (Bonett & Wright 2000)
};

/// The coefficients of one outcome with each of k parameters over n rows, from the inverse of the correlation matrix of
/// their ranks. Those of a parameter are NaN if it is constant or the ranks of parameters before it determine its own:
/// it is left out. All are NaN if the outcome is constant or so determined, or if n < k + 4.
/// @param parameters  columns as long as the outcome, without NaN
/// @param outcome     without NaN
[[nodiscard]] std::vector<PartialRankCorrelation> partial_rank_correlations(
    const std::vector<std::span<const double>>& parameters, std::span<const double> outcome, double conf_level);

}  // namespace materiel::stats
