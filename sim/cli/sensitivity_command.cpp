#include <chrono>
#include <cmath>
#include <functional>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <materiel/base/names.h>
#include <materiel/base/text.h>
#include <materiel/render/cost_text.h>
#include <materiel/render/json_text.h>
#include <materiel/render/study_tables_text.h>
#include <materiel/store/study_directory.h>
#include <materiel/study/checkpoints.h>
#include <materiel/study/estimate.h>
#include <materiel/study/kept_text.h>
#include <materiel/study/load.h>
#include <materiel/study/output_directory.h>
#include <materiel/study/study_description.h>
#include <materiel/study/study_files.h>

#include "cli/default_directory.h"
#include "cli/exit_codes.h"
#include "cli/given_analysis.h"
#include "cli/interruption.h"
#include "cli/misplaced_argument.h"
#include "cli/option_values.h"
#include "cli/progress_line.h"
#include "cli/requests.h"
#include "cli/sensitivity_factors.h"
#include "cli/sensitivity_options.h"
#include "cli/sensitivity_study.h"
#include "cli/show_loaded.h"
#include "cli/stored_tables.h"
#include "cli/study_ending.h"

namespace materiel::cli {
namespace {

using experiment::StudyResult;
using Method = SensitivityOptions::Method;

/// One `materiel sensitivity` that runs the scenario.
class SensitivityRun {
 public:
  SensitivityRun(const SensitivityOptions& options, const study::Scenario& scenario,
                 const std::vector<std::string>& words, Console& console)
      : options_(options),
        scenario_(scenario),
        inputs_(scenario.variants),
        input_(scenario.first()),
        words_(words),
        console_(console) {
    directory_ = options.directory;
    if (!directory_.empty()) return;
    const std::string whose = input_.name == study::kBase ? std::string() : "-" + distinct_word(input_.name);
    directory_ = default_directory(input_.spec->name, fmt::format("{}-{}", whose, method_name(options.method)));
  }

  int run() {
    if (!choose()) return kUsage;
    describe();
    const study::OutputDirectory place(directory_, record_.identity, !options_.dry_run,
                                       if_taken(!options_.directory.empty(), options_.overwrite));
    if (options_.dry_run && !place.refused()) return dry_run(place);
    if (const std::optional<int> code = settle(place, "analysis", console_))
      return place.is_complete() && options_.json
                 ? print_stored(directory_, {"sobol.csv", "sobol_second.csv", "morris.csv"}, *code, console_)
                 : *code;
    goes_on_ = place.is_unfinished();
    unchanged_ = place.unchanged();
    const int code = simulate();
    if (is_written_) place.remove_overwritten(record_, observer_of(console_));
    return code;
  }

 private:
  /// What is varied and what is watched.
  bool choose() {
    const OutcomeChoice outcomes = choose_outcomes(input_.model->outcomes(), options_.outcomes);
    if (!outcomes.error.empty()) return refuse(outcomes.error);
    outcomes_ = outcomes.chosen;
    FactorChoice factors = choose_factors(input_, options_);
    if (!factors.error.empty()) return refuse(factors.error);
    for (const std::string& name : factors.left_out)
      console_.warn(fmt::format("{} is always the same: left out", name));
    const std::size_t varied = factors.factors.size() + 3;
    if (options_.samples > kMostRuns / (2 * varied))
      return refuse(
          fmt::format("-n {} is too many: a study may have {} runs", options_.samples, with_thousands(kMostRuns)));
    study_ = options_.method == Method::sobol ? sobol_study(options_, std::move(factors.factors))
                                              : morris_study(options_, std::move(factors.factors));
    std::uint64_t power = 1;
    while (power < options_.samples) power *= 2;
    if (options_.method == Method::sobol && power != options_.samples) {
      console_.warn(fmt::format("{} blocks are no power of two, for which a Sobol' sequence is even: {} would be",
                                options_.samples, power));
    }
    return true;
  }

  bool refuse(const std::string& what) {
    console_.error(what);
    return false;
  }

  void describe() {
    plan_.seed = options_.seed;
    plan_.samples = study_->samples();
    plan_.limits.max_events = options_.max_events;
    record_ = study::describe_study(scenario_, plan_, caller_of(words_));
    record_.directory = directory_;
    record_.identity.analysis = analysis();
  }

  /// All that decides the files, apart from what every study has.
  [[nodiscard]] std::string analysis() const {
    std::string text = fmt::format("--method {} -n {}", method_name(options_.method), options_.samples);
    if (options_.method == Method::morris) text += fmt::format(" --levels {}", options_.levels);
    if (options_.second_order) text += " --second-order";
    if (options_.group_by_source) text += " --groups source";
    for (const ParameterGroup& group : options_.groups)
      text += fmt::format(" --group {}={}", group.name, fmt::join(group.parameters, ","));
    for (const std::size_t i : outcomes_) text += " --outcome " + input_.model->outcomes()[i].name;
    if (options_.milestones == experiment::MilestoneMeasure::reached) text += " --milestones reached";
    if (options_.keep_runs) text += " --keep-runs";
    return text;
  }

  [[nodiscard]] std::string what_runs() const {
    return fmt::format("{} runs ({}), seed {}", with_thousands(plan_.samples), study_->words(), plan_.seed);
  }

  int dry_run(const study::OutputDirectory& place) {
    console_.print(
        fmt::format("scenario   {} ({})\nruns       {}\nfiles      into {}, {}\n{}", record_.scenario.name,
                    record_.scenario.file, what_runs(), directory_, place.words(),
                    render::cost_text(study::estimate({input_.model, plan_, 1, options_.threads}), options_.threads)));
    return kDone;
  }

  int simulate() {
    study::StudyFiles files({{inputs_.front().name, input_.model}}, observer_of(console_));
    record_.outcomes = files.outcomes();
    if (!files.open(directory_, options_.keep_runs, unchanged_)) return failed(files.error());
    console_.info(fmt::format("{}: {}, {} thread{}", record_.scenario.name, what_runs(), options_.threads,
                              options_.threads == 1 ? "" : "s"));
    record_.times.started = store::utc_now();
    record_.times.threads = options_.threads;
    const auto started = std::chrono::steady_clock::now();
    experiment::OutcomeTable table(outcomes_, plan_.samples);
    const std::size_t cells = input_.model->metrics().size() * input_.model->observation_days().size();
    const study::Observer observer = observer_of(console_);
    study::Checkpoints keeping(files, 1, options_.threads, cells, options_.keep_seconds, observer);
    keeping.add({[&](std::size_t, std::uint64_t runs) { return table.kept(runs); },
                 [&](std::size_t, std::uint64_t runs, const std::string& kept) { table.restore(runs, kept); }});
    const Interruption interruption(Interruption::Manner::asked,
                                    [&] { return study::kept_after_interruption(keeping.runs(), 0, plan_.samples); });
    if (goes_on_) {
      keeping.resume();
    } else if (!keeping.begin(store::record_text(record_))) {
      return failed(files.error());
    }
    KeptResult done;
    try {
      done = run_study(files, keeping, table, Interruption::requested());
    } catch (const study::ResumeError& error) {
      return failed(error.what());
    }
    const StudyResult& result = done.result;
    const auto kept = [&] {
      Interruption::stopped();
      keeping.write_last(0, done.runs, done.state);
      return keeping.runs();
    };
    record_.counts = {result.runs_done, result.runs_failed, result.events};
    record_.failures = result.failures;
    record_.alternatives.front().failed = result.runs_failed;
    if (result.status == StudyResult::Status::write_failed) return failed(files.error(), keeping.runs());
    if (result.status == StudyResult::Status::interrupted) return interrupted(kept());
    const std::string tables = analyse(table, kept);
    for (const SensitivityStudy::File& file : study_->files())
      if (!files.add(file.name, file.text))
        return Interruption::requested() && files.error().empty() ? interrupted(kept()) : failed(files.error(), kept());
    record_.times.wall_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    if (Interruption::requested()) return interrupted(kept());
    if (!files.commit(record_)) return failed(files.error(), kept());
    is_written_ = true;
    return tell(tables);
  }

  /// What came of the runs, and what is to be kept of them if the command ends before its files are in their places.
  struct KeptResult {
    StudyResult result;
    std::uint64_t runs = 0;
    std::string state;
  };

  /// @throws ResumeError if it can't go on from where it was
  KeptResult run_study(study::StudyFiles& files, study::Checkpoints& keeping, experiment::OutcomeTable& table,
                       const std::atomic<bool>& stop) {
    experiment::StudySink sink = files.sink(0);
    sink.format_run = [rows = std::move(sink.format_run), &table](const experiment::RunRecord& run, std::string& text) {
      table.take(run);
      if (rows) rows(run, text);
    };
    plan_.design = study_->design();
    ProgressLine progress(plan_.samples, console_);
    experiment::ProgressWatcher watcher;
    if (!options_.quiet) watcher = [&progress](std::uint64_t done) { progress.update(done); };
    experiment::OpenStudy study(input_.model, plan_, {options_.threads}, sink, watcher, stop, keeping.writer(0));
    if (const std::uint64_t runs = keeping.begin_study(0, study); runs > 0) console_.info(study::resumed_text(runs));
    KeptResult done;
    const StudyResult::Status status = study.advance(plan_.samples, true);
    done.result = study.result();
    done.result.status = status;
    if (status != StudyResult::Status::write_failed) done.state = study.state(done.runs);
    if (!options_.quiet) progress.finish();
    return done;
  }

  /// @param kept  keeps the runs, and says how many: called if it is interrupted
  /// @return the tables for people
  std::string analyse(const experiment::OutcomeTable& table, const std::function<std::uint64_t()>& kept) {
    const Interruption at_once(Interruption::Manner::at_once,
                               [&] { return study::kept_after_interruption(kept(), 0, plan_.samples); });
    std::string tables;
    for (std::size_t column = 0; column < outcomes_.size(); ++column) {
      const std::vector<model::OutcomeInfo>& all = input_.model->outcomes();
      const model::OutcomeInfo outcome = render::with_shown_name(all[outcomes_[column]], all);
      const std::span<const double> days = table.column(column);
      std::vector<double> values(days.begin(), days.end());  // a copy: what is kept stays as it was
      if (outcome.kind == model::OutcomeInfo::Kind::milestone) count_days(outcome, table, values);
      const SensitivityStudy::Finding found = study_->analyse(inputs_.front().name, outcome, values);
      if (found.dropped > 0) {
        console_.warn(fmt::format("{}: {}{} of {} {} lack an outcome and were left out", outcome.name,
                                  missing_in_runs(table, values), with_thousands(found.dropped),
                                  with_thousands(found.dropped + found.parts), study_->parts()));
      }
      if (varies(values)) {
        tables += found.table;
      } else if (found.parts > 0) {
        console_.warn(fmt::format("{} is the same in all runs: it depends on nothing", outcome.name));
      }
    }
    return tables;
  }

  /// "missing in 3 of 320 runs; ", or nothing if it is the failed runs alone that lack it.
  static std::string missing_in_runs(const experiment::OutcomeTable& table, std::span<const double> values) {
    std::uint64_t good = 0, missing = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
      good += table.ok(i) ? 1U : 0U;
      missing += table.ok(i) && std::isnan(values[i]) ? 1U : 0U;
    }
    if (missing == 0) return {};
    return fmt::format("missing in {} of {} runs; ", with_thousands(missing), with_thousands(good));
  }

  /// Makes a number of the days of a milestone that was not reached.
  void count_days(const model::OutcomeInfo& outcome, const experiment::OutcomeTable& table, std::span<double> days) {
    std::vector<double> good;
    for (std::size_t i = 0; i < days.size(); ++i)
      if (table.ok(i)) good.push_back(days[i]);
    const std::size_t missing = experiment::count_milestone(good, input_.model->horizon(), options_.milestones);
    std::size_t next = 0;
    for (std::size_t i = 0; i < days.size(); ++i)
      if (table.ok(i)) days[i] = good[next++];
    if (missing == 0 || options_.milestones == experiment::MilestoneMeasure::reached) return;
    console_.warn(
        fmt::format("{} was not reached in {} of {} runs: they count as the last day ({}); --milestones "
                    "reached analyses whether it is reached",
                    outcome.name, with_thousands(missing), with_thousands(good.size()), input_.spec->end.iso()));
  }

  static bool varies(std::span<const double> values) {
    double least = HUGE_VAL, most = -HUGE_VAL;
    for (const double y : values) {
      if (y < least) least = y;
      if (y > most) most = y;
    }
    return least < most;
  }

  int failed(const std::string& what, std::uint64_t kept = 0) {
    console_.error(what + "; " + study::kept_after_failure(directory_, kept));
    return kInternalError;
  }

  int interrupted(std::uint64_t kept) {
    console_.error(study::kept_after_interruption(kept, record_.counts.runs, plan_.samples));
    return kInterrupted;
  }

  int tell(const std::string& tables) {
    if (options_.json) {
      std::vector<render::NamedTable> all;
      for (const SensitivityStudy::File& file : study_->files()) all.push_back({file.name, file.text});
      console_.print(render::tables_text(directory_, all));
    } else if (!options_.quiet) {
      console_.print(tables);
      console_.print(words_of_files(record_));
    }
    if (record_.counts.failed == 0) return kDone;
    console_.error(words_of_failures(record_));
    return kRunsFailed;
  }

  const SensitivityOptions& options_;
  const study::Scenario& scenario_;
  const std::vector<study::Variant>& inputs_;
  const study::Variant& input_;
  const std::vector<std::string>& words_;
  Console& console_;
  std::string directory_;
  std::vector<std::size_t> outcomes_;  // indices into Model::outcomes()
  std::unique_ptr<SensitivityStudy> study_;
  experiment::StudyPlan plan_;
  store::StudyRecord record_;
  bool is_written_ = false;
  bool goes_on_ = false;               ///< with what an interrupted command left
  store::FileBatch::Check unchanged_;  ///< since the directory was looked at
};

}  // namespace

int sensitivity_command(const SensitivityOptions& options, const std::vector<std::string>& words, Console& console) {
  if (options.quiet) console.be_quiet();
  const bool is_directory = store::Directory::open(options.subject).has_value();
  if (options.method == Method::given) return given_analysis(options, words, console);
  if (is_directory) {
    console.error(fmt::format("{}; --method {} takes a scenario, and --method given a study's directory",
                              study::load(options.subject).error().what, method_name(options.method)));
    return kUsage;
  }
  std::vector<std::string> asked;
  if (!options.alternative.empty()) asked.push_back(options.alternative);
  int code = kDone;
  const auto scenario = show_loaded(study::load(options.subject, {asked, options.overrides}), console, code);
  return scenario ? SensitivityRun(options, *scenario, words, console).run() : code;
}

}  // namespace materiel::cli
