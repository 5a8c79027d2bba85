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
#include <materiel/study/observer.h>

#include "study/checkpoint_pace.h"
#include "study/sweep_files.h"

namespace materiel::study {

/// Checkpoints a running sweep so that the same request can resume it after any interruption: after whole points, and
/// of long points after some of their runs too; at most a fiftieth of the time.
class SweepCheckpoints {
 public:
  /// @param files     opened; has to outlive this
  /// @param progress  what the files have at each point_done(); has to outlive this
  /// @param samples   of all points
  /// @param pause     seconds between two checkpoints; 0: as few as take that share of the time
  SweepCheckpoints(SweepFiles& files, experiment::SweepProgress& progress, std::uint64_t samples, double pause,
                   unsigned threads, const Observer& observer);

  /// Starts a sweep from its first point.
  /// @param record  what it is, for kBeginningFile
  /// @return false if that can't be written: see the files' error
  bool begin(const std::string& record, const model::Model& model);

  /// Begins where an unfinished one ended, and sets the progress to what it had come to; or at the first point if its
  /// files are not what they were.
  /// @return false if the files can't be written: see their error
  /// @throws ResumeError if the checkpoint can't be read
  bool resume(const model::Model& model);

  /// The state of the first point's study that isn't done; empty if it was not begun.
  [[nodiscard]] const std::string& state() const { return state_; }

  /// Another point is in the files and in the progress: writes a checkpoint if it is time.
  void point_done();

  /// What the study of the next point writes its checkpoints with.
  [[nodiscard]] experiment::CheckpointWriter writer();

  /// Writes the last checkpoint of that study.
  void write_last(std::uint64_t runs, std::string state);
  /// Writes a checkpoint of what there was at the last point_done().
  void write_last();

  /// Runs that are kept.
  [[nodiscard]] std::uint64_t runs() const { return runs_; }

 private:
  using Clock = std::chrono::steady_clock;

  bool write(std::uint64_t runs, std::string state, std::vector<store::FilePosition> positions);

  SweepFiles& files_;
  experiment::SweepProgress& progress_;
  std::uint64_t samples_;
  unsigned threads_;
  const Observer& observer_;
  store::Journal journal_;
  std::vector<store::FilePosition> positions_;  ///< of the progress
  std::string state_;
  std::uint64_t runs_ = 0;
  mutable std::mutex mutex_;                                                ///< guards what follows
  std::map<std::uint64_t, std::vector<store::FilePosition>> positions_at_;  ///< by runs of the point at work
  bool warned_ = false;
  CheckpointPace pace_;
};

}  // namespace materiel::study
