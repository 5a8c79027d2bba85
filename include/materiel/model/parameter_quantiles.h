#pragma once

#include <cstdint>
#include <vector>

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

}  // namespace materiel::model
