#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include <materiel/experiment/study.h>
#include <materiel/store/file_batch.h>
#include <materiel/store/study_record.h>
#include <materiel/study/error.h>
#include <materiel/study/observer.h>
#include <materiel/study/output_directory.h>
#include <materiel/study/run.h>

namespace materiel::study {

/// What a study, a sweep and an analysis by new runs have in common: the order of their steps, and what becomes of a
/// stop and of a failure in each. What a step does is theirs.
class Lifecycle {
 public:
  Lifecycle(const Lifecycle&) = delete;
  Lifecycle& operator=(const Lifecycle&) = delete;
  virtual ~Lifecycle() = default;

 protected:
  using Status = experiment::StudyResult::Status;

  /// @param resources, observer  have to outlive this
  Lifecycle(const RunResources& resources, const Observer& observer) : resources_(resources), observer_(observer) {}

  /// Takes all steps, unless the directory holds this very study, complete.
  /// @param what  "study", "sweep", "analysis"
  /// @return whether the steps were taken; or why not all were
  [[nodiscard]] Expected<bool> run_into(const OutputDirectory& output, const std::string& what);

  /// Notes what an unfinished study in the directory is to be resumed from.
  void read_state_of(const OutputDirectory& output);

  /// Takes the steps from open() to commit().
  /// @return why not all were taken
  [[nodiscard]] std::optional<Error> take_steps();

  /// "240 runs (6 points, 40 samples, 1 replication each), seed 3".
  [[nodiscard]] virtual std::string runs_text() const = 0;
  [[nodiscard]] virtual std::uint64_t all_runs() const = 0;

  // The steps, in their order; false: files can't be read or written, see file_error().

  /// Takes the directory, if it still is what it was.
  virtual bool open(const store::FileBatch::Check& unchanged) = 0;
  /// Begins at the first run.
  virtual bool begin() = 0;
  /// Or where an interrupted request ended.
  /// @throws ResumeError
  virtual bool resume() = 0;
  /// Does the runs, and counts them in the record.
  /// @throws ResumeError, MergeError
  virtual Status simulate() = 0;
  /// What only the runs have shown to be wrong with the request.
  [[nodiscard]] virtual std::optional<Error> late_mistake() { return std::nullopt; }
  /// Writes all files but the record. Obeys a stop: returns false without an error of the files.
  virtual bool write() = 0;
  /// Puts all files in their places.
  virtual bool commit() = 0;
  /// Lets go of the directory.
  virtual void close() = 0;

  /// Writes the last checkpoint, if a step from simulate() on is not the last.
  virtual void write_last() = 0;
  /// Replications that are in checkpoints; 0 before begin() or resume().
  [[nodiscard]] virtual std::uint64_t kept_runs() const = 0;
  [[nodiscard]] virtual std::string file_error() const = 0;

  /// What the end of the process is to wait for, and what is kept, for people.
  [[nodiscard]] virtual ProcessEnd::Manner manner() const { return ProcessEnd::Manner::asked; }
  [[nodiscard]] virtual std::string failed_text() const;
  /// @param done  replications
  [[nodiscard]] virtual std::string interrupted_text(std::uint64_t done) const;

  [[nodiscard]] Error failed(const std::string& what) const;

  const RunResources& resources_;
  const Observer& observer_;
  store::StudyRecord record_;  ///< with the directory, for messages
  bool resumes_ = false;       ///< what an interrupted request left

 private:
  using Clock = std::chrono::steady_clock;

  void announce();
  [[nodiscard]] std::optional<Error> take_opened_steps();
  [[nodiscard]] Error interrupted();

  store::FileBatch::Check unchanged_;  ///< since the directory was looked at
  Clock::time_point started_;
};

}  // namespace materiel::study
