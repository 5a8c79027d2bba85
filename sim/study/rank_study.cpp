#include "study/rank_study.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <sstream>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include <materiel/store/run_range_file.h>
#include <materiel/study/estimate.h>

#include "study/local_rank.h"
#include "study/run_range_length.h"

namespace materiel::study {
namespace {

using Clock = std::chrono::steady_clock;
using Status = experiment::StudyResult::Status;
using store::RunRange;

constexpr const char* kEnd = "end";
constexpr const char* kStop = "stop";  // to a rank, or from one that is interrupted
constexpr std::chrono::milliseconds kCollecting(600);
constexpr std::chrono::milliseconds kPause(3);  // between looks for messages: more often, and looking takes time itself

/// The order for a run range, for a study of that identity.
std::string order_text(const RunRange& range, const std::string& identity) {
  return fmt::format("{} {} {} {}", range.alternative, range.first, range.end, identity);
}

/// What an order says.
RunRange ordered_range(const std::string& text, const RankSetting& setting) {
  std::istringstream words(text);
  RunRange range;
  std::string identity;
  words >> range.alternative >> range.first >> range.end >> identity;
  if (identity != setting.identity || range.alternative >= setting.models.size())
    throw std::runtime_error(fmt::format("rank {} has another scenario or version than rank 0", setting.ranks.rank()));
  return range;
}

/// Runs a run range: the bytes of what came of it, which is the first part of it if it was interrupted; empty if
/// nothing did.
std::string run_one_range(const RankSetting& setting, const RunRange& range) {
  std::string runs, inputs, compared;
  StudyFiles files(setting.models);
  experiment::StudySink sink = files.sink(range.alternative);
  if (setting.comparison) {
    setting.comparison->make_room(range.alternative, setting.plan.runs());
    sink = setting.comparison->keep(range.alternative, std::move(sink));
  }
  sink.write = [&](std::string_view more_runs, std::string_view more_inputs) {
    runs += more_runs;
    inputs += more_inputs;
    return true;
  };
  experiment::OpenStudy study(setting.models[range.alternative].model, setting.plan, {setting.threads}, sink, {},
                              setting.observer.stop());
  study.begin_at(range.first);
  const bool whole = study.advance_runs(range.end) == Status::finished;
  const RunRange done{range.alternative, range.first, whole ? range.end : study.runs()};
  if (done.end == done.first) return {};
  if (setting.comparison) compared = setting.comparison->kept(done.alternative, done.first, done.end);
  return store::run_range_bytes({done, study.state(), runs, inputs, compared});
}

/// How long a replication takes on one thread, about.
double seconds_of_a_run(const std::shared_ptr<const model::Model>& model, const experiment::StudyPlan& plan) {
  return estimate({.model = model, .plan = plan, .most_runs = 20, .most_seconds = 0.05}).seconds_per_run;
}

/// Rank 0's work on one alternative.
class RankedStudy {
 public:
  RankedStudy(const RankSetting& setting, LocalRank& local, const Sampling::Setting& sampling, StudyFiles& files,
              Checkpoints& checkpoints, std::size_t alternative)
      : setting_(setting),
        local_(local),
        files_(files),
        checkpoints_(checkpoints),
        writer_(checkpoints.writer(alternative)),
        alternative_(alternative),
        study_(sampling.make(alternative)),
        workers_(static_cast<std::size_t>(setting.ranks.size())),
        orders_(workers_),
        lengths_(study_->unit(), workers_,
                 setting.threads / seconds_of_a_run(setting.models[alternative].model, setting.plan)),
        watch_(sampling.watch) {
    sampling.prepare(alternative, sampling.most * sampling.replications);
    end_ = setting.plan.runs() / study_->unit() * study_->unit();
    end_unit();
    next_ = next_unit(study_->runs());
  }

  /// @return false if it was interrupted, or can't write
  bool run() {
    find_kept();
    put_together();
    while (study_->runs() < end_ && !is_stopped() && !failed_) {
      give_out();
      if (!receive()) std::this_thread::sleep_for(kPause);
    }
    if (is_stopped()) collect();
    writer_.rows_written(study_->runs());
    return study_->runs() == end_;
  }

  [[nodiscard]] experiment::OpenStudy& study() { return *study_; }
  [[nodiscard]] bool failed() const { return failed_; }

 private:
  struct Given {
    RunRange range;
    Clock::time_point since;
  };

  [[nodiscard]] bool is_stopped() const { return stopped_ || setting_.observer.is_stopped(); }

  /// Because another rank was interrupted.
  void stop() {
    stopped_ = true;
    if (setting_.observer.process_end) setting_.observer.process_end->stop();
  }

  /// The first run from there on with which a run range may begin.
  [[nodiscard]] std::uint64_t next_unit(std::uint64_t run) const {
    const std::uint64_t unit = study_->unit();
    return (run + unit - 1) / unit * unit;
  }

  /// Runs on to there, if what was kept ends before.
  void end_unit() {
    const std::uint64_t next = next_unit(study_->runs());
    if (study_->runs() < next && next <= end_) (void)study_->advance_runs(next);
  }

  /// @return whether anything has come
  bool receive() {
    bool any = false;
    if (auto message = setting_.ranks.receive()) {
      any = true;
      if (message->second == kStop) {
        stop();
      } else {
        take(static_cast<std::size_t>(message->first), message->second);
      }
    }
    if (auto done = local_.take()) {
      any = true;
      take(0, *done);
    }
    return any;
  }

  /// Stops the ranks and takes what they have done: they have moments, since a launcher that is interrupted kills them
  /// after a second.
  void collect() {
    setting_.observer.stopping();
    for (std::size_t worker = 1; worker < workers_; ++worker) setting_.ranks.send(static_cast<int>(worker), kStop);
    const Clock::time_point until = Clock::now() + kCollecting;
    const auto are_out = [this] {
      return std::ranges::any_of(orders_, [](const auto& one) { return one.has_value(); });
    };
    while (are_out() && !failed_ && Clock::now() < until)
      if (!receive()) std::this_thread::sleep_for(kPause);
  }

  [[nodiscard]] std::string name_of(std::uint64_t first) const {
    return fmt::format("{}{}", store::run_range_file_prefix(alternative_), first);
  }

  /// Run ranges that an interrupted study had received, but not put together.
  void find_kept() {
    for (const std::string& name : files_.names_beside(store::run_range_file_prefix(alternative_))) {
      const auto bytes = files_.read_beside(name);
      const auto kept = bytes ? store::parse_run_range(*bytes) : std::nullopt;
      const bool fits = kept && kept->range.alternative == alternative_ && name == name_of(kept->range.first) &&
                        kept->range.first >= study_->runs() && kept->range.end <= end_ &&
                        kept->range.first == next_unit(kept->range.first);
      if (fits) {
        there_[kept->range.first] = kept->range.end;
      } else {
        files_.remove_beside(name);
      }
    }
  }

  /// Skips what is there already.
  std::optional<RunRange> next_range() {
    for (auto kept = there_.find(next_); kept != there_.end(); kept = there_.find(next_))
      next_ = next_unit(kept->second);
    if (next_ >= end_) return std::nullopt;
    const auto later = there_.upper_bound(next_);
    const std::uint64_t limit = later == there_.end() ? end_ : later->first;
    const std::uint64_t length = std::min(lengths_.next(end_ - next_), limit - next_);
    const std::uint64_t first = std::exchange(next_, next_ + length);
    return RunRange{alternative_, first, first + length};
  }

  void give_out() {
    for (std::size_t worker = 0; worker < workers_; ++worker) {
      if (orders_[worker]) continue;
      const std::optional<RunRange> range = next_range();
      if (!range) return;
      orders_[worker] = Given{*range, Clock::now()};
      if (worker == 0) {
        local_.give(*range);
      } else {
        setting_.ranks.send(static_cast<int>(worker), order_text(*range, setting_.identity));
      }
    }
  }

  void take(std::size_t worker, const std::string& bytes) {
    const Given given = *std::exchange(orders_[worker], std::nullopt);
    const RunRange& range = given.range;
    lengths_.note(range.end - range.first, std::chrono::duration<double>(Clock::now() - given.since).count());
    if (!is_stopped()) give_out();  // before anything that takes time
    const auto result = store::parse_run_range(bytes, true);
    if (!result && !bytes.empty()) throw std::runtime_error(fmt::format("what rank {} has sent is not whole", worker));
    if (!result || result->range.end < range.end) stop();  // that rank was interrupted
    if (!result) return;
    failed_ = !files_.write_beside(name_of(range.first), bytes);
    if (failed_) return;
    files_.keep_unfinished();
    if (is_stopped()) return;  // the next command puts it together
    there_[range.first] = result->range.end;
    if (range.first == study_->runs()) append(range.first, result);
    put_together();
  }

  /// Takes in all run ranges that follow what there is.
  void put_together() {
    for (auto next = there_.find(study_->runs()); !failed_ && next != there_.end() && !is_stopped();
         next = there_.find(study_->runs())) {
      const std::uint64_t first = next->first;
      const std::string bytes = files_.read_beside(name_of(first)).value_or(std::string());
      append(first, store::parse_run_range(bytes));
    }
  }

  void append(std::uint64_t first, const std::optional<store::RunRangeResult>& result) {
    there_.erase(first);
    if (!result) {  // it can't be read back: run it again
      files_.remove_beside(name_of(first));
      next_ = std::min(next_, first);
      return;
    }
    const std::uint64_t end = result->range.end;
    const std::string mistake =
        files_.rows_mistake(alternative_, first, end, setting_.plan.replications, result->runs, result->inputs);
    if (!mistake.empty())
      throw std::runtime_error(fmt::format("{}/{}: {}", files_.unfinished_directory(), name_of(first), mistake));
    study_->append(result->state);
    if (setting_.comparison) setting_.comparison->restore(alternative_, first, end, std::string(result->compared));
    failed_ = !files_.sink(alternative_).write(result->runs, result->inputs);
    appended_.push_back(first);
    if (!failed_) end_unit();
    next_ = std::max(next_, next_unit(end));
    if (watch_) watch_(alternative_, end);
    if (!failed_ && writer_.due()) keep();
  }

  /// Writes a journal entry, which makes the run ranges in it needless.
  void keep() {
    const Clock::time_point started = Clock::now();
    writer_.rows_written(study_->runs());
    std::string state = study_->state();
    writer_.write(study_->runs(), std::move(state), std::chrono::duration<double>(Clock::now() - started).count());
    if (checkpoints_.runs(alternative_) < study_->runs()) return;  // it could not be written
    for (const std::uint64_t first : std::exchange(appended_, {})) files_.remove_beside(name_of(first));
  }

  const RankSetting& setting_;
  LocalRank& local_;
  StudyFiles& files_;
  Checkpoints& checkpoints_;
  experiment::CheckpointWriter writer_;
  std::size_t alternative_;
  std::unique_ptr<experiment::OpenStudy> study_;
  std::size_t workers_;
  std::vector<std::optional<Given>> orders_;  // by rank
  RunRangeLength lengths_;
  std::function<void(std::size_t, std::uint64_t)> watch_;
  std::uint64_t end_ = 0, next_ = 0;              // runs
  std::map<std::uint64_t, std::uint64_t> there_;  // run ranges on the disk, not yet put together: first run, end
  std::vector<std::uint64_t> appended_;           // first runs of those that are, but not in the journal
  bool failed_ = false, stopped_ = false;
};

}  // namespace

SamplingResult run_on_ranks(const RankSetting& ranks, const Sampling::Setting& sampling, StudyFiles& files,
                            Checkpoints& checkpoints) {
  SamplingResult end;
  {
    LocalRank local([&](const RunRange& range) { return run_one_range(ranks, range); });
    for (std::size_t i = 0; i < sampling.models.size() && end.status == Status::finished; ++i) {
      RankedStudy one(ranks, local, sampling, files, checkpoints, i);
      const bool done = one.run();
      experiment::OpenStudy& study = one.study();
      end.status = one.failed() ? Status::write_failed
                   : done       ? study.advance(sampling.most, true)
                                : Status::interrupted;
      FinishedStudy finished{study.result(), {}, 0, sampling.most};
      finished.result.status = end.status;
      if (end.status != Status::write_failed) finished.state = study.state(finished.state_runs);
      end.studies.push_back(std::move(finished));
    }
  }
  if (end.status != Status::finished) return end;  // the caller ends the job
  end_ranks(ranks.ranks);
  return end;
}

std::unique_ptr<Ranks> sole_rank() {
  class SoleRank final : public Ranks {
   public:
    [[nodiscard]] int rank() const override { return 0; }
    [[nodiscard]] int size() const override { return 1; }
    void send(int, const std::string&) override {}
    std::optional<std::pair<int, std::string>> receive() override { return std::nullopt; }
  };
  return std::make_unique<SoleRank>();
}

void end_ranks(Ranks& ranks) {
  for (int rank = 1; rank < ranks.size(); ++rank) ranks.send(rank, kEnd);
}

bool serve_rank_0(const RankSetting& setting) {
  LocalRank local([&](const RunRange& range) { return run_one_range(setting, range); });
  bool stops = false, asked = false;
  while (true) {
    if (!stops && (asked || setting.observer.is_stopped())) {
      stops = true;
      setting.observer.stopping();  // rank 0 says when to end
      setting.ranks.send(0, kStop);
    }
    if (const auto message = setting.ranks.receive()) {
      if (message->second == kEnd) return !stops;
      if (message->second == kStop) {
        asked = true;
        if (setting.observer.process_end) setting.observer.process_end->stop();
      } else {
        local.give(ordered_range(message->second, setting));
      }
    } else if (const auto done = local.take()) {
      setting.ranks.send(0, *done);
    } else {
      std::this_thread::sleep_for(kPause);
    }
  }
}

}  // namespace materiel::study
