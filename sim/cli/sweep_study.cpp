#include "cli/sweep_study.h"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <map>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace materiel::cli {
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
  SmallPoints(std::size_t points, const experiment::StudyPlan& plan, unsigned threads, const SweepPointMaker& make,
              const SweepPointTaker& take, ProgressLine* progress, const std::atomic<bool>& stop)
      : points_(points), plan_(plan), threads_(threads), make_(make), take_(take), progress_(progress), stop_(stop) {}

  Status run() {
    std::vector<std::thread> others;
    for (unsigned i = 1; i < threads_; ++i) others.emplace_back([this] { work(); });
    work();
    for (std::thread& other : others) other.join();
    if (failure_) std::rethrow_exception(failure_);
    return status_;
  }

 private:
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
    room_.wait(lock, [&] { return ended_ || begun_ >= points_ || begun_ < written_ + most; });
    if (stop_.load()) end(Status::interrupted);
    if (ended_ || begun_ >= points_) return false;
    point = begun_++;
    return true;
  }

  FinishedPoint simulate(std::size_t point) {
    FinishedPoint done{make_(point), {}, {}, {}};
    experiment::StudySink sink = done.run.sink;
    sink.write = [&done](std::string_view runs, std::string_view inputs) {
      done.runs += runs;
      done.inputs += inputs;
      return true;
    };
    done.result = experiment::run_study(done.run.model, plan_, {1}, sink, {}, stop_);
    return done;
  }

  void hand_in(std::size_t point, FinishedPoint done) {
    const std::lock_guard lock(mutex_);
    if (done.result.status != Status::finished) return end(done.result.status);
    waiting_.emplace(point, std::move(done));
    for (auto first = waiting_.begin(); !ended_ && first != waiting_.end() && first->first == written_;
         first = waiting_.erase(first)) {
      const FinishedPoint& one = first->second;
      if (!one.run.sink.write(one.runs, one.inputs) || !take_(written_, *one.run.model, one.result))
        return end(Status::write_failed);
      ++written_;
      if (progress_) progress_->update(written_ * plan_.runs());
    }
    room_.notify_all();
  }

  void end(Status status) {
    if (!ended_) status_ = status;
    ended_ = true;
    room_.notify_all();
  }

  std::size_t points_;
  const experiment::StudyPlan& plan_;
  unsigned threads_;
  const SweepPointMaker& make_;
  const SweepPointTaker& take_;
  ProgressLine* progress_;
  const std::atomic<bool>& stop_;

  std::mutex mutex_;  // guards what follows
  std::condition_variable room_;
  std::size_t begun_ = 0, written_ = 0;
  std::map<std::size_t, FinishedPoint> waiting_;
  bool ended_ = false;
  Status status_ = Status::finished;
  std::exception_ptr failure_;
};

}  // namespace

Status run_sweep(std::size_t points, const experiment::StudyPlan& plan, unsigned threads, const SweepPointMaker& make,
                 const SweepPointTaker& take, ProgressLine* progress, const std::atomic<bool>& stop) {
  const auto at_once = static_cast<unsigned>(std::min<std::size_t>(threads, points));
  if (plan.runs() <= kSmallPoint && at_once > 1)
    return SmallPoints(points, plan, at_once, make, take, progress, stop).run();
  for (std::size_t point = 0; point < points; ++point) {
    const SweepPointRun run = make(point);
    experiment::ProgressWatcher watcher;
    const std::uint64_t before = point * plan.runs();
    if (progress) watcher = [progress, before](std::uint64_t done) { progress->update(before + done); };
    const StudyResult result = experiment::run_study(run.model, plan, {threads}, run.sink, watcher, stop);
    if (result.status != Status::finished) return result.status;
    if (!take(point, *run.model, result)) return Status::write_failed;
  }
  return Status::finished;
}

}  // namespace materiel::cli
