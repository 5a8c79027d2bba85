#pragma once

#include <span>
#include <vector>

#include <materiel/stats/bootstrap.h>

/// Sensitivity measures from given data: any sample of parameters and an outcome will do, correlated parameters too.
namespace materiel::stats {

/// What one parameter alone says about an outcome.
struct GivenIndices {
  /// Share of the variance that goes if the parameter is known: what regression lines in classes of the parameter
  /// explain, less what chance adds to it (as Kelley's epsilon squared, 1935). May be slightly negative.
  IndexEstimate first_order;
  /// Borgonovo's delta (2007), 0 ... 1: half the mean absolute difference between the outcome's density and its
  /// density given the parameter; by cross-validation (docs/methods.md), with an interval that allows for its bias.
  IndexEstimate delta;
  /// PAWN (Pianosi & Wagener 2015, 2018), 0 ... 1: the median and the maximum, over ten slices of the parameter, of the
  /// largest difference between the outcome's distribution function and that in the slice. Both are above 0 even for a
  /// parameter that says nothing, by about 1 / sqrt(values in a slice).
  IndexEstimate pawn_median, pawn_max;
};

/// How many resamples are enough for a standard deviation: what given_indices() is called with, as a rule.
inline constexpr std::size_t kGivenResamples = 100;

/// The fewest rows that given_indices() can use.
inline constexpr std::size_t kLeastGivenRows = 30;

/// The indices of one outcome for each parameter; those of S1 and PAWN with normal intervals from resampled rows. Delta
/// and PAWN are computed from the outcome's normal scores on cells, since neither depends on its scale. All are NaN if
/// the outcome is constant but for rounding, or below kLeastGivenRows rows.
/// @param parameters  columns as long as the outcome, without NaN
/// @param outcome     without NaN
[[nodiscard]] std::vector<GivenIndices> given_indices(const std::vector<std::span<const double>>& parameters,
                                                      std::span<const double> outcome, const BootstrapPlan& bootstrap);

}  // namespace materiel::stats
