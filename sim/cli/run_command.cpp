#include <chrono>
#include <filesystem>

#include <fmt/format.h>

#include <materiel/report/json_text.h>
#include <materiel/report/study_directory.h>
#include <materiel/report/text.h>

#include "cli/build_facts.h"
#include "cli/commands.h"
#include "cli/dry_run.h"
#include "cli/exit_codes.h"
#include "cli/interruption.h"
#include "cli/progress_line.h"
#include "cli/scenario_input.h"
#include "cli/study_files.h"
#include "cli/study_tables_text.h"

namespace materiel::cli {
namespace {

using experiment::StudyResult;
using State = report::DirectoryFinding::State;

std::string grouped(std::uint64_t count) {
  return report::with_thousands(std::to_string(count));
}

/// One `materiel run`, from a compiled scenario to its files.
class StudyRun {
 public:
  StudyRun(const RunOptions& options, const ScenarioInput& input, const std::vector<std::string>& words,
           Console& console)
      : options_(options), input_(input), console_(console) {
    plan_.seed = options.seed;
    plan_.samples = options.samples;
    plan_.replications = options.replications;
    plan_.limits.max_events = options.max_events;
    directory_ = options.directory.empty() ? "out/" + input.spec->name : options.directory;
    describe(words);
  }

  int run() {
    const report::DirectoryFinding finding = report::inspect_study_directory(directory_, record_.identity);
    if (options_.dry_run) return dry_run(finding);
    switch (finding.state) {
      case State::taken:
        console_.error(finding.explanation);
        return kInternalError;
      case State::complete:
        console_.info(fmt::format("{} holds this very study already: nothing to do", directory_));
        return finding.record->counts.failed > 0 ? kRunsFailed : kDone;
      case State::damaged:
        console_.warn(fmt::format("{} holds this study, but {}: running it again", directory_, finding.explanation));
        break;
      case State::free:
        break;
    }
    return simulate();
  }

 private:
  /// Fills in what is known before the first run.
  void describe(const std::vector<std::string>& words) {
    const scenario::Spec& spec = *input_.spec;
    record_.command = words;
    record_.scenario = {spec.name, spec.title, spec.file, input_.source, spec.start.iso(), spec.end.iso()};
    report::StudyIdentity& identity = record_.identity;
    identity.scenario_sha256 = report::sha256_of_text(input_.source);
    for (const scenario::Override& one : options_.overrides) identity.overrides.push_back(one.path + "=" + one.value);
    identity.seed = plan_.seed;
    identity.samples = plan_.samples;
    identity.replications = plan_.replications;
    identity.max_events = plan_.limits.max_events;
    identity.version = kVersion;
    record_.parameters = input_.model->parameters();
    record_.outcomes = input_.model->outcomes();
    record_.build = build_facts();
    record_.host = report::this_host();
  }

  [[nodiscard]] std::string what_runs() const {
    return fmt::format("{} runs ({} sample{}, {} replication{} each), seed {}", grouped(plan_.runs()),
                       grouped(plan_.samples), plan_.samples == 1 ? "" : "s", grouped(plan_.replications),
                       plan_.replications == 1 ? "" : "s", plan_.seed);
  }

  int dry_run(const report::DirectoryFinding& finding) {
    const char* there = finding.state == State::complete  ? "which holds this very study already"
                        : finding.state == State::damaged ? "which holds this study, with changed or missing files"
                        : finding.state == State::taken   ? "which is refused"
                                                          : "which is free";
    console_.print(fmt::format("scenario   {} ({})\nruns       {}\nfiles      into {}, {}\n{}", record_.scenario.name,
                               record_.scenario.file, what_runs(), directory_, there,
                               cost_estimate(input_.model, plan_, options_.threads)));
    if (finding.state != State::taken) return kDone;
    console_.error(finding.explanation);
    return kInternalError;
  }

  int simulate() {
    const Interruption interruption;
    StudyFiles files(input_.model);
    if (!files.open(directory_)) return failed(files.error());
    console_.info(fmt::format("{}: {}, {} thread{}", record_.scenario.name, what_runs(), options_.threads,
                              options_.threads == 1 ? "" : "s"));
    record_.times.started = report::utc_now();
    record_.times.threads = options_.threads;
    const auto started = std::chrono::steady_clock::now();
    const StudyResult result = run_study(files.sink(), interruption.requested());
    if (result.status == StudyResult::Status::write_failed) return failed(files.error());
    if (result.status == StudyResult::Status::interrupted) return interrupted(result.runs_done);
    if (!files.write_results(result)) return failed(files.error());
    record_.counts = {result.runs_done, result.runs_failed, result.events};
    record_.failures = result.failures;
    record_.times.wall_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    if (interruption.requested()) return interrupted(result.runs_done);
    if (!files.commit(record_)) return failed(files.error());
    return tell(result);
  }

  StudyResult run_study(const experiment::StudySink& sink, const std::atomic<bool>& stop) {
    ProgressLine progress(plan_.runs(), console_);
    experiment::ProgressWatcher watcher;
    if (!options_.quiet) watcher = [&progress](std::uint64_t done) { progress.update(done); };
    StudyResult result = experiment::run_study(input_.model, plan_, {options_.threads}, sink, watcher, stop);
    if (!options_.quiet) progress.finish();
    return result;
  }

  int failed(const std::string& what) {
    console_.error(fmt::format("{}; nothing was kept", what));
    return kInternalError;
  }

  int interrupted(std::uint64_t done) {
    console_.error(
        fmt::format("interrupted after {} of {} replications; nothing was kept", grouped(done), grouped(plan_.runs())));
    return kInterrupted;
  }

  int tell(const StudyResult& result) {
    if (options_.json) {
      console_.print(report::summary_text(record_, directory_, result.summary));
    } else if (!options_.quiet) {
      console_.print(result_tables(record_.outcomes, input_.model->start(), result.summary));
      console_.print(fmt::format("{} runs, {} events in {}, into {}:\n", grouped(result.runs_done),
                                 grouped(result.events), duration_text(record_.times.wall_seconds), directory_));
      for (const report::FileBatch::File& file : record_.files) console_.print("  " + file.name + "\n");
      console_.print(fmt::format("  {}\n", report::kRecordFile));
    }
    if (result.runs_failed == 0) return kDone;
    const std::string first = result.failures.empty()
                                  ? std::string()
                                  : fmt::format("; the first, run {}, on day {:.6g}: {}", result.failures.front().run,
                                                result.failures.front().day, result.failures.front().what);
    console_.error(fmt::format("{} of {} runs failed{} (failures in {}/{})", grouped(result.runs_failed),
                               grouped(result.runs_done), first, directory_, report::kRecordFile));
    return kRunsFailed;
  }

  const RunOptions& options_;
  const ScenarioInput& input_;
  Console& console_;
  experiment::StudyPlan plan_;
  std::string directory_;
  report::StudyRecord record_;
};

}  // namespace

int run_command(const RunOptions& options, const std::vector<std::string>& words, Console& console) {
  if (options.quiet) console.be_quiet();
  const std::optional<ScenarioInput> input = read_scenario(options.scenario, options.overrides, console);
  if (!input) return kUsage;
  console.show(input->diagnostics, input->source);
  if (!input->model) return kInvalidScenario;
  return StudyRun(options, *input, words, console).run();
}

}  // namespace materiel::cli
