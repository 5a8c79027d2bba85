#pragma once

#include <atomic>
#include <exception>
#include <memory>
#include <mutex>
#include <numeric>
#include <string>
#include <string_view>
#include <vector>

#include "experiment/ordered_reduction.h"
#include "experiment/outcome_lane.h"
#include "experiment/progress.h"
#include "experiment/record_lanes.h"
#include "experiment/series_lane.h"

namespace materiel::experiment {

/// One study while it runs: its lanes, its workers and how it ends.
///
/// With several replications of several samples, intervals count samples as clusters. The replications of a single
/// sample are independent: statistics are then those given its parameters.
class RunningStudy {
 public:
  /// All arguments have to outlive the study, the writer too.
  RunningStudy(const StudyShape& shape, const SourceFactory& make_source, const StudyPlan& plan, const StudySink& sink,
               const ProgressWatcher& watcher, const std::atomic<bool>& stop, const CheckpointWriter* writer = nullptr);

  /// Begins with that run instead of the first: that of a chunk and of a sample. Before anything was run.
  void begin_at(std::uint64_t run);

  /// How many runs a run range has to be a whole number of, so that it can begin with one and end before one.
  [[nodiscard]] std::uint64_t unit() const { return std::lcm(chunk_runs_, plan_.replications); }

  /// Runs on until that many runs are done in all, on `threads` threads, the caller's among them. After an end within
  /// a chunk, or a status other than finished, the study can't be resumed; but an interrupted study has a state.
  /// @param keep_state  of the whole chunks, where state() could not tell it later
  StudyResult::Status advance(std::uint64_t runs, unsigned threads, bool keep_state);

  /// What is known of the runs so far, which end with a whole sample.
  [[nodiscard]] StudyResult result();
  [[nodiscard]] std::vector<SummaryLine> summary();

  /// What the whole chunks so far have given, for restore() or append(); once after an advance().
  [[nodiscard]] std::string state();
  [[nodiscard]] std::uint64_t state_runs() const { return chunks_ * chunk_runs_; }

  /// Resumes from a state of the same study, before anything was run.
  /// @throws std::exception if it isn't one
  void restore(std::string_view state);

  /// Takes in the state of a study that began where this one ends.
  /// @throws std::exception if it isn't one
  void append(std::string_view state, unsigned threads = 1);

  [[nodiscard]] std::uint64_t runs() const { return progress_.runs(); }
  [[nodiscard]] std::size_t chunk_runs() const { return chunk_runs_; }

 private:
  struct State;
  [[nodiscard]] State read(std::string_view state) const;
  [[nodiscard]] std::string written(std::uint64_t end, std::vector<std::string> lanes) const;
  void round(std::uint64_t runs);
  void mark(std::uint64_t chunk);
  void collect(const OrderedReduction::Task& task);
  bool reduce(OrderedReduction& reduction, const OrderedReduction::Task& task);
  void work(OrderedReduction& reduction, std::size_t worker);
  void perform_tasks(OrderedReduction& reduction, std::size_t worker);
  bool simulate(ReplicationSource& source, Chunk& chunk);
  bool simulate_run(ReplicationSource& source, std::uint64_t run, Chunk& chunk);
  void interrupt(OrderedReduction& reduction, std::uint64_t chunk);
  void end_early(OrderedReduction& reduction, StudyResult::Status status);
  void prepare_state(bool keep, std::uint64_t whole_chunks);
  [[nodiscard]] std::vector<std::string> lane_states() const;
  [[nodiscard]] bool nested() const;

  const StudyShape& shape_;
  const SourceFactory& make_source_;
  const StudyPlan& plan_;
  const StudySink& sink_;
  const std::atomic<bool>& stop_;
  const CheckpointWriter* writer_;
  std::size_t chunk_runs_;

  StudyResult result_;
  Progress progress_;
  TextLane text_;
  LedgerLane ledger_;
  OutcomeLane outcomes_;
  std::vector<SeriesLane> series_;
  std::vector<Lane*> lanes_;

  unsigned threads_ = 1;               // of the last advance()
  std::uint64_t first_ = 0;            // run
  bool is_range_ = false;              // of the plan's runs
  std::uint64_t chunks_ = 0;           // that are done, and those before the first
  std::uint64_t end_ = 0;              // runs that are to be done
  std::uint64_t kept_chunk_;           // after which the lanes' states are kept
  std::vector<std::string> states_;    // of the lanes, after that chunk
  bool handed_over_ = false;           // were they, so that there is no other way to them
  std::mutex marking_;                 // guards what follows
  std::atomic<std::uint64_t> marked_;  // chunk after which the state goes to the writer
  std::vector<std::string> marked_states_;
  std::size_t lanes_to_come_ = 0;
  double marked_seconds_ = 0;
  std::mutex ending_;  // guards what follows and result_.status
  std::exception_ptr failure_;
};

}  // namespace materiel::experiment
