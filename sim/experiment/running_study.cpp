#include "experiment/running_study.h"

#include <algorithm>
#include <thread>

namespace materiel::experiment {
namespace {

bool is_nested(const StudyPlan& plan) {
  return plan.samples > 1 && plan.replications > 1;
}

// Groups of columns that are reduced by different workers at once: at most about 32, of whole strips.
std::vector<SeriesLane> series_lanes(std::size_t cells, bool nested) {
  constexpr std::size_t kMostLanes = 32;
  constexpr std::size_t kLeastStrips = 2;
  const std::size_t strips = std::max(cells / kMostLanes / PendingKeys::kStrip + 1, kLeastStrips);
  const std::size_t columns = strips * PendingKeys::kStrip;
  std::vector<SeriesLane> lanes;
  for (std::size_t first = 0; first < cells; first += columns) {
    lanes.emplace_back(first, std::min(columns, cells - first), nested);
  }
  return lanes;
}

}  // namespace

RunningStudy::RunningStudy(const StudyShape& shape, const SourceFactory& make_source, const StudyPlan& plan,
                           const StudySink& sink, const ProgressWatcher& watcher, const std::atomic<bool>& stop)
    : shape_(shape),
      make_source_(make_source),
      plan_(plan),
      sink_(sink),
      stop_(stop),
      chunk_runs_(chunk_runs(shape)),
      progress_(watcher),
      text_(sink),
      ledger_(result_),
      outcomes_(shape, is_nested(plan)),
      series_(series_lanes(shape.cells(), is_nested(plan))) {}

std::vector<Lane*> RunningStudy::lanes() {
  std::vector<Lane*> lanes{&text_, &ledger_, &outcomes_};
  for (SeriesLane& series : series_) lanes.push_back(&series);
  return lanes;
}

StudyResult RunningStudy::run(unsigned threads) {
  const std::uint64_t chunks = (plan_.runs() + chunk_runs_ - 1) / chunk_runs_;
  const std::uint64_t workers = std::clamp<std::uint64_t>(threads, 1, std::max<std::uint64_t>(chunks, 1));
  OrderedReduction reduction(chunks, 2 * workers + 2, lanes(),
                             [this] { return std::make_unique<Chunk>(shape_, chunk_runs_); });
  {
    std::vector<std::jthread> others;
    try {
      for (std::uint64_t i = 1; i < workers; ++i) others.emplace_back([&] { work(reduction); });
    } catch (...) {  // no more threads to be had: those there are must end before the error goes on
      reduction.abandon();
      throw;
    }
    work(reduction);
  }
  if (failure_) std::rethrow_exception(failure_);
  result_.runs_done = progress_.runs();
  if (result_.status == StudyResult::Status::finished) finish_statistics();
  return std::move(result_);
}

void RunningStudy::work(OrderedReduction& reduction) {
  try {
    perform_tasks(reduction);
  } catch (...) {
    {
      const std::lock_guard lock(ending_);
      if (!failure_) failure_ = std::current_exception();
    }
    reduction.abandon();
  }
}

void RunningStudy::perform_tasks(OrderedReduction& reduction) {
  using Kind = OrderedReduction::Task::Kind;
  const std::unique_ptr<ReplicationSource> source = make_source_();
  for (auto task = reduction.next(); task.kind != Kind::finished; task = reduction.next()) {
    if (task.kind == Kind::simulate && !simulate(*source, *task.chunk)) {
      return end_early(reduction, StudyResult::Status::interrupted);
    }
    if (task.kind == Kind::reduce && !reduction.reduce(task)) {
      return end_early(reduction, StudyResult::Status::write_failed);
    }
    reduction.done(task);
  }
}

void RunningStudy::end_early(OrderedReduction& reduction, StudyResult::Status status) {
  {
    const std::lock_guard lock(ending_);
    result_.status = std::max(result_.status, status);  // a full disk says more than an interruption
  }
  reduction.abandon();
}

bool RunningStudy::simulate(ReplicationSource& source, Chunk& chunk) {
  const std::uint64_t first = chunk.number * chunk_runs_;
  const std::uint64_t end = std::min(first + chunk_runs_, plan_.runs());
  for (std::uint64_t run = first; run < end; ++run) {
    if (stop_.load(std::memory_order_relaxed)) return false;
    simulate_run(source, run, chunk);
    progress_.add_run();
  }
  return true;
}

void RunningStudy::simulate_run(ReplicationSource& source, std::uint64_t run, Chunk& chunk) {
  const auto sample = static_cast<std::uint32_t>(run / plan_.replications);
  const auto replication = static_cast<std::uint32_t>(run % plan_.replications);
  source.set_sample(plan_.seed, sample);
  const std::span<double> outcomes = chunk.next_outcomes();
  const model::ReplicationReport report = source.run(replication, chunk.next_observations(), outcomes);
  const RunRecord record{run, sample, replication, report, source.parameters(), outcomes};
  if (sink_.format_run) sink_.format_run(record, chunk.run_texts);
  if (sink_.format_inputs && replication == 0) sink_.format_inputs(record, chunk.input_texts);
  chunk.events += report.events;
  if (report.ok) {
    chunk.keep_row(sample);
    source.ledger(chunk.account);
    add_to(chunk.ledger, chunk.account);
  } else {
    ++chunk.failed;
    if (chunk.failures.size() < kRecordedFailures) chunk.failures.push_back({run, report.failure, report.failed_at});
  }
}

void RunningStudy::finish_statistics() {
  result_.series.resize(shape_.cells());
  for (SeriesLane& series : series_) series.finish(result_.series);
  outcomes_.finish(result_);
}

StudyResult run_study_on(const StudyShape& shape, const SourceFactory& make_source, const StudyPlan& plan,
                         const StudyResources& resources, const StudySink& sink, const ProgressWatcher& watcher,
                         const std::atomic<bool>& stop) {
  return RunningStudy(shape, make_source, plan, sink, watcher, stop).run(resources.threads);
}

}  // namespace materiel::experiment
