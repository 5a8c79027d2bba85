#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <materiel/stats/given_indices.h>
#include <materiel/stats/information_value.h>
#include <materiel/stats/morris_effects.h>
#include <materiel/stats/partial_rank_correlation.h>
#include <materiel/stats/sobol_indices.h>
#include <materiel/store/directory.h>

/// The rows of sobol.csv, sobol_second.csv, morris.csv, given.csv and value_of_information.csv, with the names of SALib
/// (Herman & Usher 2017): an index, and with _conf half the width of its normal interval.
namespace materiel::store {

inline constexpr double kSensitivityLevel = 0.95;  ///< of all intervals

/// Whose rows are written.
struct SensitivityOutcome {
  std::string alternative, name, unit;
};

[[nodiscard]] std::string sobol_header();
/// @param factors  the names of the factors
void append_sobol_rows(const SensitivityOutcome& outcome, const std::vector<std::string>& factors,
                       const stats::SobolIndices& found, std::string& text);

[[nodiscard]] std::string sobol_second_header();
void append_sobol_second_rows(const SensitivityOutcome& outcome, const std::vector<std::string>& factors,
                              const stats::SobolIndices& found, std::string& text);

[[nodiscard]] std::string morris_header();
void append_morris_rows(const SensitivityOutcome& outcome, const std::vector<std::string>& factors,
                        const stats::MorrisEffects& found, std::string& text);

/// What stored runs say of one outcome.
struct GivenMeasures {
  std::vector<stats::GivenIndices> indices;                 ///< by parameter
  std::vector<stats::PartialRankCorrelation> correlations;  ///< by parameter
  std::uint64_t n = 0, n_missing = 0;                       ///< runs that were used, and that lacked the outcome
};

[[nodiscard]] std::string given_header();
void append_given_rows(const SensitivityOutcome& outcome, const std::vector<std::string>& parameters,
                       const GivenMeasures& found, std::string& text);

[[nodiscard]] std::string information_header();
/// The row "everything" is the value of perfect information. The outcome's alternative is the one that is chosen now.
void append_information_rows(const SensitivityOutcome& outcome, const std::vector<std::string>& parameters,
                             const stats::DecisionValue& found, std::uint64_t n, std::string& text);

/// A row of one of the files as figures need it: which numbers depends on the file.
struct SensitivityRow {
  std::string outcome, parameter;
  std::vector<double> numbers;
};

/// Reads the wanted columns of a file with the columns `outcome` and `parameter`, of one alternative; nothing, and why,
/// if it can't be read.
[[nodiscard]] std::optional<std::vector<SensitivityRow>> read_sensitivity(const DirectoryPath& directory,
                                                                          const std::string& file,
                                                                          const std::string& alternative,
                                                                          const std::vector<std::string>& columns,
                                                                          std::string& error);

}  // namespace materiel::store
