#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <materiel/store/directory.h>
#include <materiel/store/study_record.h>

/// Reads the stored runs of a study back, with the parameters of each.
namespace materiel::store {

/// The good runs of one alternative, in the order of runs.csv; all columns have a number a run.
struct RunTable {
  std::vector<std::uint64_t> run;
  std::vector<std::size_t> sample;      ///< of each run: replications of one sample have the same number, from 0
  std::vector<std::string> parameters;  ///< that the alternative has
  std::vector<std::vector<double>> parameter_values;  ///< by parameter
  std::vector<std::vector<double>> outcome_values;    ///< by outcome asked for; NaN = missing
  std::uint64_t failed = 0;                           ///< runs that are left out
};

/// Reads DIR/runs.csv and DIR/inputs.csv. The runs of an alternative have to follow each other, none missing or
/// doubled.
/// @param alternatives  of the study
/// @param outcomes      names of columns of runs.csv
/// @param error         why nothing is returned, for the user
/// @return a table for each alternative
[[nodiscard]] std::optional<std::vector<RunTable>> read_runs(const DirectoryPath& directory,
                                                             const std::vector<std::string>& alternatives,
                                                             const std::vector<std::string>& outcomes,
                                                             std::string& error);

/// What is wrong with tables of a finished study, which has a row of each run that its record counts; empty if nothing
/// is.
/// @param alternatives  of the tables
[[nodiscard]] std::string missing_runs(const std::string& directory, const StudyRecord& record,
                                       const std::vector<std::string>& alternatives,
                                       const std::vector<RunTable>& tables);

/// The numbers of the runs in DIR/runs.csv that failed.
/// @return those of each alternative, in their order
[[nodiscard]] std::optional<std::vector<std::vector<std::uint64_t>>> read_failed_runs(
    const DirectoryPath& directory, const std::vector<std::string>& alternatives, std::string& error);

}  // namespace materiel::store
