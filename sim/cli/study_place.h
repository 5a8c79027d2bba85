#pragma once

#include <optional>
#include <string>

#include <materiel/report/study_directory.h>

#include "cli/console.h"

namespace materiel::cli {

/// The directory that a study goes into, and what it holds in view of that study.
class StudyPlace {
 public:
  /// Puts the files of this very study into their places if a killed program hadn't come to it, and looks.
  /// @param changes  false: looks only
  /// @param beside  the beginning of names that may be in the directory besides; empty: none
  StudyPlace(report::DirectoryPath directory, const report::StudyIdentity& identity, bool changes,
             const std::string& beside = {});

  [[nodiscard]] const report::DirectoryFinding& finding() const { return finding_; }

  /// Whether it holds this very study, unfinished, to go on with.
  [[nodiscard]] bool goes_on() const;

  /// What is wrong if it holds another unfinished study that must not be lost.
  /// @param replaces  whether what else it holds is to be replaced; otherwise that counts first
  [[nodiscard]] std::optional<std::string> blocked(bool replaces = false) const;

  /// Says what there is to say before the study runs.
  /// @param what  "study", "sweep", "analysis"
  /// @return the code to end with, if it need not or can't be run
  [[nodiscard]] std::optional<int> settle(const std::string& what, Console& console) const;

  /// Clears away what a complete study left, unless that is another unfinished one.
  void clear_away() const;

  /// Says, once the directory is locked, whether it still is what was found: another process may have written there
  /// meanwhile.
  [[nodiscard]] report::FileBatch::Check unchanged() const;

  /// "which is free" and the like, for --dry-run.
  [[nodiscard]] std::string words() const;

 private:
  report::DirectoryPath path_;
  std::string directory_;       ///< the same for messages
  bool completed_;              ///< its files were put into their places just now
  report::StudiesState state_;  ///< of what was found, taken before it was looked at
  report::DirectoryFinding finding_;
  report::UnfinishedFinding unfinished_;
};

}  // namespace materiel::cli
