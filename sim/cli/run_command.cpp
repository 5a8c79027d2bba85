#include <chrono>

#include <fmt/format.h>

#include <materiel/report/difference_tables.h>
#include <materiel/report/json_text.h>
#include <materiel/report/study_directory.h>
#include <materiel/report/text.h>

#include "cli/alternative_inputs.h"
#include "cli/commands.h"
#include "cli/comparison.h"
#include "cli/comparison_text.h"
#include "cli/dry_run.h"
#include "cli/exit_codes.h"
#include "cli/interruption.h"
#include "cli/progress_line.h"
#include "cli/study_description.h"
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
  StudyRun(const RunOptions& options, const std::vector<AlternativeInput>& inputs,
           const std::vector<std::string>& words, Console& console)
      : options_(options), inputs_(inputs), console_(console) {
    plan_.seed = options.seed;
    plan_.samples = options.samples;
    plan_.replications = options.replications;
    plan_.limits.max_events = options.max_events;
    directory_ = options.directory.empty() ? "out/" + inputs.front().input.spec->name : options.directory;
    record_ = describe_study(inputs_, options.overrides, plan_, words);
    record_.directory = directory_;
  }

  int run() {
    if (options_.comparison && !prepare_comparison()) return kUsage;
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
  [[nodiscard]] std::vector<StudyModel> models() const {
    std::vector<StudyModel> models;
    for (const AlternativeInput& one : inputs_) models.push_back({one.name, one.input.model});
    return models;
  }

  bool prepare_comparison() {
    std::string error;
    if (inputs_.size() < 2) {
      error = fmt::format("{} has nothing to compare: name two alternatives of it, or write some ([alternative.NAME])",
                          record_.scenario.file);
    } else {
      comparison_ = Comparison::make(*options_.comparison, models(), StudyFiles(models()).outcomes(), plan_, error);
    }
    if (comparison_) record_.identity.comparison = comparison_->description();
    if (!comparison_) console_.error(error);
    return comparison_.has_value();
  }

  [[nodiscard]] std::string what_runs() const {
    const std::string each = inputs_.size() == 1 ? std::string{} : fmt::format("{} alternatives, ", inputs_.size());
    return fmt::format("{}{} runs ({} sample{}, {} replication{} each), seed {}", each, grouped(all_runs()),
                       grouped(plan_.samples), plan_.samples == 1 ? "" : "s", grouped(plan_.replications),
                       plan_.replications == 1 ? "" : "s", plan_.seed);
  }

  [[nodiscard]] std::uint64_t all_runs() const { return plan_.runs() * inputs_.size(); }

  int dry_run(const report::DirectoryFinding& finding) {
    const char* there = finding.state == State::complete  ? "which holds this very study already"
                        : finding.state == State::damaged ? "which holds this study, with changed or missing files"
                        : finding.state == State::taken   ? "which is refused"
                                                          : "which is free";
    console_.print(fmt::format("scenario   {} ({})\nruns       {}\nfiles      into {}, {}\n{}", record_.scenario.name,
                               record_.scenario.file, what_runs(), directory_, there,
                               cost_estimate(inputs_.front().input.model, plan_, inputs_.size(), options_.threads)));
    if (finding.state != State::taken) return kDone;
    console_.error(finding.explanation);
    return kInternalError;
  }

  int simulate() {
    const Interruption interruption;
    StudyFiles files(models());
    record_.outcomes = files.outcomes();
    if (!files.open(directory_)) return failed(files.error());
    console_.info(fmt::format("{}: {}, {} thread{}", record_.scenario.name, what_runs(), options_.threads,
                              options_.threads == 1 ? "" : "s"));
    record_.times.started = report::utc_now();
    record_.times.threads = options_.threads;
    const auto started = std::chrono::steady_clock::now();
    ProgressLine progress(all_runs(), console_);
    std::vector<StudyResult> results;
    for (std::size_t i = 0; i < inputs_.size(); ++i) {
      const experiment::StudySink sink = comparison_ ? comparison_->keep(i, files.sink(i)) : files.sink(i);
      results.push_back(run_study(i, sink, progress, interruption.requested()));
      const StudyResult& result = results.back();
      record_.counts.runs += result.runs_done;
      if (result.status == StudyResult::Status::write_failed) return failed(files.error());
      if (result.status == StudyResult::Status::interrupted) return interrupted(record_.counts.runs);
      note(i, result);
    }
    if (!files.write_results(results)) return failed(files.error());
    if (comparison_) comparison_->finish();
    if (comparison_ && !files.add(report::kDifferencesFile, comparison_->file_text())) return failed(files.error());
    record_.times.wall_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    if (interruption.requested()) return interrupted(record_.counts.runs);
    if (!files.commit(record_)) return failed(files.error());
    return tell(results);
  }

  /// Keeps the counts and failures of an alternative for the record.
  void note(std::size_t alternative, const StudyResult& result) {
    record_.alternatives[alternative].failed = result.runs_failed;
    record_.counts.failed += result.runs_failed;
    record_.counts.events += result.events;
    for (experiment::RunFailure failure : result.failures) {
      failure.alternative = inputs_[alternative].name;
      record_.failures.push_back(std::move(failure));
    }
  }

  StudyResult run_study(std::size_t alternative, const experiment::StudySink& sink, ProgressLine& progress,
                        const std::atomic<bool>& stop) {
    const std::uint64_t before = plan_.runs() * alternative;
    experiment::ProgressWatcher watcher;
    if (!options_.quiet) watcher = [&progress, before](std::uint64_t done) { progress.update(before + done); };
    StudyResult result =
        experiment::run_study(inputs_[alternative].input.model, plan_, {options_.threads}, sink, watcher, stop);
    if (!options_.quiet) progress.finish();
    return result;
  }

  int failed(const std::string& what) {
    console_.error(fmt::format("{}; nothing was kept", what));
    return kInternalError;
  }

  int interrupted(std::uint64_t done) {
    console_.error(
        fmt::format("interrupted after {} of {} replications; nothing was kept", grouped(done), grouped(all_runs())));
    return kInterrupted;
  }

  int tell(const std::vector<StudyResult>& results) {
    std::vector<report::AlternativeSummary> summaries;
    for (std::size_t i = 0; i < results.size(); ++i)
      summaries.push_back({inputs_[i].name, inputs_[i].input.model->outcomes(), results[i].summary});
    if (options_.json) {
      console_.print(report::summary_text(record_, directory_, summaries));
    } else if (!options_.quiet) {
      const Date start = inputs_.front().input.model->start();
      console_.print(summaries.size() == 1 ? result_tables(record_.outcomes, start, results.front().summary) +
                                                 nested_table(record_.outcomes, results.front().nested)
                                           : comparison_table(record_.outcomes, start, summaries));
      if (comparison_) console_.print(comparison_->table());
      console_.print(fmt::format("{} runs, {} events in {}, into {}:\n", grouped(record_.counts.runs),
                                 grouped(record_.counts.events), duration_text(record_.times.wall_seconds),
                                 directory_));
      for (const report::FileBatch::File& file : record_.files) console_.print("  " + file.name + "\n");
      console_.print(fmt::format("  {}\n", report::kRecordFile));
    }
    return record_.counts.failed == 0 ? kDone : tell_failures();
  }

  int tell_failures() {
    const experiment::RunFailure& first = record_.failures.front();
    console_.error(fmt::format("{} of {} runs failed; the first on day {:.6g}: {}\nIts trace: {} (all failures: {}/{})",
                               grouped(record_.counts.failed), grouped(record_.counts.runs), first.day, first.what,
                               report::replay_command(directory_, first), directory_, report::kRecordFile));
    return kRunsFailed;
  }

  const RunOptions& options_;
  const std::vector<AlternativeInput>& inputs_;
  Console& console_;
  experiment::StudyPlan plan_;
  std::string directory_;
  report::StudyRecord record_;
  std::optional<Comparison> comparison_;
};

}  // namespace

int run_command(const RunOptions& options, const std::vector<std::string>& words, Console& console) {
  if (options.quiet) console.be_quiet();
  const std::optional<AlternativeInputs> read =
      read_alternatives(options.scenario, options.overrides, options.alternatives, console);
  if (!read) return kUsage;
  console.show(read->diagnostics, read->source());
  if (!read->all_compiled()) return kInvalidScenario;
  return StudyRun(options, read->inputs, words, console).run();
}

}  // namespace materiel::cli
