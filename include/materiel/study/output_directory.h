#pragma once

#include <optional>
#include <string>

#include <materiel/store/study_directory.h>
#include <materiel/study/earlier_study.h>
#include <materiel/study/error.h>
#include <materiel/study/observer.h>

namespace materiel::study {

/// What becomes of another study in the directory that a study goes into.
enum class IfTaken {
  refuse,      ///< it stays, and this one is refused
  move_aside,  ///< it goes to a numbered directory beside it
  overwrite,   ///< it stays until this one is complete, and is replaced then
};

/// The directory that a study goes into, and what it holds in view of that study.
class OutputDirectory {
 public:
  /// Puts the files of this very study into their places if a killed program hadn't come to it, makes way, and looks.
  /// @param changes  false: looks only
  /// @param beside  the beginning of names that may be in the directory besides; empty: none
  OutputDirectory(store::DirectoryPath directory, const store::StudyIdentity& identity, bool changes, IfTaken if_taken,
                  const std::string& beside = {});

  [[nodiscard]] const store::DirectoryFinding& finding() const { return finding_; }

  /// Whether it holds this very study, unfinished, to be resumed.
  [[nodiscard]] bool is_unfinished() const;

  /// Whether it holds this very study, complete.
  [[nodiscard]] bool is_complete() const { return finding_.state == store::DirectoryFinding::State::complete; }

  /// What is wrong if it holds another unfinished study that must not be lost.
  /// @param replaces  whether what else it holds is to be replaced; otherwise that counts first
  [[nodiscard]] std::optional<std::string> blocked(bool replaces = false) const;

  /// Why the study can't be written into it; nothing if it can.
  [[nodiscard]] std::optional<std::string> refused() const;

  /// Reports what there is to say before the study runs.
  /// @param what  "study", "sweep", "analysis"
  /// @return whether it has to be run: not if it is complete; refused
  [[nodiscard]] Expected<bool> settle(const std::string& what, const Observer& observer) const;

  /// Clears away what a complete study left, unless that is another unfinished one.
  void clear_away() const;

  /// Says, once the directory is locked, whether it still is what was found: another process may have written there
  /// meanwhile.
  [[nodiscard]] store::FileBatch::Check unchanged() const;

  /// Removes the files of the study that this one has overwritten, but for those that it has too, or that were changed.
  void remove_overwritten(const store::StudyRecord& now, const Observer& observer) const;

  /// "which is free" and the like.
  [[nodiscard]] std::string words() const;

 private:
  [[nodiscard]] bool gives_way() const;

  store::DirectoryPath path_;
  std::string directory_;  ///< the same for messages
  IfTaken if_taken_;
  std::optional<EarlierStudy> earlier_;  ///< of a study without -o
  bool completed_;                       ///< its files were put into their places just now
  store::StudiesState state_;            ///< of what was found, taken before it was looked at
  store::DirectoryFinding finding_;
  store::UnfinishedFinding unfinished_;
};

}  // namespace materiel::study
