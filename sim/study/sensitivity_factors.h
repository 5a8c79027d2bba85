#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <materiel/experiment/sensitivity.h>
#include <materiel/model/model.h>
#include <materiel/study/error.h>
#include <materiel/study/sensitivity.h>

namespace materiel::study {

/// What a sensitivity analysis varies.
struct FactorChoice {
  std::vector<experiment::SensitivityFactor> factors;  ///< by the names of their first parameters
  std::vector<std::string> left_out;                   ///< parameters that are drawn, but always the same
};

/// The drawn parameters of the request's scenario, alone or in groups; without chance.
/// @return invalid_request
[[nodiscard]] Expected<FactorChoice> choose_factors(const SensitivityRequest& request);

/// "chance", or if a factor has that name, "chance_".
[[nodiscard]] std::string chance_name(const std::vector<experiment::SensitivityFactor>& factors);

/// Indices of the outcomes asked for by name or pattern; unasked, milestones and expressions.
/// @return invalid_request
[[nodiscard]] Expected<std::vector<std::size_t>> choose_outcomes(const std::vector<model::OutcomeInfo>& outcomes,
                                                                 const std::vector<std::string>& asked);

}  // namespace materiel::study
