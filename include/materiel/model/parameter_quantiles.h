#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include <materiel/base/distribution_form.h>
#include <materiel/model/model.h>

namespace materiel::model {

/// Quantiles of a parameter, in the units that the model reckons in: days, units per day, day numbers for dates.
struct ParameterQuantiles {
  double p05 = 0, p50 = 0, p95 = 0;  ///< NaN if no sample could be drawn
  bool sampled = false;              ///< estimated from samples, not the exact ones of a distribution
};

/// The quantiles of all parameters, in the order of Model::parameters(). They are exact for numbers and for
/// distributions whose arguments are certain; what depends on other uncertain parameters is estimated from the samples
/// that a study with this seed would draw.
[[nodiscard]] std::vector<ParameterQuantiles> parameter_quantiles(const Model& model, std::uint64_t seed,
                                                                  std::uint32_t samples);

/// The mean of a distribution, and the range that holds 90 % of its draws.
struct DistributionSpread {
  double p05 = 0, mean = 0, p95 = 0;
};

/// @param scalars  the form's scalar arguments, in the order of distribution_forms()
/// @param first    the first list argument, empty if the form has none
/// @param second   the second one
/// @param scale    multiplies all values
/// @return nothing if the distribution can't have these arguments
[[nodiscard]] std::optional<DistributionSpread> distribution_spread(DistributionForm form,
                                                                    std::span<const double> scalars,
                                                                    std::span<const double> first,
                                                                    std::span<const double> second, double scale);

}  // namespace materiel::model
