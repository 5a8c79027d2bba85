#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include <materiel/experiment/open_study.h>
#include <materiel/store/journal.h>

#include "study/checkpoint_pace.h"
#include "study/study_files.h"

namespace materiel::study {

/// Why a study cannot be resumed or extended.
class ResumeError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Checkpoints a running study so that the same request can resume it after any interruption: a journal entry of each
/// alternative now and then, which takes at most a fiftieth of the time, and one at the end if it was interrupted.
class Checkpoints {
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
  Checkpoints(StudyFiles& files, std::size_t alternatives, unsigned threads, std::size_t cells, double pause,
              const Observer& observer);

  /// For a study that starts over after an interruption: no checkpoints.
  void disable() { is_enabled_ = false; }

  void add(Extra extra) { extra_ = std::move(extra); }

  /// Starts a study from its first run.
  /// @param record  what it is, for kBeginningFile
  /// @return false if that can't be written: see the files' error
  bool begin(const std::string& record);

  /// Begins where an unfinished one ended, as far as its journal goes.
  void resume();

  /// Begins the rows of an alternative; it and its study are resumed where they ended, if the journal has that.
  /// @return the runs that it is resumed from
  /// @throws ResumeError if they can't be written, or don't go together
  std::uint64_t begin_study(std::size_t alternative, experiment::OpenStudy& study);

  /// The target sample sizes of the alternatives: those of the journal, and from now on.
  [[nodiscard]] const std::vector<std::uint64_t>& targets() const { return targets_; }
  void set_targets(const std::vector<std::uint64_t>& targets);

  /// What an alternative's study writes its checkpoints with.
  [[nodiscard]] experiment::CheckpointWriter writer(std::size_t alternative);

  /// Writes the last checkpoint of an alternative.
  void write_last(std::size_t alternative, std::uint64_t runs, const std::string& state);

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
  const Observer& observer_;
  Extra extra_;
  store::Journal journal_;
  std::vector<std::uint64_t> runs_;                               ///< by alternative, that are kept
  mutable std::mutex mutex_;                                      ///< guards what follows
  std::vector<std::map<std::uint64_t, RowsPosition>> positions_;  ///< by alternative and runs, of states to come
  std::vector<std::uint64_t> targets_;
  bool warned_ = false, is_enabled_ = true;
  CheckpointPace pace_;
};

}  // namespace materiel::study
