#pragma once

#include <string>

#include <materiel/base/diagnostic.h>
#include <materiel/report/study_record.h>

/// What commands print with --json.
namespace materiel::report {

/// An array with one object a diagnostic: severity, file, line, column, length, message, notes.
[[nodiscard]] std::string diagnostics_text(const Diagnostics& diagnostics);

/// The directory, the counts and the lines of summary.csv as objects; a missing number is null.
[[nodiscard]] std::string summary_text(const StudyRecord& record, const std::string& directory,
                                       const std::vector<experiment::SummaryLine>& summary);

}  // namespace materiel::report
