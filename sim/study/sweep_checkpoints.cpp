#include "study/sweep_checkpoints.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include <materiel/store/study_directory.h>

#include "study/checkpoints.h"

namespace materiel::study {

SweepCheckpoints::SweepCheckpoints(SweepFiles& files, experiment::SweepProgress& progress, std::uint64_t samples,
                                   double pause, unsigned threads, const Observer& observer)
    : files_(files),
      progress_(progress),
      samples_(samples),
      threads_(threads),
      observer_(observer),
      journal_(files.unfinished()),
      pace_(pause, 0) {}

bool SweepCheckpoints::begin(const std::string& record, const model::Model& model) {
  if (!files_.clear_unfinished() || !files_.write_beside(store::kBeginningFile, record) || !files_.begin(model))
    return false;
  positions_ = files_.positions();
  return true;
}

bool SweepCheckpoints::resume(const model::Model& model) {
  journal_.read(1);
  files_.keep_unfinished();
  {
    const Whole whole(observer_);  // may be asked for what is kept
    runs_ = journal_.runs(0);
  }
  if (!journal_.error().empty()) observer_.warn(journal_.error());
  const bool had = journal_.has(0);
  std::optional<store::JournalEntry> entry =
      journal_.take(0, [&](const store::JournalEntry& one) { return files_.can_resume(one.files); });
  if (had && !entry)
    observer_.warn(
        fmt::format("{}: the stored rows are missing or were changed: the sweep is run from its "
                    "beginning",
                    files_.unfinished_directory()));
  if (!entry) {
    const Whole whole(observer_);
    runs_ = 0;
    const bool begun = files_.begin(model);
    positions_ = files_.positions();
    return begun;
  }
  try {
    progress_ = experiment::read_sweep_progress(entry->extra);
  } catch (const std::exception& error) {
    throw ResumeError(fmt::format("cannot resume {}: {}", files_.unfinished_directory(), error.what()));
  }
  state_ = std::move(entry->state);
  runs_ = entry->runs;
  positions_ = entry->files;
  return files_.resume(entry->files);
}

void SweepCheckpoints::point_done() {
  positions_ = files_.positions();
  {
    const std::lock_guard lock(mutex_);
    positions_at_.clear();
  }
  if (pace_.due()) write_last();
}

experiment::CheckpointWriter SweepCheckpoints::writer() {
  return {[this] { return pace_.due(); },
          [this](std::uint64_t runs) {
            std::vector<store::FilePosition> positions = files_.positions();
            const std::lock_guard lock(mutex_);
            positions_at_[runs] = std::move(positions);
          },
          [this](std::uint64_t runs, std::string state, double seconds) {
            const Clock::time_point started = Clock::now();
            write_last(runs, std::move(state));
            pace_.wait_after((seconds + std::chrono::duration<double>(Clock::now() - started).count()) / threads_);
          }};
}

void SweepCheckpoints::write_last(std::uint64_t runs, std::string state) {
  std::vector<store::FilePosition> positions;
  {
    const std::lock_guard lock(mutex_);
    const auto found = positions_at_.find(runs);
    if (found == positions_at_.end()) return;
    positions = found->second;
    positions_at_.erase(positions_at_.begin(), found);
  }
  write(progress_.runs + runs, std::move(state), std::move(positions));
}

void SweepCheckpoints::write_last() {
  if (progress_.runs <= runs_) return;
  const Clock::time_point started = Clock::now();
  write(progress_.runs, {}, positions_);
  pace_.wait_after(std::chrono::duration<double>(Clock::now() - started).count());
}

// A sweep whose checkpoints cannot be written runs all the same.
bool SweepCheckpoints::write(std::uint64_t runs, std::string state, std::vector<store::FilePosition> positions) {
  const Whole whole(observer_);
  store::JournalEntry entry;
  entry.runs = runs;
  entry.targets = {samples_};
  entry.files = std::move(positions);
  entry.state = std::move(state);
  entry.extra = experiment::sweep_progress_bytes(progress_);
  if (files_.sync() && journal_.write(0, std::move(entry))) {
    files_.keep_unfinished();
    runs_ = runs;
    return true;
  }
  if (!std::exchange(warned_, true))
    observer_.warn(
        fmt::format("can't write a checkpoint: {}", files_.error().empty() ? journal_.error() : files_.error()));
  return false;
}

}  // namespace materiel::study
