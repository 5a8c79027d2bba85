#include "study/checkpoints.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include <fmt/format.h>

#include <materiel/store/run_range_file.h>
#include <materiel/store/study_directory.h>

#include "study/stored_state.h"

namespace materiel::study {
namespace {

constexpr double kSecondsACell = 8e-6;  // about what it takes to keep one

}  // namespace

Checkpoints::Checkpoints(StudyFiles& files, std::size_t alternatives, unsigned threads, std::size_t cells, double pause,
                         const Observer& observer)
    : files_(files),
      threads_(threads),
      observer_(observer),
      journal_(files.unfinished()),
      runs_(alternatives, 0),
      positions_(alternatives),
      pace_(pause, kSecondsACell * static_cast<double>(cells) / threads) {}

bool Checkpoints::begin(const std::string& record) {
  return files_.clear_unfinished() && files_.write_beside(store::kBeginningFile, record);
}

void Checkpoints::resume() {
  journal_.read(runs_.size());
  files_.keep_unfinished();
  targets_ = journal_.targets();
  {
    const Whole whole(observer_);  // may be asked for what is kept
    for (std::size_t i = 0; i < runs_.size(); ++i) runs_[i] = journal_.runs(i);
  }
  if (!journal_.error().empty()) observer_.warn(journal_.error());
}

bool Checkpoints::fits(std::size_t alternative, const store::JournalEntry& entry) const {
  return files_.can_begin_rows(alternative, entry.files);
}

std::uint64_t Checkpoints::begin_study(std::size_t alternative, experiment::OpenStudy& study) {
  std::optional<store::JournalEntry> kept;
  if (!begin_rows(alternative, kept)) throw ResumeError(files_.error());
  if (!kept) return 0;
  try {
    study.resume(kept->state);
    if (extra_.restore) extra_.restore(alternative, kept->runs, kept->extra);
  } catch (const std::exception& error) {
    throw ResumeError(fmt::format("cannot resume {}: {}", files_.unfinished_directory(), error.what()));
  }
  return kept->runs;
}

bool Checkpoints::begin_rows(std::size_t alternative, std::optional<store::JournalEntry>& entry) {
  const bool had = journal_.has(alternative);
  entry = journal_.take(alternative, [&](const store::JournalEntry& one) { return fits(alternative, one); });
  if (had && !entry) {
    observer_.warn(fmt::format("{}: the stored rows are missing or were changed: {} is run from its beginning",
                               files_.unfinished_directory(),
                               runs_.size() == 1 ? "the study" : fmt::format("alternative {}", alternative + 1)));
  }
  {
    const Whole whole(observer_);
    runs_[alternative] = entry ? entry->runs : 0;
  }
  if (!entry) return files_.begin_rows(alternative, nullptr);
  return files_.begin_rows(alternative, &entry->files);
}

void Checkpoints::set_targets(const std::vector<std::uint64_t>& targets) {
  const std::lock_guard lock(mutex_);
  targets_ = targets;
}

experiment::CheckpointWriter Checkpoints::writer(std::size_t alternative) {
  return {[this] { return is_enabled_ && pace_.due(); },
          [this, alternative](std::uint64_t runs) {
            const RowsPosition position = files_.rows_position(alternative);
            const std::lock_guard lock(mutex_);
            positions_[alternative][runs] = position;
          },
          [this, alternative](std::uint64_t runs, std::string state, double seconds) {
            const Clock::time_point started = Clock::now();
            write(alternative, runs, std::move(state));
            pace_.wait_after((seconds + std::chrono::duration<double>(Clock::now() - started).count()) / threads_);
          }};
}

void Checkpoints::write_last(std::size_t alternative, std::uint64_t runs, const std::string& state) {
  if (is_enabled_ && runs > runs_[alternative]) write(alternative, runs, state);
}

// A study whose checkpoints cannot be written runs all the same.
bool Checkpoints::write(std::size_t alternative, std::uint64_t runs, std::string state) {
  const Whole whole(observer_);
  store::JournalEntry entry;
  entry.runs = runs;
  entry.state = std::move(state);
  if (extra_.keep) entry.extra = extra_.keep(alternative, runs);
  {
    const std::lock_guard lock(mutex_);
    auto& positions = positions_[alternative];
    const auto position = positions.find(runs);
    if (position == positions.end()) return false;
    entry.files = position->second;
    positions.erase(positions.begin(), position);
    entry.targets = targets_;
  }
  if (files_.sync_rows(alternative) && journal_.write(alternative, std::move(entry))) {
    files_.keep_unfinished();
    runs_[alternative] = runs;
    return true;
  }
  if (!std::exchange(warned_, true))
    observer_.warn(
        fmt::format("can't write a checkpoint: {}", files_.error().empty() ? journal_.error() : files_.error()));
  return false;
}

std::uint64_t Checkpoints::runs() const {
  return std::accumulate(runs_.begin(), runs_.end(), std::uint64_t{0});
}

std::uint64_t Checkpoints::runs_in_ranges(std::size_t alternative) const {
  return store::runs_in_run_ranges(files_.unfinished(), alternative, runs_[alternative]);
}

std::uint64_t Checkpoints::runs_with_ranges() const {
  std::uint64_t all = runs();
  for (std::size_t i = 0; i < runs_.size(); ++i) all += runs_in_ranges(i);
  return all;
}

}  // namespace materiel::study
