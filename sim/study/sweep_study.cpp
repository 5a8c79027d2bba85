#include "study/sweep_study.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <map>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <materiel/experiment/open_study.h>

#include "study/checkpoints.h"

namespace materiel::study {
namespace {

using experiment::StudyResult;
using Status = StudyResult::Status;

/// Points with more runs than this are run one by one: their rows would have to be kept in memory.
constexpr std::uint64_t kSmallPoint = 5000;

/// What a point has come to, until those before it are written.
struct FinishedPoint {
  SweepPointRun run;
  StudyResult result;
  std::string runs, inputs;
};

/// Small points, several at once.
class SmallPoints {
 public:
  SmallPoints(const SweepSampling& sampling, unsigned threads)
      : sampling_(sampling), threads_(threads), begun_(sampling.first), written_(sampling.first) {}

  Status run() {
    std::vector<std::thread> others;
    for (unsigned i = 1; i < threads_; ++i) others.emplace_back([this] { work(); });
    work();
    for (std::thread& other : others) other.join();
    if (failure_) std::rethrow_exception(failure_);
    return status_;
  }

 private:
  using Clock = std::chrono::steady_clock;

  void work() {
    try {
      std::size_t point = 0;
      while (next(point)) hand_in(point, simulate(point));
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (!failure_) failure_ = std::current_exception();
      end(Status::write_failed);
    }
  }

  /// Waits until not too many points wait to be written; false if there is none left.
  bool next(std::size_t& point) {
    std::unique_lock lock(mutex_);
    const std::size_t most = std::size_t{2} * threads_;
    room_.wait(lock, [&] { return ended_ || begun_ >= sampling_.points || begun_ < written_ + most; });
    if (sampling_.stop.load()) end(Status::interrupted);
    if (ended_ || begun_ >= sampling_.points) return false;
    point = begun_++;
    return true;
  }

  FinishedPoint simulate(std::size_t point) {
    FinishedPoint done{sampling_.make(point), {}, {}, {}};
    if (!done.run.model) return done;
    experiment::StudySink sink = done.run.sink;
    sink.write = [&done](std::string_view runs, std::string_view inputs) {
      done.runs += runs;
      done.inputs += inputs;
      return true;
    };
    done.result = experiment::run_study(done.run.model, sampling_.plan, {1}, sink, {}, sampling_.stop);
    return done;
  }

  void hand_in(std::size_t point, FinishedPoint done) {
    const std::lock_guard lock(mutex_);
    if (!done.run.model) {
      begun_ = sampling_.points;  // those after it can't be written
    } else if (done.result.status != Status::finished) {
      return end(done.result.status);
    }
    waiting_.emplace(point, std::move(done));
    for (auto first = waiting_.begin(); !ended_ && first != waiting_.end() && first->first == written_;
         first = waiting_.erase(first)) {
      const FinishedPoint& one = first->second;
      if (!one.run.model) return end(Status::interrupted);
      if (!one.run.sink.write(one.runs, one.inputs) || !sampling_.take(written_, *one.run.model, one.result))
        return end(Status::write_failed);
      ++written_;
      show();
    }
    room_.notify_all();
  }

  /// At every tenth of the points, and a few times a second.
  void show() {
    if (!sampling_.progress) return;
    const std::size_t tenth = 10 * written_ / sampling_.points;
    const Clock::time_point now = Clock::now();
    if (tenth == shown_tenth_ && now - shown_ < std::chrono::milliseconds(200)) return;
    shown_tenth_ = tenth;
    shown_ = now;
    sampling_.progress(written_ * sampling_.plan.runs());
  }

  void end(Status status) {
    if (!ended_) status_ = status;
    ended_ = true;
    room_.notify_all();
  }

  const SweepSampling& sampling_;
  unsigned threads_;

  std::mutex mutex_;  // guards what follows
  std::condition_variable room_;
  std::size_t begun_, written_;
  std::map<std::size_t, FinishedPoint> waiting_;
  std::size_t shown_tenth_ = 0;
  Clock::time_point shown_;
  bool ended_ = false;
  Status status_ = Status::finished;
  std::exception_ptr failure_;
};

void resume_from(const std::string& state, experiment::OpenStudy& study) {
  try {
    study.resume(state);
  } catch (const std::exception& error) {
    throw ResumeError(fmt::format("cannot resume the sweep: {}", error.what()));
  }
}

}  // namespace

Status run_sweep(const SweepSampling& sampling) {
  const auto at_once = static_cast<unsigned>(std::min<std::size_t>(sampling.threads, sampling.points));
  if (sampling.plan.runs() <= kSmallPoint && at_once > 1 && sampling.state.empty())
    return SmallPoints(sampling, at_once).run();
  for (std::size_t point = sampling.first; point < sampling.points; ++point) {
    const SweepPointRun run = sampling.make(point);
    if (!run.model) return Status::interrupted;
    experiment::ProgressWatcher watcher;
    const std::uint64_t before = point * sampling.plan.runs();
    if (sampling.progress) watcher = [&sampling, before](std::uint64_t done) { sampling.progress(before + done); };
    experiment::OpenStudy study(run.model, sampling.plan, {sampling.threads}, run.sink, watcher, sampling.stop,
                                sampling.writer);
    if (point == sampling.first && !sampling.state.empty()) resume_from(sampling.state, study);
    const Status status = study.advance(sampling.plan.samples);
    if (status == Status::interrupted) {
      std::uint64_t runs = 0;
      std::string state = study.state(runs);
      if (runs > 0) sampling.interrupted(runs, std::move(state));
    }
    if (status != Status::finished) return status;
    if (!sampling.take(point, *run.model, study.result())) return Status::write_failed;
  }
  return Status::finished;
}

}  // namespace materiel::study
