#pragma once

#include <string>
#include <vector>

#include <materiel/experiment/study.h>
#include <materiel/store/sensitivity_tables.h>
#include <materiel/study/sensitivity.h>

/// Tables of sensitivity indices for people, the largest first. Names of factors, parameters and alternatives are in
/// the order of what was found.
namespace materiel::render {

/// The tables that a sensitivity analysis ends with: one an outcome that varies.
[[nodiscard]] std::string sensitivity_text(const study::SensitivityResult& result);

/// First-order and total indices, and the ten largest of second order: shares of the variance.
/// @param outcome  its label says what the table calls it
[[nodiscard]] std::string sobol_table(const model::OutcomeInfo& outcome, const std::vector<std::string>& factors,
                                      const stats::SobolIndices& found);

/// Elementary effects, in the unit of the outcome.
/// @param outcome  likewise
[[nodiscard]] std::string morris_table(const model::OutcomeInfo& outcome, const std::vector<std::string>& factors,
                                       const stats::MorrisEffects& found);

/// Measures from given samples, from 0 (nothing) to 1; the correlation from -1 to 1.
/// @param heading  what stands above the names: the outcome's and, of several, the alternative's
[[nodiscard]] std::string given_table(const std::string& heading, const std::vector<std::string>& parameters,
                                      const store::GivenMeasures& found);

/// What it is worth to know a parameter before an alternative is chosen, in the unit of the outcome.
/// @param outcome       likewise
/// @param alternatives  their names
[[nodiscard]] std::string information_table(const model::OutcomeInfo& outcome,
                                            const std::vector<std::string>& alternatives,
                                            const std::vector<std::string>& parameters,
                                            const stats::DecisionValue& found);

}  // namespace materiel::render
