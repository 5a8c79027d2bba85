#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include <materiel/render/cost_text.h>
#include <materiel/render/json_text.h>
#include <materiel/render/missing_words.h>
#include <materiel/render/sweep_text.h>
#include <materiel/store/study_directory.h>
#include <materiel/study/load.h>
#include <materiel/study/sweep.h>

#include "cli/default_directory.h"
#include "cli/exit_codes.h"
#include "cli/progress_line.h"
#include "cli/requests.h"
#include "cli/show_loaded.h"
#include "cli/study_ending.h"
#include "cli/sweep_options.h"

namespace materiel::cli {
namespace {

/// The points, or nothing and a message.
std::optional<study::SweepPoints> sweep_points_of(const SweepOptions& options, Console& console) {
  if (options.plan.kind != study::SweepPlan::Kind::file) return study::sweep_points(options.plan);
  std::string error;
  const std::optional<std::string> text = store::read_named_file(options.plan.file, error, scenario::kLargestFile);
  std::vector<std::string> mistakes;
  if (!text) mistakes.push_back(error);
  study::SweepPoints points;
  if (text) points = study::read_points(options.plan.file, *text, mistakes);
  for (const scenario::Override& set : options.overrides)
    for (const std::string& path : points.paths)
      if (study::full_path(set.path) == path) mistakes.push_back(fmt::format("{} is in --set and in the points", path));
  constexpr std::size_t kMostShown = 20;
  for (std::size_t i = 0; i < std::min(mistakes.size(), kMostShown); ++i) console.error(mistakes[i]);
  if (mistakes.size() > kMostShown) console.error(fmt::format("and {} more", mistakes.size() - kMostShown));
  if (!mistakes.empty()) return std::nullopt;
  return points;
}

experiment::StudyPlan sweep_plan_of(const SweepOptions& options) {
  experiment::StudyPlan plan;
  plan.seed = options.seed;
  plan.samples = options.samples;
  plan.replications = options.replications;
  plan.limits.max_events = options.max_events;
  return plan;
}

study::SweepRequest sweep_request_of(const SweepOptions& options, study::SweepPoints points, study::Scenario scenario,
                                     const std::vector<std::string>& words) {
  study::SweepRequest request;
  const std::string directory =
      options.directory.empty() ? default_directory(scenario.first().spec->name, "-sweep") : options.directory;
  request.points = std::move(points);
  request.plan = sweep_plan_of(options);
  request.with_series = !options.no_series;
  request.outcomes = options.outcomes;
  request.store = {directory, if_taken(!options.directory.empty(), options.overwrite)};
  request.read_stored = options.json;
  request.caller = caller_of(words);
  request.scenario = std::move(scenario);
  return request;
}

/// Shows why a sweep has no result, and which values of its points led to it.
int show_sweep_error(study::Error error, const study::SweepPoints& points, Console& console) {
  for (study::FileDiagnostics& file : error.diagnostics)
    for (Diagnostic& one : file.diagnostics)
      for (const std::string& path : points.paths)
        if (one.file.starts_with(path + "=")) one.file.insert(0, "--vary ");
  return show_error(error, console);
}

int show_sweep_preview(const study::SweepRequest& request, const study::RunResources& resources, Console& console) {
  const study::Expected<study::RunPreview> preview = study::preview(request, resources);
  if (!preview) return show_sweep_error(preview.error(), request.points, console);
  if (!preview->refusal.empty()) {
    console.error(preview->refusal);
    return kInternalError;
  }
  console.print(fmt::format("scenario   {} ({})\nruns       {}\nfiles      into {}, {}\n{}",
                            preview->record.scenario.name, preview->record.scenario.file, preview->runs,
                            preview->record.directory, preview->directory,
                            render::cost_text(preview->cost, resources.threads)));
  return kDone;
}

/// @return what to exit with
int show_sweep_result(const study::SweepResult& result, const SweepOptions& options, Console& console) {
  const store::StudyRecord& record = result.record;
  const bool is_computed = result.state == study::SweepResult::State::computed;
  if (options.json) {
    console.print(render::tables_text(record.directory,
                                      {{"points.csv", result.points_csv}, {"summary.csv", result.summary_csv}}));
  } else if (is_computed && !options.quiet) {
    console.print(render::sweep_text(result));
    console.print(words_of_files(record));
  }
  if (!is_computed) return exit_code_of(record);
  for (const render::MissingOutcome& one : render::missing_outcomes(result))
    console.warn(render::missing_words(one, " of all points"));
  if (record.counts.failed == 0) return kDone;
  console.error(words_of_failures(record));
  return kRunsFailed;
}

int run_sweep(const study::SweepRequest& request, const study::RunResources& resources, const SweepOptions& options,
              Console& console) {
  ProgressLine progress(request.plan.runs() * request.points.values.size(), console);
  study::Observer observer = observer_of(console);
  if (!options.quiet) observer.progress = [&progress](const study::Progress& now) { progress.update(now.runs); };
  const study::Expected<study::SweepResult> result = study::sweep(request, resources, observer);
  if (!options.quiet) progress.finish();
  return result ? show_sweep_result(*result, options, console)
                : show_sweep_error(result.error(), request.points, console);
}

}  // namespace

int sweep_command(const SweepOptions& options, const std::vector<std::string>& words, Console& console) {
  if (options.quiet) console.be_quiet();
  std::optional<study::SweepPoints> points = sweep_points_of(options, console);
  if (!points) return kUsage;
  if (const std::string mistake = study::too_many_runs(*points, sweep_plan_of(options)); !mistake.empty()) {
    console.error(mistake);
    return kUsage;
  }
  std::vector<std::string> asked;
  if (!options.alternative.empty()) asked.push_back(options.alternative);
  int code = kDone;
  std::optional<study::Scenario> scenario =
      show_loaded(study::load(options.scenario, {asked, options.overrides}), console, code);
  if (!scenario) return code;
  const study::SweepRequest request = sweep_request_of(options, *std::move(points), *std::move(scenario), words);
  const study::RunResources resources{.threads = options.threads, .checkpoint_seconds = options.keep_seconds};
  return options.dry_run ? show_sweep_preview(request, resources, console)
                         : run_sweep(request, resources, options, console);
}

}  // namespace materiel::cli
