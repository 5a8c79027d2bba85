#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include <materiel/experiment/study.h>
#include <materiel/experiment/sweep_progress.h>
#include <materiel/store/journal.h>
#include <materiel/study/checkpoint_pace.h>

#include "cli/console.h"
#include "cli/sweep_files.h"

namespace materiel::cli {

/// Keeps what a sweep has come to while it runs, so that the same command goes on with it after whatever ended it:
/// after whole points, and of long points after some of their runs too; at most a fiftieth of the time.
class SweepKeeping {
 public:
  /// @param files     opened; has to outlive this
  /// @param progress  what the files have at each done(); has to outlive this
  /// @param samples   of all points
  /// @param pause     seconds between two entries; 0: as few as take that share of the time
  SweepKeeping(SweepFiles& files, experiment::SweepProgress& progress, std::uint64_t samples, double pause,
               unsigned threads, Console& console);

  /// Begins a sweep anew.
  /// @param record  what it is, for kBeginningFile
  /// @return false if that can't be written: see the files' error
  bool begin(const std::string& record, const model::Model& model);

  /// Begins where an unfinished one ended, and sets the progress to what it had come to; or begins anew if its files
  /// are not what they were.
  /// @return false if the files can't be written: see their error
  bool go_on(const model::Model& model);

  /// The state of the first point's study that isn't done; empty if it was not begun.
  [[nodiscard]] const std::string& state() const { return state_; }

  /// Another point is in the files and in the progress: keeps that if it is time.
  void done();

  /// The keeper of the study of the next point.
  [[nodiscard]] experiment::StudyKeeper keeper();

  /// Keeps the last state of that study.
  void keep_last(std::uint64_t runs, std::string state);
  /// Keeps what there was at the last done().
  void keep_last();

  /// Runs that are kept.
  [[nodiscard]] std::uint64_t runs() const { return runs_; }

 private:
  using Clock = std::chrono::steady_clock;

  bool write(std::uint64_t runs, std::string state, std::vector<store::FilePosition> positions);

  SweepFiles& files_;
  experiment::SweepProgress& progress_;
  std::uint64_t samples_;
  unsigned threads_;
  Console& console_;
  store::Journal journal_;
  std::vector<store::FilePosition> positions_;  ///< of the progress
  std::string state_;
  std::uint64_t runs_ = 0;
  mutable std::mutex mutex_;                                                ///< guards what follows
  std::map<std::uint64_t, std::vector<store::FilePosition>> positions_at_;  ///< by runs of the point at work
  bool warned_ = false;
  study::CheckpointPace pace_;
};

}  // namespace materiel::cli
