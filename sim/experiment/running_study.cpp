#include "experiment/running_study.h"

#include <algorithm>
#include <chrono>
#include <limits>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "experiment/on_threads.h"

namespace materiel::experiment {
namespace {

constexpr std::uint64_t kNoChunk = std::numeric_limits<std::uint64_t>::max();
constexpr std::string_view kStateFormat = "materiel study 4";

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
                           const StudySink& sink, const ProgressWatcher& watcher, const std::atomic<bool>& stop,
                           const CheckpointWriter* writer)
    : shape_(shape),
      make_source_(make_source),
      plan_(plan),
      sink_(sink),
      stop_(stop),
      writer_(writer),
      chunk_runs_(experiment::chunk_runs(shape)),
      progress_(watcher),
      text_(sink),
      ledger_(result_),
      outcomes_(shape, nested()),
      series_(series_lanes(shape.cells(), nested())),
      lanes_{&text_, &ledger_, &outcomes_},
      kept_chunk_(kNoChunk),
      marked_(kNoChunk) {
  for (SeriesLane& series : series_) lanes_.push_back(&series);
}

void RunningStudy::begin_at(std::uint64_t run) {
  first_ = run;
  is_range_ = true;
  chunks_ = run / chunk_runs_;
  progress_.begin_at(run);
  for (Lane* lane : lanes_) lane->begin_at(run / plan_.replications);
}

bool RunningStudy::nested() const {
  return plan_.samples > 1 && plan_.replications > 1;
}

StudyResult::Status RunningStudy::advance(std::uint64_t runs, unsigned threads, bool keep_state) {
  end_ = std::max(runs, progress_.runs());
  threads_ = threads;
  round(is_range_ ? plan_.runs() : end_);
  const std::uint64_t whole = end_ / chunk_runs_, chunks = (end_ + chunk_runs_ - 1) / chunk_runs_;
  const std::uint64_t workers = std::clamp<std::uint64_t>(threads, 1, std::max<std::uint64_t>(chunks - chunks_, 1));
  prepare_state(keep_state && whole < chunks, whole);
  // A worker whose runs take longer than those of the others doesn't keep them waiting at once.
  OrderedReduction reduction(chunks_, chunks, workers + workers / 2 + 1, workers, lanes_,
                             [this] { return std::make_unique<Chunk>(shape_, chunk_runs_); });
  {
    std::vector<std::jthread> others;
    try {
      for (std::uint64_t i = 1; i < workers; ++i) others.emplace_back([&, i] { work(reduction, i); });
    } catch (...) {  // no more threads available: the running ones must end before the error is rethrown
      reduction.abandon();
      throw;
    }
    work(reduction, 0);
  }
  if (failure_) std::rethrow_exception(failure_);
  chunks_ = whole;
  marked_ = kNoChunk;
  if (result_.status == StudyResult::Status::interrupted) {  // all lanes have the same whole chunks
    chunks_ = reduction.reduced();
    states_.clear();
    progress_.begin_at(chunks_ * chunk_runs_);
  }
  if (writer_ && result_.status != StudyResult::Status::write_failed && progress_.runs() % chunk_runs_ == 0)
    writer_->rows_written(progress_.runs());
  return result_.status;
}

// As a study of that many runs has its quantiles: a run range is part of one that is longer.
void RunningStudy::round(std::uint64_t runs) {
  if (runs > kExactOutcomes) outcomes_.round();
  if (runs <= kExactRuns) return;
  for (SeriesLane& series : series_) series.round();
}

// A chunk that isn't whole leaves no state behind, so that of the whole chunks before it is kept.
void RunningStudy::prepare_state(bool keep, std::uint64_t whole_chunks) {
  states_.clear();
  handed_over_ = false;
  kept_chunk_ = kNoChunk;
  if (keep && whole_chunks == chunks_) {
    states_ = lane_states();
    if (writer_) writer_->rows_written(whole_chunks * chunk_runs_);
  } else if (keep) {
    kept_chunk_ = whole_chunks - 1;
    states_.resize(lanes_.size());
  }
}

StudyResult RunningStudy::result() {
  StudyResult result = result_;
  result.runs_done = progress_.runs();
  if (result.status != StudyResult::Status::finished) return result;
  result.series.resize(shape_.cells());
  on_threads(series_.size(), threads_, [&](std::size_t i) { series_[i].finish(result.series); });
  outcomes_.finish(result);
  return result;
}

std::vector<SummaryLine> RunningStudy::summary() {
  StudyResult result;
  outcomes_.finish(result);
  return std::move(result.summary);
}

std::vector<std::string> RunningStudy::lane_states() const {
  std::vector<std::string> states(lanes_.size());
  on_threads(lanes_.size(), threads_, [&](std::size_t i) { states[i] = lanes_[i]->state(); });
  return states;
}

/// What the bytes of a state hold.
struct RunningStudy::State {
  std::uint64_t first = 0, end = 0;  // runs
  std::vector<std::string_view> lanes;
};

std::string RunningStudy::state() {
  if (handed_over_) throw std::logic_error("the state before a chunk that isn't whole was handed over before");
  handed_over_ = !states_.empty();
  return written(chunks_ * chunk_runs_, handed_over_ ? std::exchange(states_, {}) : lane_states());
}

// A line of words and numbers, the last of them how many bytes each lane has; then those bytes, which the lanes have
// compressed. Each lane's are released as soon as they are copied.
std::string RunningStudy::written(std::uint64_t end, std::vector<std::string> lanes) const {
  std::string bytes = fmt::format("{} {} {} {:d} {} {} {}", kStateFormat, chunk_runs_, plan_.replications, nested(),
                                  first_, end, lanes.size());
  std::size_t size = 0;
  for (const std::string& lane : lanes) {
    bytes += fmt::format(" {}", lane.size());
    size += lane.size();
  }
  bytes += '\n';
  bytes.reserve(bytes.size() + size);
  for (std::string& lane : lanes) {
    const std::string own = std::move(lane);
    bytes += own;
  }
  return bytes;
}

RunningStudy::State RunningStudy::read(std::string_view bytes) const {
  const std::size_t line = std::min(bytes.find('\n'), bytes.size());
  const bool format = bytes.starts_with(kStateFormat) && line > kStateFormat.size();
  std::istringstream words{std::string(format ? bytes.substr(kStateFormat.size(), line - kStateFormat.size()) : "")};
  std::uint64_t runs_a_chunk = 0, replications = 0, lanes = 0;
  bool was_nested = false;
  State state;
  words >> runs_a_chunk >> replications >> was_nested >> state.first >> state.end >> lanes;
  if (!words || runs_a_chunk != chunk_runs_ || replications != plan_.replications || lanes != lanes_.size() ||
      state.first > state.end || state.end % chunk_runs_ != 0) {
    throw std::invalid_argument("this is the state of another study");
  }
  if (was_nested != nested()) throw std::invalid_argument("a study of one sample has no statistics to add others to");
  bytes.remove_prefix(line);
  if (!bytes.empty()) bytes.remove_prefix(1);
  for (std::size_t size = 0; state.lanes.size() < lanes && words >> size && size <= bytes.size();) {
    state.lanes.push_back(bytes.substr(0, size));
    bytes.remove_prefix(size);
  }
  if (state.lanes.size() != lanes || !bytes.empty()) throw std::invalid_argument("a state is not whole");
  return state;
}

void RunningStudy::restore(std::string_view bytes) {
  const State state = read(bytes);
  first_ = state.first;
  chunks_ = state.end / chunk_runs_;
  for (std::size_t i = 0; i < lanes_.size(); ++i) lanes_[i]->restore(state.lanes[i]);
  progress_.begin_at(state.end);
}

void RunningStudy::append(std::string_view bytes, unsigned threads) {
  const State state = read(bytes);
  if (state.first != progress_.runs() || state.first % unit() != 0)
    throw std::invalid_argument("the state doesn't begin where the runs so far end");
  states_.clear();
  handed_over_ = false;
  threads_ = threads;
  round(state.end);
  on_threads(lanes_.size(), threads, [&](std::size_t i) { lanes_[i]->append(state.lanes[i]); });
  chunks_ = state.end / chunk_runs_;
  progress_.begin_at(state.end);
}

// Has the state after a chunk that is about to be simulated kept, if it is time to.
void RunningStudy::mark(std::uint64_t chunk) {
  if (writer_ == nullptr || marked_ != kNoChunk || (chunk + 1) * chunk_runs_ > end_ || !writer_->due()) return;
  const std::lock_guard lock(marking_);
  if (marked_ != kNoChunk) return;
  marked_states_.assign(lanes_.size(), {});
  lanes_to_come_ = lanes_.size();
  marked_ = chunk;
}

// A lane has come to the chunk that is marked.
void RunningStudy::collect(const OrderedReduction::Task& task) {
  const auto started = std::chrono::steady_clock::now();
  const std::uint64_t end = (task.chunk->number + 1) * chunk_runs_;
  std::string state = lanes_[task.lane]->state();
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - started;
  const std::lock_guard lock(marking_);
  marked_seconds_ += took.count();
  if (lanes_[task.lane] == &text_) writer_->rows_written(end);
  marked_states_[task.lane] = std::move(state);
  if (--lanes_to_come_ > 0) return;
  writer_->write(end, written(end, std::exchange(marked_states_, {})), std::exchange(marked_seconds_, 0.0));
  marked_ = kNoChunk;
}

void RunningStudy::work(OrderedReduction& reduction, std::size_t worker) {
  try {
    perform_tasks(reduction, worker);
  } catch (...) {
    {
      const std::lock_guard lock(ending_);
      if (!failure_) failure_ = std::current_exception();
    }
    reduction.abandon();
  }
}

void RunningStudy::perform_tasks(OrderedReduction& reduction, std::size_t worker) {
  using Kind = OrderedReduction::Task::Kind;
  const std::unique_ptr<ReplicationSource> source = make_source_();
  for (auto task = reduction.next(worker); task.kind != Kind::finished; task = reduction.next(worker)) {
    if (task.kind == Kind::simulate) {
      mark(task.chunk->number);
      if (!simulate(*source, *task.chunk)) {
        interrupt(reduction, task.chunk->number);
        continue;
      }
    }
    if (task.kind == Kind::reduce && !reduce(reduction, task)) {
      return end_early(reduction, StudyResult::Status::write_failed);
    }
    reduction.done(task);
  }
}

// The state before a last chunk that isn't whole is kept by each lane as it comes to it, so nobody waits for it.
bool RunningStudy::reduce(OrderedReduction& reduction, const OrderedReduction::Task& task) {
  if (!reduction.reduce(task)) return false;
  if (task.chunk->number == kept_chunk_) {
    states_[task.lane] = lanes_[task.lane]->state();
    if (writer_ && lanes_[task.lane] == &text_) writer_->rows_written((kept_chunk_ + 1) * chunk_runs_);
  }
  if (task.chunk->number == marked_) collect(task);
  return true;
}

// What is simulated before that chunk is still reduced, so that it can be kept.
void RunningStudy::interrupt(OrderedReduction& reduction, std::uint64_t chunk) {
  {
    const std::lock_guard lock(ending_);
    result_.status = std::max(result_.status, StudyResult::Status::interrupted);
  }
  reduction.end_before(chunk);
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
  const std::uint64_t end = std::min(first + chunk_runs_, end_);
  chunk.whole_samples = end / plan_.replications;
  for (std::uint64_t run = first; run < end; ++run) {
    if (stop_.load(std::memory_order_relaxed)) return false;
    if (!simulate_run(source, run, chunk)) return false;
    progress_.add_run();
  }
  return true;
}

bool RunningStudy::simulate_run(ReplicationSource& source, std::uint64_t run, Chunk& chunk) {
  const auto sample = static_cast<std::uint32_t>(run / plan_.replications);
  const auto replication = static_cast<std::uint32_t>(run % plan_.replications);
  source.set_sample(plan_.seed, sample);
  const std::span<double> outcomes = chunk.next_outcomes();
  const model::ReplicationReport report = source.run(replication, chunk.next_observations(), outcomes);
  if (report.stopped) return false;
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
  return true;
}

StudyResult run_study_on(const StudyShape& shape, const SourceFactory& make_source, const StudyPlan& plan,
                         const StudyResources& resources, const StudySink& sink, const ProgressWatcher& watcher,
                         const std::atomic<bool>& stop) {
  RunningStudy study(shape, make_source, plan, sink, watcher, stop);
  study.advance(plan.runs(), resources.threads, false);
  return study.result();
}

}  // namespace materiel::experiment
