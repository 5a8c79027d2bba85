#pragma once

#include <string>
#include <vector>

#include <materiel/experiment/sensitivity.h>
#include <materiel/model/model.h>
#include <materiel/study/load.h>

#include "cli/sensitivity_options.h"

namespace materiel::cli {

/// What a sensitivity analysis varies, or what is wrong with what was asked for.
struct FactorChoice {
  std::vector<experiment::SensitivityFactor> factors;  ///< in the order of the scenario
  std::vector<std::string> left_out;                   ///< parameters that are drawn, but always the same
  std::string error;
};

/// The drawn parameters of a scenario, alone or in groups; without chance. Correlated parameters must be in one group.
[[nodiscard]] FactorChoice choose_factors(const study::Variant& input, const SensitivityOptions& options);

/// "chance", or if a factor has that name, "chance_".
[[nodiscard]] std::string chance_name(const std::vector<experiment::SensitivityFactor>& factors);

/// Indices of the outcomes asked for by name or pattern; unasked, milestones and expressions.
struct OutcomeChoice {
  std::vector<std::size_t> chosen;
  std::string error;
};
[[nodiscard]] OutcomeChoice choose_outcomes(const std::vector<model::OutcomeInfo>& outcomes,
                                            const std::vector<std::string>& asked);

}  // namespace materiel::cli
