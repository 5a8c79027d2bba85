#include "cli/study_run.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <numeric>
#include <utility>

#include <fmt/format.h>

#include <materiel/base/text.h>
#include <materiel/render/cost_text.h>
#include <materiel/store/difference_tables.h>
#include <materiel/store/interrupted_commit.h>
#include <materiel/store/study_directory.h>
#include <materiel/study/estimate.h>

#include "cli/comparison.h"
#include "cli/continuation.h"
#include "cli/course_checks.h"
#include "cli/default_directory.h"
#include "cli/exit_codes.h"
#include "cli/interruption.h"
#include "cli/progress_line.h"
#include "cli/rank_study.h"
#include "cli/rerun_failed.h"
#include "cli/selection.h"
#include "cli/shards.h"
#include "cli/stored_summary.h"
#include "cli/study_course.h"
#include "cli/study_description.h"
#include "cli/study_ending.h"
#include "cli/study_files.h"
#include "cli/study_keeping.h"
#include "cli/study_place.h"
#include "cli/study_telling.h"

namespace materiel::cli {
namespace {

using experiment::StudyResult;
using State = store::DirectoryFinding::State;

/// One `materiel run`, from a compiled scenario to its files.
class StudyRun {
 public:
  StudyRun(const RunOptions& options, const std::vector<study::Variant>& inputs, const std::vector<std::string>& words,
           Console& console)
      : options_(options), inputs_(inputs), console_(console) {
    plan_.seed = options.seed;
    plan_.samples = options.samples;
    plan_.replications = options.replications;
    plan_.limits.max_events = options.max_events;
    path_ = options.directory;
    if (options.directory.empty())
      path_ = default_directory(inputs.front().spec->name, options.further.empty() ? "" : "-compared");
    record_ = describe_study(inputs_, options.overrides, plan_, words);
    if (options.shard) {
      path_.within = options.shard->directory();
      record_.identity.shard = options.shard->text();
    }
    directory_ = path_.text();
    record_.directory = directory_;
  }

  int run() {
    if (!prepare()) return kUsage;
    if (is_one_of_several_ranks() && !join()) return kInternalError;
    if (ranks_ && ranks_->rank() != 0) return serve();
    int code = kInternalError;
    try {
      code = lead();
    } catch (const std::exception& error) {
      if (!ranks_) throw;
      console_.error(error.what());  // the others wait for orders: they are ended below
    }
    if (ranks_ && code == kInterrupted) {
      end_ranks(*ranks_);
      ranks_->leave(code);
    }
    if (ranks_ && keeping_ && !ended_ranks_) ranks_->abort(code);  // in the middle of something
    if (ranks_ && !ended_ranks_) end_ranks(*ranks_);
    return code;
  }

 private:
  /// Joins the other ranks of this job.
  bool join() {
    std::string error;
    if (options_.course.is_open() || options_.shard || !options_.shards.empty()) {
      error = "a study on several ranks has a number of samples (-n): without --precision, --budget, --select, --shard";
    } else {
      ranks_ = join_ranks(error);
    }
    if (!ranks_ && rank_of_this_process() == 0) console_.error(error);
    return ranks_ != nullptr;
  }

  /// The part of the ranks but the first.
  int serve() {
    const Interruption interruption(Interruption::Manner::asked, [] { return std::string(); });  // rank 0 says it
    try {
      if (serve_rank_0(rank_setting(*ranks_))) return kDone;
    } catch (const std::exception& error) {
      console_.error(error.what());
      ranks_->abort(kInternalError);
    }
    ranks_->leave(kInterrupted);
    return kInterrupted;
  }

  [[nodiscard]] RankSetting rank_setting(Ranks& ranks) {
    std::string identity = record_.identity.scenario_sha256 + record_.identity.version + what_runs();
    for (const store::DataFile& file : record_.identity.data) identity += file.sha256;
    identity = store::sha256_of_text(identity);
    return {ranks, models_, plan_, options_.threads, identity, comparison()};
  }

  int lead() {
    const StudyPlace place(path_, record_.identity, !options_.dry_run, if_taken_here(),
                           options_.shards.empty() ? "" : study::kShardPrefix);
    unchanged_ = place.unchanged();
    goes_on_ = place.goes_on();
    if (options_.dry_run) return dry_run(place);
    if (options_.rerun_failed) return rerun_failed(place);
    if (options_.course.extend && place.finding().record && !place.blocked()) return extend(place);
    if (const std::optional<int> code = place.settle("study", console_))
      return place.is_complete() ? tell_stored(place, *code) : *code;
    const int code = simulate();
    if (is_written_) place.remove_overwritten(record_, console_);
    return code;
  }

  /// What is extended, or of which a part is run, doesn't make way.
  [[nodiscard]] IfTaken if_taken_here() const {
    const bool stays = options_.course.extend || options_.rerun_failed || options_.shard;
    return if_taken(stays || !options_.directory.empty(), options_.overwrite);
  }

  /// Prints what it did when the study was run, if that is for a program.
  int tell_stored(const StudyPlace& place, int code) {
    if (!options_.json) return code;
    std::string error;
    const auto text =
        stored_summary(path_, *place.finding().record, models_, plan_, {options_.threads}, options_.shard, error);
    if (!text) return failed(error);
    console_.print(*text);
    return code;
  }

  [[nodiscard]] std::vector<StudyModel> models() const {
    std::vector<StudyModel> models;
    for (const study::Variant& one : inputs_) models.push_back({one.name, one.model});
    return models;
  }

  /// What can only be checked once the outcomes are known.
  bool prepare() {
    models_ = models();
    const StudyFiles columns(models_);
    record_.outcomes = columns.outcomes();
    record_.parameters = columns.parameters();
    if (options_.comparison && !prepare_comparison()) return false;
    const std::string mistake = course_mistake(options_.course, models_, record_.outcomes, comparison());
    if (!mistake.empty()) console_.error(mistake);
    record_.identity.course = options_.course.description(plan_.samples);
    return mistake.empty();
  }

  /// Goes on with a study that the directory holds.
  int extend(const StudyPlace& place) {
    const store::DirectoryFinding& finding = place.finding();
    const std::uint64_t there = finding.record->identity.samples;
    if (!finding.extendable) {
      console_.error(finding.state == State::taken
                         ? finding.explanation
                         : fmt::format("{} can't be gone on with: {}", directory_, finding.explanation));
      return kInternalError;
    }
    if (plan_.samples < there || (plan_.samples == there && !options_.course.is_open())) {
      place.clear_away();
      console_.info(
          fmt::format("{} holds {} samples of this study already: nothing to do", directory_, with_thousands(there)));
      return tell_stored(place, kDone);
    }
    try {
      continuation_.emplace(directory_, models_);
    } catch (const ContinuationError& error) {
      console_.error(error.what());
      return kInternalError;
    }
    return simulate();
  }

  bool prepare_comparison() {
    std::string error;
    if (models_.size() < 2) {
      error = fmt::format("{} has nothing to compare: name two alternatives of it, or write some ([alternative.NAME])",
                          record_.scenario.file);
    } else {
      comparison_ = Comparison::make(*options_.comparison, models_, record_.outcomes, plan_, error);
    }
    if (comparison_) record_.identity.comparison = comparison_->description();
    if (!comparison_) console_.error(error);
    return comparison_.has_value();
  }

  [[nodiscard]] Comparison* comparison() { return comparison_ ? &*comparison_ : nullptr; }

  [[nodiscard]] std::string what_runs() const { return runs_text(options_, plan_, inputs_.size()); }

  [[nodiscard]] std::uint64_t all_runs() const { return plan_.runs() * inputs_.size(); }

  int dry_run(const StudyPlace& place) {
    const bool goes_on = options_.course.extend && place.finding().extendable;
    const std::string there = goes_on ? "which holds this study to go on with" : place.words();
    console_.print(
        fmt::format("scenario   {} ({})\nruns       {}\nfiles      into {}, {}\n{}", record_.scenario.name,
                    record_.scenario.file, what_runs(), directory_, there,
                    render::cost_text(study::estimate({inputs_.front().model, plan_, inputs_.size(), options_.threads}),
                                      options_.threads)));
    const std::optional<std::string> refused = place.refused();
    if (goes_on || !refused || place.finding().state != State::taken) return kDone;
    console_.error(*refused);
    return kInternalError;
  }

  /// Runs the study again if runs of it that failed don't any more.
  int rerun_failed(const StudyPlace& place) {
    if (goes_on_) return simulate();  // that was begun
    if (const auto explanation = place.blocked(true)) {
      console_.error(*explanation);
      return kInternalError;
    }
    const RerunFailed::Finding found = RerunFailed(directory_, record_.identity, models_, plan_).look();
    using Found = RerunFailed::Finding::State;
    const bool fine = found.state == Found::none_failed || found.state == Found::run_again;
    fine ? console_.info(found.words) : console_.error(found.words);
    if (found.state == Found::run_again) return simulate();
    if (found.state == Found::refused) return kInternalError;
    return place.finding().record ? tell_stored(place, fine ? kDone : kRunsFailed) : kInternalError;
  }

  int simulate() {
    StudyFiles files(models_);
    if (!files.open(path_, true, unchanged_)) return failed(files.error());
    console_.info(fmt::format("{}: {}, {} thread{}", record_.scenario.name, what_runs(), options_.threads,
                              options_.threads == 1 ? "" : "s"));
    record_.times.started = store::utc_now();
    record_.times.threads = options_.threads;
    keeping_ = std::make_unique<StudyKeeping>(files, models_.size(), options_.threads, most_cells(),
                                              options_.keep_seconds, console_);
    if (comparison_)
      keeping_->keep_too(
          {[this](std::size_t i, std::uint64_t runs) { return comparison_->kept(i, 0, runs); },
           [this](std::size_t i, std::uint64_t runs, const auto& kept) { comparison_->restore(i, 0, runs, kept); }});
    const Interruption interruption(merges() ? Interruption::Manner::at_once : Interruption::Manner::asked,
                                    [this] { return words_if_interrupted(0); });
    if (merges()) keeping_->keep_nothing();
    if (merges() && goes_on_) files.keep_unfinished();  // files of a commit that failed may belong to it
    if (goes_on_ && !merges()) {
      keeping_->go_on();
    } else if (!keeping_->begin(store::record_text(record_))) {
      return failed(files.error());
    }
    const auto started = std::chrono::steady_clock::now();
    CourseEnd end;
    try {
      end = run_course(files);
    } catch (const ContinuationError& error) {
      return failed(error.what());
    } catch (const MergeError& error) {
      return failed(error.what());
    }
    for (std::size_t i = 0; i < end.studies.size(); ++i) add_counts(i, end.studies[i], record_);
    ended_ranks_ = end.status == StudyResult::Status::finished;
    if (end.status == StudyResult::Status::write_failed) return failed(files.error());
    if (end.status == StudyResult::Status::interrupted) return interrupted(end);
    if (!write(files, end))
      return Interruption::requested() && files.error().empty() ? interrupted(end) : failed(end, files.error());
    record_.times.wall_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    if (Interruption::requested()) return interrupted(end);
    if (!files.commit(record_)) return failed(end, files.error());
    is_written_ = true;
    return tell_study(options_, inputs_, record_, comparison(), end, console_);
  }

  [[nodiscard]] std::size_t most_cells() const {
    std::size_t most = 0;
    for (const StudyModel& one : models_)
      most = std::max(most, one.model->metrics().size() * one.model->observation_days().size());
    return most;
  }

  /// Keeps the last state of each alternative.
  void keep(const CourseEnd& end) {
    for (std::size_t i = 0; i < end.studies.size(); ++i)
      keeping_->keep_last(i, end.studies[i].state_runs, end.studies[i].state);
  }

  CourseEnd run_course(StudyFiles& files) {
    ProgressLine progress(all_runs(), console_);
    std::vector<std::uint64_t> done(models_.size(), 0);
    const auto watch = [&progress, &done, this](std::size_t i, std::uint64_t runs) {
      done[i] = runs;
      if (!options_.quiet) progress.update(std::accumulate(done.begin(), done.end(), std::uint64_t{0}));
    };
    const StudyCourse::Setting setting{
        .options = options_.course,
        .models = models_,
        .most = plan_.samples,
        .replications = plan_.replications,
        .aims = keeping_->aims(),
        .make =
            [&](std::size_t i) {
              experiment::ProgressWatcher watcher;
              if (!options_.quiet) watcher = [watch, i](std::uint64_t runs) { watch(i, runs); };
              return open_study(i, files, std::move(watcher));
            },
        .watch = watch,
        .aim = [&](const std::vector<std::uint64_t>& aims) { keeping_->aim(aims); },
        .prepare =
            [&](std::size_t i, std::uint64_t runs) {
              if (comparison_) comparison_->make_room(i, runs);
            },
        .differences = [&] { return comparison_->differences(); },
        .compared = comparison_ ? comparison_->outcomes() : std::vector<model::OutcomeInfo>{},
        .expect = [&](std::uint64_t runs) { progress.expect(runs); },
        .console = console_};
    const std::unique_ptr<Ranks> sole =
        !ranks_ && keeping_->runs_with_ranges() > keeping_->runs() ? sole_rank() : nullptr;
    Ranks* const ranks = sole ? sole.get() : ranks_.get();
    CourseEnd end = options_.shard             ? run_shard(setting, *options_.shard)
                    : !options_.shards.empty() ? merge_shards(setting, options_.shards, files, comparison())
                    : ranks                    ? run_on_ranks(rank_setting(*ranks), setting, files, *keeping_)
                                               : StudyCourse(setting).run();
    if (!options_.quiet) progress.finish();
    return end;
  }

  /// @throws ContinuationError if it can't go on from where it was
  std::unique_ptr<experiment::OpenStudy> open_study(std::size_t alternative, StudyFiles& files,
                                                    experiment::ProgressWatcher watcher) {
    const experiment::StudySink sink =
        comparison_ ? comparison_->keep(alternative, files.sink(alternative)) : files.sink(alternative);
    auto study = std::make_unique<experiment::OpenStudy>(
        models_[alternative].model, plan_, experiment::StudyResources{options_.threads}, sink, std::move(watcher),
        Interruption::requested(), keeping_->keeper(alternative));
    const std::uint64_t kept = keeping_->begin_study(alternative, *study);
    if (const std::uint64_t runs = kept + keeping_->runs_in_ranges(alternative); runs > 0) {
      console_.info(fmt::format("going on from {} replications{}", with_thousands(runs),
                                models_.size() == 1 ? "" : " of " + models_[alternative].alternative));
    } else if (continuation_) {
      continuation_->resume(alternative, *study, files, comparison(), plan_.replications);
    }
    return study;
  }

  /// Writes all files but the record.
  bool write(StudyFiles& files, const CourseEnd& end) {
    std::vector<const StudyResult*> results;
    std::vector<store::ContinuationView> parts;
    for (std::size_t i = 0; i < end.studies.size(); ++i) {
      results.push_back(&end.studies[i].result);
      parts.push_back({models_[i].alternative, end.studies[i].state});
      record_.identity.samples =
          i == 0 ? end.studies[i].samples : std::max(record_.identity.samples, end.studies[i].samples);
    }
    record_.precision = end.precision;
    record_.selection = end.selection;
    if (options_.shard) return files.gather() && files.add_continuation(kShardFile, parts);
    if (!files.gather() || !files.write_results(results)) return false;
    if (comparison_) comparison_->finish();
    if (comparison_ && !files.add(store::kDifferencesFile, comparison_->file_text())) return false;
    return files.add_continuation(store::kContinuationFile, parts);
  }

  int failed(const CourseEnd& end, const std::string& what) {
    keep(end);
    return failed(what);
  }

  int failed(const std::string& what) {
    const std::string kept = merges() && !store::interrupted_commit(directory_)
                                 ? "the shards are as they were, and the same command merges them"
                                 : words_after_failure(directory_, keeping_ ? keeping_->runs_with_ranges() : 0);
    console_.error(what + "; " + kept);
    return kInternalError;
  }

  int interrupted(const CourseEnd& end) {
    Interruption::stopped();
    keep(end);
    console_.error(words_if_interrupted(record_.counts.runs));
    return kInterrupted;
  }

  /// Whether it puts shards together: they stay, so nothing else is kept.
  [[nodiscard]] bool merges() const { return !options_.shards.empty(); }

  [[nodiscard]] std::string words_if_interrupted(std::uint64_t done) const {
    if (merges()) return "interrupted; the shards are as they were, and the same command merges them";
    return words_after_interruption(keeping_->runs_with_ranges(), done, all_runs());
  }

  const RunOptions& options_;
  const std::vector<study::Variant>& inputs_;
  Console& console_;
  experiment::StudyPlan plan_;
  store::DirectoryPath path_{""};
  std::string directory_;              ///< the same for messages
  store::FileBatch::Check unchanged_;  ///< since it was looked at
  store::StudyRecord record_;
  std::vector<StudyModel> models_;
  std::optional<Comparison> comparison_;
  bool is_written_ = false;
  bool goes_on_ = false;          ///< with what an interrupted command left
  std::unique_ptr<Ranks> ranks_;  ///< if this process is one of several
  bool ended_ranks_ = false;
  std::unique_ptr<StudyKeeping> keeping_;     ///< of the study, once it runs
  std::optional<Continuation> continuation_;  ///< of the study that the directory holds, if it is gone on with
};

}  // namespace

int run_study_command(const RunOptions& options, const std::vector<study::Variant>& inputs,
                      const std::vector<std::string>& words, Console& console) {
  return StudyRun(options, inputs, words, console).run();
}

}  // namespace materiel::cli
