#pragma once

#include <atomic>
#include <exception>
#include <memory>
#include <mutex>
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
  /// All arguments have to outlive the study.
  RunningStudy(const StudyShape& shape, const SourceFactory& make_source, const StudyPlan& plan, const StudySink& sink,
               const ProgressWatcher& watcher, const std::atomic<bool>& stop);

  /// Runs it on `threads` threads, the caller's among them. Call once.
  StudyResult run(unsigned threads);

 private:
  void work(OrderedReduction& reduction);
  void perform_tasks(OrderedReduction& reduction);
  bool simulate(ReplicationSource& source, Chunk& chunk);
  void simulate_run(ReplicationSource& source, std::uint64_t run, Chunk& chunk);
  void end_early(OrderedReduction& reduction, StudyResult::Status status);
  void finish_statistics();
  [[nodiscard]] std::vector<Lane*> lanes();

  const StudyShape& shape_;
  const SourceFactory& make_source_;
  const StudyPlan& plan_;
  const StudySink& sink_;
  const std::atomic<bool>& stop_;
  std::size_t chunk_runs_;

  StudyResult result_;
  Progress progress_;
  TextLane text_;
  LedgerLane ledger_;
  OutcomeLane outcomes_;
  std::vector<SeriesLane> series_;

  std::mutex ending_;  // guards what follows and result_.status
  std::exception_ptr failure_;
};

}  // namespace materiel::experiment
