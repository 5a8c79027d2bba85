#include <algorithm>
#include <memory>
#include <mutex>
#include <numeric>
#include <utility>

#include <fmt/format.h>

#include <materiel/base/text.h>
#include <materiel/store/difference_tables.h>
#include <materiel/store/interrupted_commit.h>
#include <materiel/store/sha256.h>
#include <materiel/store/study_directory.h>
#include <materiel/study/run.h>
#include <materiel/study/study_description.h>

#include "study/checkpoints.h"
#include "study/comparison.h"
#include "study/kept_text.h"
#include "study/lifecycle.h"
#include "study/rank_study.h"
#include "study/rerun_failed.h"
#include "study/sampling.h"
#include "study/selection.h"
#include "study/shards.h"
#include "study/stored_results.h"
#include "study/stored_state.h"
#include "study/study_files.h"

namespace materiel::study {
namespace {

using experiment::StudyResult;
using DirectoryState = store::DirectoryFinding::State;

/// What is wrong with a request before anything is made of it; empty if nothing is.
std::string request_mistake(const RunRequest& request) {
  const std::vector<Variant>& variants = request.scenario.variants;
  if (variants.empty() || !std::all_of(variants.begin(), variants.end(), [](const Variant& one) { return one.model; }))
    return "a study is of scenarios that have been compiled, at least one";
  if (request.plan.samples == 0 || request.plan.replications == 0)
    return "a study has at least one sample and one replication";
  if (request.plan.design) return "the samples of a study have no design";
  if (!request.store && (request.shard || request.extend || request.rerun_failed || !request.shards.empty()))
    return "a shard, and a study that is merged, extended or run again, needs a store";
  return {};
}

/// One study, from compiled scenarios to its files.
class StudyRun final : private Lifecycle {
 public:
  StudyRun(const RunRequest& request, const RunResources& resources, const Observer& observer)
      : Lifecycle(resources, observer), request_(request), plan_(request.plan) {
    for (const Variant& one : request.scenario.variants) models_.push_back({one.name, one.model});
    record_ = describe_study(request.scenario, plan_, request.caller);
    if (request.store) path_ = request.store->directory;
    if (request.shard) {
      path_.within = request.shard->directory();
      record_.identity.shard = request.shard->text();
    }
    record_.directory = path_.text();
  }

  /// What can only be checked once the outcomes are known.
  [[nodiscard]] std::optional<Error> prepare() {
    const StudyFiles columns(models_);
    record_.outcomes = columns.outcomes();
    record_.parameters = columns.parameters();
    if (request_.comparison) {
      std::string error;
      if (models_.size() < 2) {
        error =
            fmt::format("{} has nothing to compare: name two alternatives of it, or write some ([alternative.NAME])",
                        record_.scenario.file);
      } else {
        comparison_ = Comparison::make(*request_.comparison, models_, record_.outcomes, plan_, error);
      }
      if (!comparison_) return invalid(error);
      record_.identity.comparison = comparison_->identity();
    }
    if (std::string mistake = stopping_rule_mistake(); !mistake.empty()) return invalid(mistake);
    record_.identity.stopping_rule = request_.stop.description(plan_.samples);
    return std::nullopt;
  }

  /// Of the first rank, or of the only one.
  Expected<RunResult> run() {
    Expected<RunResult> result = lead();
    const bool in_the_middle = !result && result.error().code == Error::Code::failed && was_open_;
    if (resources_.ranks && !ended_ranks_ && !in_the_middle) end_ranks(*resources_.ranks);
    return result;
  }

  /// @return whether it was done, not interrupted
  bool serve() {
    const Interruptible interruptible(observer_, ProcessEnd::Manner::asked, [] { return std::string(); });
    return serve_rank_0(rank_setting(*resources_.ranks));
  }

  RunPreview preview() {
    const OutputDirectory output(path_, record_.identity, false, if_taken(), merges() ? kShardPrefix : "");
    const bool extends = request_.extend && output.finding().extendable;
    const std::optional<std::string> refused = output.refused();
    return {
        .record = record_,
        .runs = runs_text(),
        .directory = extends ? "which holds this study, to be extended" : output.words(),
        .cost = estimate({models_.front().model, plan_, models_.size(), resources_.threads}),
        .refusal = extends || !refused || output.finding().state != DirectoryState::taken ? std::string() : *refused};
  }

 private:
  static Error invalid(const std::string& what) { return {Error::Code::invalid_request, what}; }
  static Error refused(const std::string& what) { return {Error::Code::refused, what}; }

  [[nodiscard]] std::string stopping_rule_mistake() const {
    for (const PrecisionTarget& target : request_.stop.precision) {
      const bool differs = target.of_differences() && comparison_;
      std::string mistake = target_mistake(target, differs ? comparison_->outcomes() : record_.outcomes, differs);
      if (!mistake.empty()) return mistake;
    }
    return request_.stop.selection ? selection_mistake(*request_.stop.selection, models_, record_.outcomes)
                                   : std::string();
  }

  [[nodiscard]] RankSetting rank_setting(Ranks& ranks) {
    std::string identity = record_.identity.scenario_sha256 + record_.identity.version + runs_text();
    for (const store::DataFile& file : record_.identity.data) identity += file.sha256;
    identity = store::sha256_of_text(identity);
    return {ranks, models_, plan_, resources_.threads, identity, comparison(), observer_};
  }

  Expected<RunResult> lead() {
    if (!request_.store) return computed();
    const OutputDirectory output(path_, record_.identity, true, if_taken(), merges() ? kShardPrefix : "");
    read_state_of(output);
    if (request_.rerun_failed) return rerun_failed(output);
    if (request_.extend && output.finding().record && !output.blocked()) return extend(output);
    const Expected<bool> is_run = run_into(output, "study");
    if (!is_run) return is_run.error();
    return *is_run ? result() : stored(output, RunResult::State::complete);
  }

  Expected<RunResult> computed() {
    if (std::optional<Error> error = take_steps()) return *std::move(error);
    return result();
  }

  /// A study that is extended, or of which a part is run, doesn't make way.
  [[nodiscard]] IfTaken if_taken() const {
    const bool stays = request_.extend || request_.rerun_failed || request_.shard;
    const IfTaken asked = request_.store->if_taken;
    return stays && asked == IfTaken::move_aside ? IfTaken::refuse : asked;
  }

  /// The study that the directory holds.
  Expected<RunResult> stored(const OutputDirectory& output, RunResult::State state) {
    RunResult result{.state = state, .record = *output.finding().record};
    result.record.directory = record_.directory;
    if (!request_.read_stored) return result;
    std::string error;
    auto found = stored_results(path_, result.record, models_, plan_, {resources_.threads}, request_.shard, error);
    if (!found) return failed(error);
    result.alternatives = std::move(*found);
    return result;
  }

  Expected<RunResult> extend(const OutputDirectory& output) {
    const store::DirectoryFinding& finding = output.finding();
    const std::uint64_t there = finding.record->identity.samples;
    if (!finding.extendable)
      return refused(finding.state == DirectoryState::taken
                         ? finding.explanation
                         : fmt::format("cannot extend the study in {}: {}", record_.directory, finding.explanation));
    if (plan_.samples < there || (plan_.samples == there && !request_.stop.is_open())) {
      output.clear_away();
      observer_.info(fmt::format("{} holds {} samples of this study already: nothing to do", record_.directory,
                                 with_thousands(there)));
      return stored(output, RunResult::State::large_enough);
    }
    try {
      stored_state_.emplace(record_.directory, models_);
    } catch (const ResumeError& error) {
      return refused(error.what());
    }
    return computed();
  }

  /// Runs the study again if runs of it that failed don't any more.
  Expected<RunResult> rerun_failed(const OutputDirectory& output) {
    if (resumes_) return computed();  // that was begun
    if (const auto explanation = output.blocked(true)) return refused(*explanation);
    const RerunFailed::Finding found = RerunFailed(record_.directory, record_.identity, models_, plan_).look();
    using Found = RerunFailed::Finding::State;
    if (found.state == Found::run_again) {
      observer_.info(found.words);
      return computed();
    }
    if (found.state == Found::refused || !output.finding().record) return refused(found.words);
    Expected<RunResult> result = stored(output, RunResult::State::none_fails);
    if (result) result->note = found.words;
    return result;
  }

  [[nodiscard]] Comparison* comparison() { return comparison_ ? &*comparison_ : nullptr; }

  [[nodiscard]] std::string runs_text() const override {
    const std::string each = models_.size() == 1 ? std::string{} : fmt::format("{} alternatives, ", models_.size());
    const char* most = request_.stop.is_open() ? "at most " : "";
    const std::string shard = request_.shard ? fmt::format("shard {} of ", request_.shard->text()) : std::string();
    return fmt::format("{}{}{}{} runs ({} sample{}, {} replication{} each), seed {}", shard, each, most,
                       with_thousands(all_runs()), with_thousands(plan_.samples), plan_.samples == 1 ? "" : "s",
                       with_thousands(plan_.replications), plan_.replications == 1 ? "" : "s", plan_.seed);
  }

  [[nodiscard]] std::uint64_t all_runs() const override { return plan_.runs() * models_.size(); }

  bool open(const store::FileBatch::Check& unchanged) override {
    files_ = std::make_unique<StudyFiles>(models_, observer_);
    if (!request_.store) {
      files_->discard_rows();
    } else if (!files_->open(path_, true, unchanged)) {
      return false;
    }
    was_open_ = true;
    checkpoints_ = std::make_unique<Checkpoints>(*files_, models_.size(), resources_.threads, most_cells(),
                                                 resources_.checkpoint_seconds, observer_);
    if (merges() || !request_.store) checkpoints_->disable();
    if (comparison_)
      checkpoints_->add(
          {[this](std::size_t i, std::uint64_t runs) { return comparison_->kept(i, 0, runs); },
           [this](std::size_t i, std::uint64_t runs, const auto& kept) { comparison_->restore(i, 0, runs, kept); }});
    return true;
  }

  bool begin() override { return !request_.store || checkpoints_->begin(store::record_text(record_)); }

  bool resume() override {
    if (!merges()) {
      checkpoints_->resume();
      return true;
    }
    files_->keep_unfinished();  // files of a commit that failed may belong to it
    return begin();
  }

  Status simulate() override {
    end_ = sample();
    for (std::size_t i = 0; i < end_.studies.size(); ++i) add_counts(i, end_.studies[i], record_);
    ended_ranks_ = end_.status == StudyResult::Status::finished;
    return end_.status;
  }

  [[nodiscard]] std::size_t most_cells() const {
    std::size_t most = 0;
    for (const StudyModel& one : models_)
      most = std::max(most, one.model->metrics().size() * one.model->observation_days().size());
    return most;
  }

  void watch(std::size_t alternative, std::uint64_t runs) {
    if (!observer_.progress) return;
    const std::lock_guard alone(telling_);
    done_[alternative] = runs;
    observer_.progress({std::accumulate(done_.begin(), done_.end(), std::uint64_t{0}), all_});
  }

  SamplingResult sample() {
    all_ = all_runs();
    done_.assign(models_.size(), 0);
    const Sampling::Setting setting{
        .rule = request_.stop,
        .models = models_,
        .most = plan_.samples,
        .replications = plan_.replications,
        .targets = checkpoints_->targets(),
        .make = [&](std::size_t i) { return open_study(i); },
        .watch = [this](std::size_t i, std::uint64_t runs) { watch(i, runs); },
        .set_targets = [&](const std::vector<std::uint64_t>& targets) { checkpoints_->set_targets(targets); },
        .prepare =
            [&](std::size_t i, std::uint64_t runs) {
              if (comparison_) comparison_->make_room(i, runs);
            },
        .differences = [&] { return comparison_->differences(); },
        .compared = comparison_ ? comparison_->outcomes() : std::vector<model::OutcomeInfo>{},
        .expect =
            [&](std::uint64_t runs) {
              const std::lock_guard alone(telling_);
              all_ = runs;
            },
        .observer = observer_};
    if (request_.shard) return run_shard(setting, *request_.shard);
    if (merges()) return merge_shards(setting, request_.shards, *files_, comparison());
    // Run ranges that ranks have left are resumed by one process too.
    const std::unique_ptr<Ranks> sole =
        !resources_.ranks && checkpoints_->runs_with_ranges() > checkpoints_->runs() ? sole_rank() : nullptr;
    Ranks* const ranks = sole ? sole.get() : resources_.ranks;
    return ranks ? run_on_ranks(rank_setting(*ranks), setting, *files_, *checkpoints_) : Sampling(setting).run();
  }

  /// @throws ResumeError if it can't be resumed where it was
  std::unique_ptr<experiment::OpenStudy> open_study(std::size_t alternative) {
    const experiment::StudySink sink =
        comparison_ ? comparison_->keep(alternative, files_->sink(alternative)) : files_->sink(alternative);
    experiment::ProgressWatcher watcher;
    if (observer_.progress) watcher = [this, alternative](std::uint64_t runs) { watch(alternative, runs); };
    auto study = std::make_unique<experiment::OpenStudy>(
        models_[alternative].model, plan_, experiment::StudyResources{resources_.threads}, sink, std::move(watcher),
        observer_.stop(), checkpoints_->writer(alternative));
    const std::uint64_t kept = checkpoints_->begin_study(alternative, *study);
    if (const std::uint64_t runs = kept + checkpoints_->runs_in_ranges(alternative); runs > 0) {
      observer_.info(resumed_text(runs, models_.size() == 1 ? std::string() : models_[alternative].alternative));
    } else if (stored_state_) {
      stored_state_->resume(alternative, *study, *files_, comparison(), plan_.replications);
    }
    return study;
  }

  bool write() override {
    if (!request_.store) return true;
    std::vector<const StudyResult*> results;
    std::vector<store::StateView> parts;
    record_.identity.samples = 0;
    for (std::size_t i = 0; i < end_.studies.size(); ++i) {
      results.push_back(&end_.studies[i].result);
      parts.push_back({models_[i].alternative, end_.studies[i].state});
      record_.identity.samples = std::max(record_.identity.samples, end_.studies[i].samples);
    }
    record_.precision = end_.precision;
    record_.selection = end_.selection;
    if (request_.shard) return files_->gather() && files_->add_states(kShardFile, parts);
    if (!files_->gather() || !files_->write_results(results)) return false;
    if (comparison_) compared_ = comparison_->result();
    if (compared_ && !files_->add(store::kDifferencesFile, differences_file(*compared_))) return false;
    return files_->add_states(store::kStateFile, parts);
  }

  bool commit() override { return !request_.store || files_->commit(record_); }

  void close() override {
    checkpoints_.reset();
    files_.reset();
  }

  void write_last() override {
    if (end_.status == StudyResult::Status::write_failed) return;  // there is no state to keep
    for (std::size_t i = 0; i < end_.studies.size(); ++i)
      checkpoints_->write_last(i, end_.studies[i].state_runs, end_.studies[i].state);
  }

  [[nodiscard]] std::uint64_t kept_runs() const override {
    return request_.store && checkpoints_ ? checkpoints_->runs_with_ranges() : 0;
  }

  [[nodiscard]] std::string file_error() const override { return files_->error(); }

  RunResult result() {
    record_.precision = end_.precision;
    record_.selection = end_.selection;
    if (comparison_ && !compared_ && !request_.shard) compared_ = comparison_->result();
    RunResult result{.record = record_};
    for (std::size_t i = 0; i < end_.studies.size(); ++i)
      result.alternatives.push_back({models_[i].alternative, models_[i].model->outcomes(), models_[i].model->start(),
                                     end_.studies[i].samples, std::move(end_.studies[i].result)});
    result.comparison = std::move(compared_);
    result.note = end_.note;
    result.lacking = end_.lacking;
    result.further_samples = end_.further_samples;
    return result;
  }

  /// Whether it puts shards together: they stay, so nothing else is kept.
  [[nodiscard]] bool merges() const { return !request_.shards.empty(); }

  [[nodiscard]] ProcessEnd::Manner manner() const override {
    return merges() ? ProcessEnd::Manner::at_once : ProcessEnd::Manner::asked;
  }

  [[nodiscard]] std::string failed_text() const override {
    if (!merges() || store::interrupted_commit(record_.directory)) return Lifecycle::failed_text();
    return "the shards are as they were, and the same command merges them";
  }

  [[nodiscard]] std::string interrupted_text(std::uint64_t done) const override {
    if (!merges()) return Lifecycle::interrupted_text(done);
    return "interrupted; the shards are as they were, and the same command merges them";
  }

  const RunRequest& request_;
  experiment::StudyPlan plan_;
  store::DirectoryPath path_{""};
  std::vector<StudyModel> models_;
  std::optional<Comparison> comparison_;
  std::optional<ComparisonResult> compared_;
  bool was_open_ = false, ended_ranks_ = false;
  std::unique_ptr<StudyFiles> files_;  ///< while the directory is taken, as the next
  std::unique_ptr<Checkpoints> checkpoints_;
  SamplingResult end_;
  std::optional<StoredState> stored_state_;  ///< of the study that the directory holds, if it is extended
  std::mutex telling_;                       ///< guards what follows
  std::vector<std::uint64_t> done_;          ///< runs of each alternative
  std::uint64_t all_ = 0;
};

}  // namespace

Expected<RunResult> run(const RunRequest& request, const RunResources& resources, const Observer& observer) {
  const std::string mistake = request_mistake(request);
  if (!mistake.empty() && resources.ranks) end_ranks(*resources.ranks);
  if (!mistake.empty()) return Error{Error::Code::invalid_request, mistake};
  StudyRun study(request, resources, observer);
  if (std::optional<Error> error = study.prepare()) {
    if (resources.ranks) end_ranks(*resources.ranks);
    return *std::move(error);
  }
  return study.run();
}

std::optional<Error> serve(const RunRequest& request, const RunResources& resources, const Observer& observer) {
  if (const std::string mistake = request_mistake(request); !mistake.empty())
    return Error{Error::Code::invalid_request, mistake};
  StudyRun study(request, resources, observer);
  if (std::optional<Error> error = study.prepare()) return error;
  if (study.serve()) return std::nullopt;
  return Error{Error::Code::interrupted, "interrupted"};
}

Expected<RunPreview> preview(const RunRequest& request, const RunResources& resources) {
  std::string mistake = request_mistake(request);
  if (mistake.empty() && !request.store) mistake = "a preview is of a study with a store";
  if (!mistake.empty()) return Error{Error::Code::invalid_request, mistake};
  const Observer nobody;
  StudyRun study(request, resources, nobody);
  if (std::optional<Error> error = study.prepare()) return *std::move(error);
  return study.preview();
}

}  // namespace materiel::study
