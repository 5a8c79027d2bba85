#include "cli/rank_study.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <sstream>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include <materiel/report/continuation_file.h>
#include <materiel/report/journal.h>

namespace materiel::cli {
namespace {

using Clock = std::chrono::steady_clock;
using Status = experiment::StudyResult::Status;

constexpr const char* kEnd = "end";
constexpr std::chrono::microseconds kPause(300);  // between looks for messages

/// A stretch of runs of an alternative that a rank is to run.
struct Order {
  std::size_t alternative = 0;
  std::uint64_t first = 0, end = 0;

  [[nodiscard]] std::string text(const std::string& identity) const {
    return fmt::format("{} {} {} {}", alternative, first, end, identity);
  }
};

/// Runs a stretch; the bytes of a journal entry, nothing if it was interrupted.
std::optional<std::string> run_stretch(const RankSetting& setting, const Order& order) {
  std::string runs, inputs;
  StudyFiles files(setting.models);
  experiment::StudySink sink = files.sink(order.alternative);
  if (setting.comparison) {
    setting.comparison->make_room(order.alternative, setting.plan.runs());
    sink = setting.comparison->keep(order.alternative, std::move(sink));
  }
  sink.write = [&](std::string_view more_runs, std::string_view more_inputs) {
    runs += more_runs;
    inputs += more_inputs;
    return true;
  };
  experiment::OpenStudy study(setting.models[order.alternative].model, setting.plan, {setting.threads}, sink, {},
                              setting.stop);
  study.begin_at(order.first);
  if (study.advance_runs(order.end) != Status::finished) return std::nullopt;
  report::JournalEntry entry;
  entry.runs = order.end;
  entry.aims = {order.alternative, order.first};
  entry.state = study.state();
  std::vector<report::ContinuationView> parts = {{"runs", runs}, {"inputs", inputs}};
  std::string compared;
  if (setting.comparison) {
    compared = setting.comparison->kept(order.alternative, order.first, order.end);
    parts.push_back({"compared", compared});
  }
  entry.extra = report::continuation_bytes(parts);
  return report::journal_bytes(entry);
}

/// Runs stretches on a thread of its own, one at a time.
class LocalRank {
 public:
  explicit LocalRank(const RankSetting& setting) : setting_(setting), thread_([this] { work(); }) {}
  LocalRank(const LocalRank&) = delete;
  LocalRank& operator=(const LocalRank&) = delete;
  ~LocalRank() {
    {
      const std::lock_guard lock(mutex_);
      ended_ = true;
    }
    changed_.notify_all();
  }

  void give(const Order& order) {
    {
      const std::lock_guard lock(mutex_);
      order_ = order;
    }
    changed_.notify_all();
  }

  /// What is done; nothing while it isn't.
  /// @throws what the stretch threw
  std::optional<std::string> take() {
    const std::lock_guard lock(mutex_);
    if (failure_) std::rethrow_exception(failure_);
    return std::exchange(done_, std::nullopt);
  }

 private:
  void work() {
    std::unique_lock lock(mutex_);
    while (true) {
      changed_.wait(lock, [this] { return ended_ || order_; });
      if (ended_) return;
      const Order order = *std::exchange(order_, std::nullopt);
      lock.unlock();
      std::optional<std::string> done;
      std::exception_ptr failure;
      try {
        done = run_stretch(setting_, order);
      } catch (...) {
        failure = std::current_exception();
      }
      lock.lock();
      done_ = std::move(done);
      failure_ = failure;
    }
  }

  const RankSetting& setting_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::optional<Order> order_;
  std::optional<std::string> done_;
  std::exception_ptr failure_;
  bool ended_ = false;
  std::jthread thread_;  // last: it uses the others
};

/// How long stretches are: short ones at first, to learn the speed; then in rounds of one for each worker, which share
/// out the most of what is left (factoring: Hummel, Schonberg & Flynn 1992), so that all end together though some are
/// slower. None is so short that what a stretch costs by itself would matter, nor so long that its loss would.
class StretchLength {
 public:
  StretchLength(std::uint64_t unit, std::size_t workers) : unit_(unit), workers_(workers) {}

  void note(std::uint64_t runs, double seconds) { rate_ = static_cast<double>(runs) / std::max(seconds, 1e-6); }

  /// Of the next stretch, when that many runs are left.
  [[nodiscard]] std::uint64_t next(std::uint64_t left) {
    constexpr std::uint64_t kFirst = 8;               // units
    constexpr double kShare = 0.7;                    // of what is left, for a round
    constexpr double kShortest = 0.5, kLongest = 60;  // seconds
    if (rate_ <= 0) {
      round_ = 0;
      return whole(std::min(left / (2 * workers_), kFirst * unit_), left);
    }
    if (round_ == 0) {
      round_ = workers_;
      const double share = kShare * static_cast<double>(left) / static_cast<double>(workers_);
      runs_ = static_cast<std::uint64_t>(std::clamp(share, kShortest * rate_, kLongest * rate_));
    }
    --round_;
    return whole(runs_, left);
  }

 private:
  [[nodiscard]] std::uint64_t whole(std::uint64_t runs, std::uint64_t left) const {
    return std::clamp<std::uint64_t>(runs / unit_ * unit_, unit_, std::max(left, unit_));
  }

  std::uint64_t unit_, workers_;
  double rate_ = 0;                     // runs a second and rank; 0: not known
  std::uint64_t round_ = 0, runs_ = 0;  // stretches that are to come of this round, and how long they are
};

/// Rank 0's work on one alternative.
class RankedStudy {
 public:
  RankedStudy(const RankSetting& setting, LocalRank& local, const StudyCourse::Setting& course, StudyFiles& files,
              StudyKeeping& keeping, std::size_t alternative)
      : setting_(setting),
        local_(local),
        files_(files),
        keeping_(keeping),
        keeper_(keeping.keeper(alternative)),
        alternative_(alternative),
        study_(course.make(alternative)),
        workers_(static_cast<std::size_t>(setting.ranks.size())),
        orders_(workers_),
        lengths_(study_->unit(), workers_),
        watch_(course.watch) {
    course.prepare(alternative, course.most * course.replications);
    const std::uint64_t unit = study_->unit();
    end_ = setting.plan.runs() / unit * unit;
    const std::uint64_t next_unit = (study_->runs() + unit - 1) / unit * unit;
    if (study_->runs() < next_unit && next_unit <= end_) (void)study_->advance_runs(next_unit);
    next_ = study_->runs();
  }

  /// @return false if it was interrupted, or can't write
  bool run() {
    find_kept();
    put_together();
    while (study_->runs() < end_ && !setting_.stop && !failed_) {
      give_out();
      bool any = false;
      if (auto message = setting_.ranks.receive()) {
        any = true;
        take(static_cast<std::size_t>(message->first), message->second);
      }
      if (auto done = local_.take()) {
        any = true;
        take(0, *done);
      }
      if (!any) std::this_thread::sleep_for(kPause);
    }
    keeper_.rows_written(study_->runs());
    return study_->runs() == end_;
  }

  [[nodiscard]] experiment::OpenStudy& study() { return *study_; }
  [[nodiscard]] bool failed() const { return failed_; }

 private:
  struct Given {
    Order order;
    Clock::time_point since;
  };

  [[nodiscard]] std::string name_of(std::uint64_t first) const {
    return fmt::format("stretch-{}-{}", alternative_, first);
  }

  /// Stretches that an interrupted study had received, but not put together.
  void find_kept() {
    for (const std::string& name : files_.names_beside(fmt::format("stretch-{}-", alternative_))) {
      const auto bytes = files_.read_beside(name);
      const auto entry = bytes ? report::parse_journal(*bytes) : std::nullopt;
      const bool fits = entry && entry->aims.size() == 2 && entry->aims[1] >= study_->runs() && entry->runs <= end_;
      if (fits) {
        there_[entry->aims[1]] = entry->runs;
      } else {
        files_.remove_beside(name);
      }
    }
  }

  /// Skips what is there already.
  std::optional<Order> next_order() {
    for (auto kept = there_.find(next_); kept != there_.end(); kept = there_.find(next_)) next_ = kept->second;
    if (next_ >= end_) return std::nullopt;
    const auto later = there_.upper_bound(next_);
    const std::uint64_t limit = later == there_.end() ? end_ : later->first;
    const std::uint64_t length = std::min(lengths_.next(end_ - next_), limit - next_);
    const std::uint64_t first = std::exchange(next_, next_ + length);
    return Order{alternative_, first, first + length};
  }

  void give_out() {
    for (std::size_t worker = 0; worker < workers_; ++worker) {
      if (orders_[worker]) continue;
      const std::optional<Order> order = next_order();
      if (!order) return;
      orders_[worker] = Given{*order, Clock::now()};
      if (worker == 0) {
        local_.give(*order);
      } else {
        setting_.ranks.send(static_cast<int>(worker), order->text(setting_.identity));
      }
    }
  }

  void take(std::size_t worker, const std::string& bytes) {
    const Given given = *std::exchange(orders_[worker], std::nullopt);
    lengths_.note(given.order.end - given.order.first,
                  std::chrono::duration<double>(Clock::now() - given.since).count());
    give_out();  // before anything that takes time
    failed_ = !files_.write_beside(name_of(given.order.first), bytes);
    if (failed_) return;
    files_.keep_unfinished();
    there_[given.order.first] = given.order.end;
    if (given.order.first == study_->runs()) append(given.order.first, given.order.end, bytes);
    put_together();
  }

  /// Takes in all stretches that follow what there is.
  void put_together() {
    for (auto next = there_.find(study_->runs()); !failed_ && next != there_.end();
         next = there_.find(study_->runs())) {
      const auto [first, end] = *next;
      append(first, end, files_.read_beside(name_of(first)).value_or(std::string()));
    }
  }

  void append(std::uint64_t first, std::uint64_t end, const std::string& bytes) {
    const auto entry = report::parse_journal(bytes);
    const auto parts = entry ? report::read_continuation(entry->extra) : std::nullopt;
    if (!parts || parts->size() != (setting_.comparison ? 3U : 2U)) {  // it can't be read back: run it again
      there_.erase(first);
      files_.remove_beside(name_of(first));
      next_ = std::min(next_, first);
      return;
    }
    study_->append(entry->state);
    if (setting_.comparison) setting_.comparison->restore(alternative_, first, end, (*parts)[2].state);
    failed_ = !files_.sink(alternative_).write((*parts)[0].state, (*parts)[1].state);
    there_.erase(first);
    appended_.push_back(first);
    next_ = std::max(next_, end);
    if (watch_) watch_(alternative_, end);
    if (!failed_ && keeper_.due()) keep();
  }

  /// Writes a journal entry, which makes the stretches in it needless.
  void keep() {
    const Clock::time_point started = Clock::now();
    keeper_.rows_written(study_->runs());
    std::string state = study_->state();
    keeper_.keep(study_->runs(), std::move(state), std::chrono::duration<double>(Clock::now() - started).count());
    if (keeping_.runs(alternative_) < study_->runs()) return;  // it could not be written
    for (const std::uint64_t first : std::exchange(appended_, {})) files_.remove_beside(name_of(first));
  }

  const RankSetting& setting_;
  LocalRank& local_;
  StudyFiles& files_;
  StudyKeeping& keeping_;
  experiment::StudyKeeper keeper_;
  std::size_t alternative_;
  std::unique_ptr<experiment::OpenStudy> study_;
  std::size_t workers_;
  std::vector<std::optional<Given>> orders_;  // by rank
  StretchLength lengths_;
  std::function<void(std::size_t, std::uint64_t)> watch_;
  std::uint64_t end_ = 0, next_ = 0;              // runs
  std::map<std::uint64_t, std::uint64_t> there_;  // stretches on the disk, not yet put together: first run, end
  std::vector<std::uint64_t> appended_;           // first runs of those that are, but not in the journal
  bool failed_ = false;
};

}  // namespace

CourseEnd run_on_ranks(const RankSetting& ranks, const StudyCourse::Setting& course, StudyFiles& files,
                       StudyKeeping& keeping) {
  CourseEnd end;
  {
    LocalRank local(ranks);
    for (std::size_t i = 0; i < course.models.size() && end.status == Status::finished; ++i) {
      RankedStudy one(ranks, local, course, files, keeping, i);
      const bool done = one.run();
      experiment::OpenStudy& study = one.study();
      end.status = one.failed() ? Status::write_failed : done ? study.advance(course.most, true) : Status::interrupted;
      FinishedStudy finished{study.result(), {}, 0, course.most};
      finished.result.status = end.status;
      if (end.status != Status::write_failed) finished.state = study.state(finished.state_runs);
      end.studies.push_back(std::move(finished));
    }
  }
  if (end.status != Status::finished) return end;  // the caller ends the job
  end_ranks(ranks.ranks);
  return end;
}

void end_ranks(Ranks& ranks) {
  for (int rank = 1; rank < ranks.size(); ++rank) ranks.send(rank, kEnd);
}

bool serve_rank_0(const RankSetting& setting) {
  while (!setting.stop) {
    const auto message = setting.ranks.receive();
    if (!message) {
      std::this_thread::sleep_for(kPause);
      continue;
    }
    if (message->second == kEnd) return true;
    std::istringstream words(message->second);
    Order order;
    std::string identity;
    words >> order.alternative >> order.first >> order.end >> identity;
    if (identity != setting.identity || order.alternative >= setting.models.size())
      throw std::runtime_error(
          fmt::format("rank {} has another scenario or version than rank 0", setting.ranks.rank()));
    std::optional<std::string> done = run_stretch(setting, order);
    if (!done) return false;
    setting.ranks.send(0, *done);
  }
  return false;
}

}  // namespace materiel::cli
