#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include <materiel/experiment/open_study.h>
#include <materiel/store/journal.h>

#include "cli/console.h"
#include "cli/keeping_pace.h"
#include "cli/study_files.h"

namespace materiel::cli {

/// Keeps what a study has come to while it runs, so that the same command goes on with it after whatever ended it: a
/// journal entry of each alternative now and then, at most a fiftieth of the time, and one at the end if it was
/// interrupted.
class StudyKeeping {
 public:
  /// What else is to be kept of an alternative's first `runs` runs, and how it is taken back. May throw.
  struct Extra {
    std::function<std::string(std::size_t alternative, std::uint64_t runs)> keep;
    std::function<void(std::size_t alternative, std::uint64_t runs, const std::string& kept)> restore;
  };

  /// @param files    opened; has to outlive this
  /// @param threads  that the study runs on
  /// @param cells    numbers that it observes in a run
  /// @param pause    seconds between two entries; 0: as few as take that share of the time
  StudyKeeping(StudyFiles& files, std::size_t alternatives, unsigned threads, std::size_t cells, double pause,
               Console& console);

  /// For a study that starts over after an interruption.
  void keep_nothing() { keeps_ = false; }

  void keep_too(Extra extra) { extra_ = std::move(extra); }

  /// Starts a study from its first run.
  /// @param record  what it is, for kBeginningFile
  /// @return false if that can't be written: see the files' error
  bool begin(const std::string& record);

  /// Begins where an unfinished one ended, as far as its journal goes.
  void go_on();

  /// Begins the rows of an alternative; it and its study go on where they ended, if the journal has that.
  /// @return the runs that it goes on from
  /// @throws ContinuationError if they can't be written, or don't go together
  std::uint64_t begin_study(std::size_t alternative, experiment::OpenStudy& study);

  /// The samples that the alternatives were, and are, on their way to.
  [[nodiscard]] const std::vector<std::uint64_t>& aims() const { return aims_; }
  void aim(const std::vector<std::uint64_t>& aims);

  /// The keeper of an alternative's study.
  [[nodiscard]] experiment::StudyKeeper keeper(std::size_t alternative);

  /// Keeps the last state of an alternative.
  void keep_last(std::size_t alternative, std::uint64_t runs, const std::string& state);

  /// Runs that are kept of an alternative, and of all.
  [[nodiscard]] std::uint64_t runs(std::size_t alternative) const { return runs_[alternative]; }
  [[nodiscard]] std::uint64_t runs() const;

  /// Runs of an alternative in the run ranges that ranks have left, which are no part of the study yet.
  [[nodiscard]] std::uint64_t runs_in_ranges(std::size_t alternative) const;
  /// Runs of all that are kept, those included.
  [[nodiscard]] std::uint64_t runs_with_ranges() const;

 private:
  using Clock = std::chrono::steady_clock;

  bool begin_rows(std::size_t alternative, std::optional<store::JournalEntry>& entry);
  bool write(std::size_t alternative, std::uint64_t runs, std::string state);
  [[nodiscard]] bool fits(std::size_t alternative, const store::JournalEntry& entry) const;

  StudyFiles& files_;
  unsigned threads_;
  Console& console_;
  Extra extra_;
  store::Journal journal_;
  std::vector<std::uint64_t> runs_;                               ///< by alternative, that are kept
  mutable std::mutex mutex_;                                      ///< guards what follows
  std::vector<std::map<std::uint64_t, RowsPosition>> positions_;  ///< by alternative and runs, of states to come
  std::vector<std::uint64_t> aims_;
  bool warned_ = false, keeps_ = true;
  KeepingPace pace_;
};

}  // namespace materiel::cli
