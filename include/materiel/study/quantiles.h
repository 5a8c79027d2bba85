#pragma once

#include <vector>

#include <materiel/model/parameter_quantiles.h>
#include <materiel/study/load.h>

namespace materiel::study {

/// The 5 %, 50 % and 95 % quantiles of a scenario's parameters, in their order, as the register of assumptions has
/// them: of those that depend on others from 10,000 samples, 5 % within about 0.2 %.
/// @param variant  that has been compiled
[[nodiscard]] std::vector<model::ParameterQuantiles> parameter_quantiles(const Variant& variant);

}  // namespace materiel::study
