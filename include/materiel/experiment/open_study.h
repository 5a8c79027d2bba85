#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <materiel/experiment/study.h>

namespace materiel::experiment {

/// A study that is run piece by piece: until something is known well enough, as long as there is time, or further than
/// it once was. However it came to its runs, it gives the statistics of run_study() with as many samples, to the bit.
class OpenStudy {
 public:
  /// @param plan  its samples are the most that will be run
  OpenStudy(std::shared_ptr<const model::Model> model, const StudyPlan& plan, const StudyResources& resources,
            StudySink sink, ProgressWatcher watcher, const std::atomic<bool>& stop, CheckpointWriter writer = {});
  ~OpenStudy();
  OpenStudy(const OpenStudy&) = delete;
  OpenStudy& operator=(const OpenStudy&) = delete;

  /// Resumes from the state of another study, which differed in its number of samples at most. Before any advance().
  /// @throws std::exception if it isn't the state of such a study
  void resume(std::string_view state);

  /// Runs a run range of the study only, which begins with that run: a whole number of units. Before any advance().
  void begin_at(std::uint64_t run);

  /// A run range begins and, unless it is the last, ends with a whole number of this many runs.
  [[nodiscard]] std::uint64_t unit() const;

  /// Takes in the state() of a study that began where this one ends.
  /// @throws std::exception if it isn't one
  void append(std::string_view state);

  /// The runs that were done, or are in the state that it was resumed from.
  [[nodiscard]] std::uint64_t runs() const;

  /// Samples come in whole numbers of this, but for the last advance().
  [[nodiscard]] std::uint64_t batch() const;

  /// Runs the samples up to that many in all.
  /// @param keep_state  whether state() will be asked for after this advance, the last
  /// @return other than finished: it is over, without statistics; if interrupted, with a state()
  StudyResult::Status advance(std::uint64_t samples, bool keep_state = false);

  /// The same up to that many runs, for a run range that may end in the middle of a sample.
  StudyResult::Status advance_runs(std::uint64_t runs);

  /// So many of those runs as are in whole chunks.
  [[nodiscard]] std::uint64_t whole_chunks(std::uint64_t runs) const;

  /// The summary of what was run so far.
  [[nodiscard]] std::vector<SummaryLine> summary();

  /// All that is known of what was run so far.
  [[nodiscard]] StudyResult result();

  /// The state from which another study is resumed: from the last whole chunk of runs, that is. Depends on the runs
  /// alone; some kilobytes a metric. Once after an advance(): it is handed over, not copied.
  /// @param runs  set to how many that is
  [[nodiscard]] std::string state(std::uint64_t& runs);
  [[nodiscard]] std::string state() {
    std::uint64_t runs = 0;
    return state(runs);
  }

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace materiel::experiment
