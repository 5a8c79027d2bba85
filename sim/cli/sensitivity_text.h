#pragma once

#include <string>
#include <vector>

#include <materiel/model/model.h>
#include <materiel/store/sensitivity_tables.h>

/// Tables of sensitivity indices for people, the largest first.
namespace materiel::cli {

/// @param outcome  its label says what the table calls it
[[nodiscard]] std::string sobol_table(const model::OutcomeInfo& outcome, const std::vector<std::string>& factors,
                                      const stats::SobolIndices& found);

/// @param outcome  likewise
[[nodiscard]] std::string morris_table(const model::OutcomeInfo& outcome, const std::vector<std::string>& factors,
                                       const stats::MorrisEffects& found);

/// @param heading  what stands above the names: the outcome's and, of several, the alternative's
[[nodiscard]] std::string given_table(const std::string& heading, const std::vector<std::string>& parameters,
                                      const store::GivenMeasures& found);

/// @param outcome       likewise
/// @param alternatives  their names
[[nodiscard]] std::string information_table(const model::OutcomeInfo& outcome,
                                            const std::vector<std::string>& alternatives,
                                            const std::vector<std::string>& parameters,
                                            const stats::DecisionValue& found);

}  // namespace materiel::cli
