#include <memory>
#include <utility>

#include <fmt/format.h>

#include <materiel/render/cost_text.h>
#include <materiel/study/load.h>
#include <materiel/study/run.h>

#include "cli/default_directory.h"
#include "cli/exit_codes.h"
#include "cli/options.h"
#include "cli/ranks.h"
#include "cli/requests.h"
#include "cli/show_loaded.h"
#include "cli/study_output.h"

namespace materiel::cli {

namespace {

study::RunRequest request_of(const RunOptions& options, study::Scenario scenario,
                             const std::vector<std::string>& words) {
  study::RunRequest request;
  request.plan.seed = options.seed;
  request.plan.samples = options.samples;
  request.plan.replications = options.replications;
  request.plan.limits.max_events = options.max_events;
  request.stop = options.stop;
  request.comparison = options.comparison;
  request.shard = options.shard;
  const std::string directory =
      options.directory.empty()
          ? default_directory(scenario.first().spec->name, options.further.empty() ? "" : "-compared")
          : options.directory;
  request.store = study::Store{directory, if_taken(!options.directory.empty(), options.overwrite)};
  request.extend = options.extend;
  request.rerun_failed = options.rerun_failed;
  request.read_stored = options.json;
  request.caller = caller_of(words);
  request.scenario = std::move(scenario);
  return request;
}

int show_preview(const study::RunRequest& request, const study::RunResources& resources, Console& console) {
  const study::Expected<study::RunPreview> preview = study::preview(request, resources);
  if (!preview) return show_error(preview.error(), console);
  console.print(fmt::format("scenario   {} ({})\nruns       {}\nfiles      into {}, {}\n{}",
                            preview->record.scenario.name, preview->record.scenario.file, preview->runs,
                            preview->record.directory, preview->directory,
                            render::cost_text(preview->cost, resources.threads)));
  if (preview->refusal.empty()) return kDone;
  console.error(preview->refusal);
  return kInternalError;
}

/// The part of the ranks but the first.
int serve_rank(const study::RunRequest& request, const study::RunResources& resources, JobRanks& ranks,
               Console& console) {
  try {
    if (const auto error = study::serve(request, resources, observer_of(console))) {
      if (error->code != study::Error::Code::interrupted) return exit_code_of(error->code);  // which rank 0 shows
      ranks.leave(kInterrupted);
    }
  } catch (const std::exception& error) {
    console.error(error.what());
    ranks.abort(kInternalError);
  }
  return kDone;
}

int run_on_rank_0(const study::RunRequest& request, const study::RunResources& resources, StudyOutput& output,
                  JobRanks& ranks, Console& console) {
  int code = kInternalError;
  bool is_whole = false;
  try {
    const study::Expected<study::RunResult> result = study::run(request, resources, output.observer());
    is_whole = result.ok() || result.error().code != study::Error::Code::failed;
    code = output.show(result);
  } catch (const std::exception& error) {
    console.error(error.what());  // the others wait for orders: they are ended below
  }
  if (code == kInterrupted) ranks.leave(code);
  if (!is_whole) ranks.abort(code);
  return code;
}

/// Joins the other ranks of this job; nothing, and a message, if it can't.
std::unique_ptr<JobRanks> join(const RunOptions& options, Console& console) {
  std::string error;
  std::unique_ptr<JobRanks> ranks;
  if (options.stop.is_open() || options.shard) {
    error = "a study on several ranks has a number of samples (-n): without --precision, --budget, --select, --shard";
  } else {
    ranks = join_ranks(error);
  }
  if (!ranks && rank_of_this_process() == 0) console.error(error);
  return ranks;
}

int run_study(const RunOptions& options, study::Scenario scenario, const std::vector<std::string>& words,
              Console& console) {
  const study::RunRequest request = request_of(options, std::move(scenario), words);
  study::RunResources resources{.threads = options.threads, .checkpoint_seconds = options.keep_seconds};
  if (options.dry_run) return rank_of_this_process() == 0 ? show_preview(request, resources, console) : kDone;
  StudyOutput output(options.quiet, options.json, console);
  if (!is_one_of_several_ranks()) return output.show(study::run(request, resources, output.observer()));
  const std::unique_ptr<JobRanks> ranks = join(options, console);
  if (!ranks) return kInternalError;
  resources.ranks = ranks.get();
  return ranks->rank() == 0 ? run_on_rank_0(request, resources, output, *ranks, console)
                            : serve_rank(request, resources, *ranks, console);
}

}  // namespace

int run_or_compare(const RunOptions& options, const std::vector<std::string>& words, Console& console) {
  if (options.quiet) console.be_quiet();
  const auto load_all = [&] {
    if (options.further.empty()) return study::load(options.scenario, {options.alternatives, options.overrides});
    std::vector<std::string> paths = {options.scenario};
    paths.insert(paths.end(), options.further.begin(), options.further.end());
    return study::load_files(paths, options.overrides);
  };
  int code = kDone;
  std::optional<study::Scenario> scenario = show_loaded(load_all(), console, code);
  return scenario ? run_study(options, *std::move(scenario), words, console) : code;
}

namespace {

Action prepare_run(const GivenOptions& given) {
  const RunOptions options = run_options_of(given);
  return [options](const auto& words, Console& console) { return run_or_compare(options, words, console); };
}

}  // namespace

Command run_row() {
  Option alternatives =
      name_pattern("--alternative", "Alternative of the scenario to run, 'base' or 'all'", "the file as it stands");
  alternatives.group = OptionGroup::scenario;
  return {.name = "run",
          .group = CommandGroup::studies,
          .one_line = "Run a Monte Carlo study of a scenario",
          .options = study_options({alternatives}),
          .examples = {{"materiel run scenario.toml", "1000 samples into out/NAME"},
                       {"materiel run scenario.toml -n 10000 --seed 7 -o out/seven", {}},
                       {"materiel run scenario.toml -n 200 --replications 50",
                        "separates epistemic (parameter) from aleatory (chance) uncertainty"},
                       {"materiel run scenario.toml --set parameter.slip.value=90", {}},
                       {"materiel run scenario.toml --alternative all",
                        "the file as it stands and every [alternative.NAME]"},
                       {"materiel run scenario.toml -n 1e6 --dry-run", "about how long it would take"},
                       {"materiel run scenario.toml --precision 'milestone.empty:median=2'",
                        "until the median is known to 2 days"},
                       {"materiel run scenario.toml -n 5000 --extend",
                        "more samples of the study in DIR, with the bytes of 5000 run at once"}},
          .notes =
              "Writes runs.csv, inputs.csv, series.csv, summary.csv, milestones.csv, ledger.csv, continuation.bin "
              "and run.json. The same command gives the same bytes on any number of threads.",
          .on_every_rank = true,
          .prepare = prepare_run};
}

}  // namespace materiel::cli
