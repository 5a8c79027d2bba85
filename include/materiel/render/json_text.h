#pragma once

#include <string>

#include <materiel/base/diagnostic.h>
#include <materiel/store/study_record.h>

/// What commands print with --json.
namespace materiel::render {

/// An array with one object a diagnostic: severity, file, line, column, length, message, notes.
[[nodiscard]] std::string diagnostics_text(const Diagnostics& diagnostics);

/// The lines of summary.csv of an alternative.
struct AlternativeSummary {
  std::string alternative;
  const std::vector<model::OutcomeInfo>& outcomes;
  const std::vector<experiment::SummaryLine>& lines;
};

/// The directory, the counts and the lines of summary.csv as objects; a missing number is null.
[[nodiscard]] std::string summary_text(const store::StudyRecord& record, const std::string& directory,
                                       const std::vector<AlternativeSummary>& summaries);

/// The text of a CSV file.
struct NamedTable {
  std::string name;  ///< "sobol.csv"
  std::string csv;
};

/// The directory, and under the name of each table, without ".csv", an array with one object a row: numbers are
/// numbers, an empty cell is null.
[[nodiscard]] std::string tables_text(const std::string& directory, const std::vector<NamedTable>& tables);

}  // namespace materiel::render
