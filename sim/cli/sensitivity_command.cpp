#include <cstdint>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include <materiel/base/names.h>
#include <materiel/render/cost_text.h>
#include <materiel/render/json_text.h>
#include <materiel/render/sensitivity_text.h>
#include <materiel/store/directory.h>
#include <materiel/study/load.h>
#include <materiel/study/sensitivity.h>

#include "cli/default_directory.h"
#include "cli/exit_codes.h"
#include "cli/given_analysis.h"
#include "cli/progress_line.h"
#include "cli/requests.h"
#include "cli/sensitivity_options.h"
#include "cli/show_loaded.h"
#include "cli/study_ending.h"

namespace materiel::cli {
namespace {

using Method = SensitivityOptions::Method;

/// out/NAME-METHOD, of an alternative out/NAME-ALTERNATIVE-METHOD.
std::string sensitivity_directory(const SensitivityOptions& options, const study::Variant& variant) {
  if (!options.directory.empty()) return options.directory;
  std::string suffix;
  if (variant.name != study::kBase) suffix = fmt::format("-{}", distinct_word(variant.name));
  suffix += fmt::format("-{}", method_name(options.method));
  return default_directory(variant.spec->name, suffix);
}

study::SensitivityRequest sensitivity_request_of(const SensitivityOptions& options, study::Scenario scenario,
                                                 const std::vector<std::string>& words) {
  study::SensitivityRequest request;
  if (options.method == Method::sobol)
    request.method = study::SobolMethod{options.samples, options.second_order};
  else
    request.method = study::MorrisMethod{options.samples, options.levels};
  request.groups = options.groups;
  request.group_by_source = options.group_by_source;
  request.outcomes = options.outcomes;
  request.milestones = options.milestones;
  request.seed = options.seed;
  request.limits.max_events = options.max_events;
  request.keep_runs = options.keep_runs;
  request.store = {sensitivity_directory(options, scenario.first()),
                   if_taken(!options.directory.empty(), options.overwrite)};
  request.read_stored = options.json;
  request.caller = caller_of(words);
  request.scenario = std::move(scenario);
  return request;
}

/// Shows why an analysis has no result, and with which options correlated parameters can be analysed.
int show_sensitivity_error(study::Error error, Console& console) {
  if (!error.hint.empty())
    error.what += fmt::format(" (--group {}), or use --method given on the runs of 'materiel run'", error.hint);
  return show_error(error, console);
}

int show_sensitivity_preview(const study::SensitivityRequest& request, const study::RunResources& resources,
                             Console& console) {
  const study::Expected<study::RunPreview> preview = study::preview(request, resources, observer_of(console));
  if (!preview) return show_sensitivity_error(preview.error(), console);
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
int show_sensitivity_result(const study::SensitivityResult& result, const SensitivityOptions& options,
                            Console& console) {
  const store::StudyRecord& record = result.record;
  const bool is_computed = result.state == study::SensitivityResult::State::computed;
  if (result.counts_unreached) console.info("--milestones reached analyses whether milestones are reached");
  if (options.json) {
    std::vector<render::NamedTable> tables;
    for (const study::SensitivityTable& table : result.tables) tables.push_back({table.file, table.csv});
    console.print(render::tables_text(record.directory, tables));
  } else if (is_computed && !options.quiet) {
    console.print(render::sensitivity_text(result));
    console.print(words_of_files(record));
  }
  if (!is_computed) return exit_code_of(record);
  if (record.counts.failed == 0) return kDone;
  console.error(words_of_failures(record));
  return kRunsFailed;
}

int run_sensitivity(const study::SensitivityRequest& request, const study::RunResources& resources,
                    const SensitivityOptions& options, Console& console) {
  ProgressLine progress(0, console);
  std::uint64_t all = 0;
  study::Observer observer = observer_of(console);
  if (!options.quiet)
    observer.progress = [&](const study::Progress& now) {
      if (now.all != all) progress.expect(all = now.all);
      progress.update(now.runs);
    };
  const study::Expected<study::SensitivityResult> result = study::sensitivity(request, resources, observer);
  if (!options.quiet) progress.finish();
  return result ? show_sensitivity_result(*result, options, console) : show_sensitivity_error(result.error(), console);
}

}  // namespace

int sensitivity_command(const SensitivityOptions& options, const std::vector<std::string>& words, Console& console) {
  if (options.quiet) console.be_quiet();
  if (options.method == Method::given) return given_analysis(options, words, console);
  if (store::Directory::open(options.subject)) {
    console.error(fmt::format("{}; --method {} takes a scenario, and --method given a study's directory",
                              study::load(options.subject).error().what, method_name(options.method)));
    return kUsage;
  }
  std::vector<std::string> asked;
  if (!options.alternative.empty()) asked.push_back(options.alternative);
  int code = kDone;
  std::optional<study::Scenario> scenario =
      show_loaded(study::load(options.subject, {asked, options.overrides}), console, code);
  if (!scenario) return code;
  const study::SensitivityRequest request = sensitivity_request_of(options, *std::move(scenario), words);
  const study::RunResources resources{.threads = options.threads, .checkpoint_seconds = options.keep_seconds};
  return options.dry_run ? show_sensitivity_preview(request, resources, console)
                         : run_sensitivity(request, resources, options, console);
}

}  // namespace materiel::cli
