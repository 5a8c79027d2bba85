#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include <materiel/stats/bootstrap.h>

namespace materiel::stats {

/// Cells of the parameter's ranks, and at most so many of the outcome's.
inline constexpr std::size_t kDeltaParameterCells = 64, kDeltaOutcomeCells = 128;
/// Parts of the rows, each of which is left out once.
inline constexpr std::size_t kDeltaFolds = 5;

/// What delta_estimate() needs of a row: in which cell the outcome lies, and which part the row belongs to.
struct DeltaRows {
  std::vector<std::size_t> outcome_cell;  ///< below kDeltaOutcomeCells
  std::vector<std::size_t> fold;          ///< below kDeltaFolds, at random
  /// The unit of bandwidths for the outcome, in cells: its standard deviation; 0: each value has a cell of its own, and
  /// neighbours say nothing of each other.
  double deviation = 0;
};

/// Borgonovo's delta of one parameter.
///
/// Delta is the largest contrast P(A) - P_independent(A) over sets A of the plane of parameter and outcome, reached by
/// the set in which the joint density is above the product of the marginal ones. That set is estimated from smoothed
/// counts, and the contrast from the rows themselves, so that smoothing errs only where the densities nearly agree
/// anyway. With the set from the other rows (cross-validation, Stone 1974) the contrast is too small, and 0 on average
/// for a parameter that says nothing; with the set from the same rows it is too large. The bandwidths are those of the
/// largest cross-validated contrast. The estimate lies between the two contrasts, halfway if they agree and at the
/// smaller one if it is 0; half their distance, which the bias doesn't exceed as a rule, is part of the interval.
/// @param parameter_cell  of each row, below kDeltaParameterCells
[[nodiscard]] IndexEstimate delta_estimate(const DeltaRows& rows, const std::vector<std::size_t>& parameter_cell,
                                           double conf_level);

}  // namespace materiel::stats
