#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <materiel/store/run_table.h>
#include <materiel/store/study_record.h>
#include <materiel/study/error.h>
#include <materiel/study/observer.h>
#include <materiel/study/output_directory.h>
#include <materiel/study/run.h>

/// What analyses of the runs that a study has stored have in common: they read the study, run nothing, and write a few
/// tables with a record into a directory of their own.
namespace materiel::study {

/// The record of the study whose runs are to be analysed.
/// @param analysis  its name, for messages
[[nodiscard]] Expected<store::StudyRecord> sampled_study(const std::string& directory, const std::string& analysis);

/// Its runs, as store::read_runs() has them; all that its record counts.
[[nodiscard]] Expected<std::vector<store::RunTable>> stored_runs(const std::string& directory,
                                                                 const store::StudyRecord& record,
                                                                 const std::vector<std::string>& alternatives,
                                                                 const std::vector<std::string>& outcomes);

/// Base if the study has it, or its first alternative.
[[nodiscard]] std::string usual_alternative(const store::StudyIdentity& identity);

/// The request has seen a stop, and keeps nothing.
[[nodiscard]] Error nothing_kept(const Observer& observer);

struct AnalysisTable {
  std::string name;
  std::string* text;
};

/// The record of an analysis, and the directory that it goes into.
class AnalysisFiles {
 public:
  /// @param study     directory of the study
  /// @param record    of the study: it becomes that of the analysis
  /// @param store     absent: nothing is written
  /// @param observer  has to outlive this
  AnalysisFiles(std::string study, store::StudyRecord record, std::optional<Store> store, const Caller& caller,
                const Observer& observer);

  [[nodiscard]] const store::StudyRecord& record() const { return record_; }

  /// Gives the analysis its identity.
  /// @return refused, if the directory is the study's
  [[nodiscard]] std::optional<Error> identify(store::AnalysisIdentity analysis);

  /// Looks at the directory.
  /// @param says_complete  whether a complete analysis is reported
  /// @return whether the tables are to be written: not if they are there
  [[nodiscard]] Expected<bool> settle(bool says_complete);

  /// Reads the tables of a complete analysis; the texts of those that aren't there stay empty.
  [[nodiscard]] std::optional<Error> read(const std::vector<AnalysisTable>& tables) const;

  /// Writes the tables, run.json last; all of them or none.
  [[nodiscard]] std::optional<Error> write(const std::vector<AnalysisTable>& tables);

 private:
  std::string study_;
  store::StudyRecord record_;
  std::optional<Store> store_;
  const Observer& observer_;
  std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
  std::optional<OutputDirectory> place_;
};

}  // namespace materiel::study
