#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include <materiel/base/text.h>
#include <materiel/render/cost_text.h>
#include <materiel/render/json_text.h>
#include <materiel/render/missing_words.h>
#include <materiel/render/sweep_text.h>
#include <materiel/store/study_directory.h>
#include <materiel/study/estimate.h>
#include <materiel/study/kept_text.h>
#include <materiel/study/load.h>
#include <materiel/study/output_directory.h>
#include <materiel/study/study_description.h>

#include "cli/default_directory.h"
#include "cli/exit_codes.h"
#include "cli/interruption.h"
#include "cli/option_values.h"
#include "cli/progress_line.h"
#include "cli/requests.h"
#include "cli/sensitivity_factors.h"
#include "cli/show_loaded.h"
#include "cli/stored_tables.h"
#include "cli/study_ending.h"
#include "cli/sweep_files.h"
#include "cli/sweep_keeping.h"
#include "cli/sweep_models.h"
#include "cli/sweep_options.h"
#include "cli/sweep_study.h"

namespace materiel::cli {
namespace {

using experiment::StudyResult;

/// One `materiel sweep`, from points whose models have no mistakes to its files.
class SweepRun {
 public:
  SweepRun(const SweepOptions& options, const study::Scenario& read, const SweepPoints& points, SweepModels& models,
           Console& console)
      : options_(options),
        scenario_(read),
        inputs_(read.variants),
        points_(points),
        models_(models),
        console_(console),
        first_(models.model(0)) {
    plan_.seed = options.seed;
    plan_.samples = options.samples;
    plan_.replications = options.replications;
    plan_.limits.max_events = options.max_events;
    directory_ =
        options.directory.empty() ? default_directory(inputs_.front().spec->name, "-sweep") : options.directory;
  }

  int run(const std::string& design, const std::vector<std::string>& words) {
    OutcomeChoice outcomes = choose_outcomes(first_->outcomes(), options_.outcomes);
    if (!outcomes.error.empty() && !options_.outcomes.empty()) {
      console_.error(outcomes.error);
      return kUsage;
    }
    shown_ = std::move(outcomes.chosen);
    record_ = study::describe_study(scenario_, plan_, caller_of(words));
    record_.directory = directory_;
    record_.identity.analysis = design;
    record_.parameters = first_->parameters();
    const study::OutputDirectory place(directory_, record_.identity, !options_.dry_run,
                                       if_taken(!options_.directory.empty(), options_.overwrite));
    if (options_.dry_run && !place.refused()) return dry_run(place);
    if (const std::optional<int> code = settle(place, "sweep", console_))
      return place.is_complete() && options_.json
                 ? print_stored(directory_, {"points.csv", "summary.csv"}, *code, console_)
                 : *code;
    goes_on_ = place.is_unfinished();
    unchanged_ = place.unchanged();
    const int code = simulate();
    if (is_written_) place.remove_overwritten(record_, observer_of(console_));
    return code;
  }

 private:
  [[nodiscard]] std::uint64_t all_runs() const { return plan_.runs() * points_.values.size(); }

  [[nodiscard]] std::string what_runs() const {
    return fmt::format("{} runs ({} points, {} sample{}, {} replication{} each), seed {}", with_thousands(all_runs()),
                       with_thousands(points_.values.size()), with_thousands(plan_.samples),
                       plan_.samples == 1 ? "" : "s", with_thousands(plan_.replications),
                       plan_.replications == 1 ? "" : "s", plan_.seed);
  }

  /// Whether series.csv is written, which has a row for each point, metric and date.
  [[nodiscard]] bool wants_series() const {
    constexpr std::uint64_t kMostRows = 2'000'000;  // some 300 MB
    if (options_.no_series) return false;
    const std::uint64_t rows = points_.values.size() * first_->metrics().size() * first_->observation_days().size();
    if (rows > kMostRows)
      console_.warn(fmt::format("series.csv would have {} rows, more than {}: it is left out", with_thousands(rows),
                                with_thousands(kMostRows)));
    return rows <= kMostRows;
  }

  int dry_run(const study::OutputDirectory& place) {
    console_.print(
        fmt::format("scenario   {} ({})\nruns       {}\nfiles      into {}, {}\n{}", record_.scenario.name,
                    record_.scenario.file, what_runs(), directory_, place.words(),
                    render::cost_text(study::estimate({first_, plan_, points_.values.size(), options_.threads}),
                                      options_.threads)));
    return kDone;
  }

  int simulate() {
    SweepFiles files(inputs_.front().name, points_, wants_series());
    record_.outcomes = first_->outcomes();
    if (!files.open(directory_, unchanged_)) return failed(files.error());
    console_.info(fmt::format("{}: {}, {} thread{}", record_.scenario.name, what_runs(), options_.threads,
                              options_.threads == 1 ? "" : "s"));
    record_.times.started = store::utc_now();
    record_.times.threads = options_.threads;
    const auto started = std::chrono::steady_clock::now();
    render::SweepTable table(first_->outcomes(), first_->parameters(), shown_, {points_.paths, points_.values});
    SweepKeeping keeping(files, progress_, plan_.samples * points_.values.size(), options_.keep_seconds,
                         options_.threads, console_);
    const Interruption interruption(Interruption::Manner::asked,
                                    [&] { return study::kept_after_interruption(keeping.runs(), 0, all_runs()); });
    if (goes_on_ ? !keeping.go_on(*first_) : !keeping.begin(store::record_text(record_), *first_))
      return failed(files.error());
    if (progress_.points > 0) table.set_rows(progress_.rows);
    if (keeping.runs() > 0) console_.info(study::resumed_text(keeping.runs()));
    const StudyResult::Status status = run_points(files, keeping, table, Interruption::requested());
    if (status == StudyResult::Status::write_failed) return failed(files.error(), &keeping);
    if (const Diagnostics wrong = models_.late_mistakes(); !wrong.empty()) {
      Interruption::stopped();
      keeping.keep_last();
      console_.show(wrong, inputs_.front().source);
      return kInvalidScenario;
    }
    if (status == StudyResult::Status::interrupted || Interruption::requested()) {
      Interruption::stopped();
      keeping.keep_last();
      console_.error(
          study::kept_after_interruption(keeping.runs(), std::max(keeping.runs(), progress_.runs), all_runs()));
      return kInterrupted;
    }
    record_.counts = {progress_.runs, progress_.failed, progress_.events};
    record_.failures = progress_.failures;
    record_.alternatives.front().failed = progress_.failed;
    record_.times.wall_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    if (!files.commit(record_)) return failed(files.error(), &keeping);
    is_written_ = true;
    return tell(files, table);
  }

  StudyResult::Status run_points(SweepFiles& files, SweepKeeping& keeping, render::SweepTable& table,
                                 const std::atomic<bool>& stop) {
    ProgressLine progress(all_runs(), console_);
    const StudyResult::Status status = run_sweep(
        {.points = points_.values.size(),
         .first = progress_.points,
         .plan = plan_,
         .threads = options_.threads,
         .make =
             [&](std::size_t point) {
               return SweepPointRun{models_.model(point), files.sink(point)};
             },
         .take =
             [&](std::size_t point, const model::Model& model, const StudyResult& result) {
               if (!files.write_summary(point, first_->outcomes(), result.summary) ||
                   !files.write_dates(point, model, result))
                 return false;
               note(point, result);
               table.add(point, result.summary);
               if (progress_.rows.size() < table.rows().size()) progress_.rows = table.rows();
               keeping.done();
               return true;
             },
         .progress = options_.quiet ? nullptr : &progress,
         .stop = stop,
         .keeper = keeping.keeper(),
         .state = keeping.state(),
         .interrupted = [&](std::uint64_t runs, std::string state) { keeping.keep_last(runs, std::move(state)); }});
    if (!options_.quiet) progress.finish();
    return status;
  }

  /// Keeps the counts and the first failures of a point for the record.
  void note(std::size_t point, const StudyResult& result) {
    constexpr std::size_t kMostFailures = 100;
    progress_.points = point + 1;
    progress_.runs += result.runs_done;
    progress_.failed += result.runs_failed;
    progress_.events += result.events;
    for (experiment::RunFailure failure : result.failures) {
      if (progress_.failures.size() == kMostFailures) return;
      failure.alternative = inputs_.front().name;
      failure.what = fmt::format("at point {} ({}): {}", point, points_.words(point), failure.what);
      progress_.failures.push_back(std::move(failure));
    }
  }

  int failed(const std::string& what, SweepKeeping* keeping = nullptr) {
    if (keeping) keeping->keep_last();
    console_.error(what + "; " + study::kept_after_failure(directory_, keeping ? keeping->runs() : 0));
    return kInternalError;
  }

  int tell(const SweepFiles& files, const render::SweepTable& table) {
    if (options_.json) {
      console_.print(
          render::tables_text(directory_, {{"points.csv", points_table(points_)}, {"summary.csv", files.summary()}}));
    } else if (!options_.quiet) {
      console_.print(table.text());
      console_.print(words_of_files(record_));
    }
    for (const render::MissingOutcome& one : render::missing_outcomes(record_.outcomes, files.summary()))
      console_.warn(render::missing_words(one, " of all points"));
    if (record_.counts.failed == 0) return kDone;
    console_.error(words_of_failures(record_));
    return kRunsFailed;
  }

  const SweepOptions& options_;
  const study::Scenario& scenario_;
  const std::vector<study::Variant>& inputs_;
  const SweepPoints& points_;
  SweepModels& models_;
  Console& console_;
  std::shared_ptr<const model::Model> first_;
  experiment::StudyPlan plan_;
  std::string directory_;
  std::vector<std::size_t> shown_;  // outcomes of the table
  store::StudyRecord record_;
  experiment::SweepProgress progress_;
  bool is_written_ = false;
  bool goes_on_ = false;               ///< with what an interrupted command left
  store::FileBatch::Check unchanged_;  ///< since the directory was looked at
};

/// The points, or nothing and a message.
std::optional<SweepPoints> points_of(const SweepOptions& options, std::string& design, Console& console) {
  if (options.plan.kind != SweepPlan::Kind::file) return sweep_points(options.plan);
  std::string error;
  const std::optional<std::string> text = store::read_named_file(options.plan.file, error, scenario::kLargestFile);
  std::vector<std::string> mistakes;
  if (!text) mistakes.push_back(error);
  SweepPoints points;
  if (text) points = read_points(options.plan.file, *text, mistakes);
  for (const scenario::Override& set : options.overrides)
    for (const std::string& path : points.paths)
      if (full_path(set.path) == path) mistakes.push_back(fmt::format("{} is in --set and in the points", path));
  constexpr std::size_t kMostShown = 20;
  for (std::size_t i = 0; i < std::min(mistakes.size(), kMostShown); ++i) console.error(mistakes[i]);
  if (mistakes.size() > kMostShown) console.error(fmt::format("and {} more", mistakes.size() - kMostShown));
  if (!mistakes.empty()) return std::nullopt;
  design += " " + store::sha256_of_text(*text);
  return points;
}

}  // namespace

int sweep_command(const SweepOptions& options, const std::vector<std::string>& words, Console& console) {
  if (options.quiet) console.be_quiet();
  std::string design = options.design;
  const std::optional<SweepPoints> points = points_of(options, design, console);
  if (!points) return kUsage;
  if (points->values.size() > kMostRuns / options.replications / options.samples) {
    console.error(
        fmt::format("{} points with {} samples of {} replications each are more than {} runs, the most that "
                    "a sweep may have",
                    points->values.size(), options.samples, options.replications, kMostRuns));
    return kUsage;
  }
  std::vector<std::string> asked;
  if (!options.alternative.empty()) asked.push_back(options.alternative);
  int code = kDone;
  const auto scenario = show_loaded(study::load(options.scenario, {asked, options.overrides}), console, code);
  if (!scenario) return code;
  const std::string& source = scenario->first().source;
  SweepModels models(options, *points, source);
  const Diagnostics mistakes = models.mistakes();
  console.show(mistakes, source);
  if (!mistakes.empty()) return kInvalidScenario;
  return SweepRun(options, *scenario, *points, models, console).run(design, words);
}

}  // namespace materiel::cli
