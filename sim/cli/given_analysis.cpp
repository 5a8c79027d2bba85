#include "cli/given_analysis.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <materiel/base/spelling.h>
#include <materiel/base/text.h>
#include <materiel/render/json_text.h>
#include <materiel/render/sensitivity_text.h>
#include <materiel/render/study_tables_text.h>
#include <materiel/stats/rounding.h>
#include <materiel/store/run_table.h>
#include <materiel/store/sensitivity_tables.h>
#include <materiel/store/study_directory.h>
#include <materiel/study/output_directory.h>

#include "cli/build_facts.h"
#include "cli/exit_codes.h"
#include "cli/misplaced_argument.h"
#include "cli/open_batch.h"
#include "cli/outcome_choice.h"
#include "cli/requests.h"
#include "cli/stored_tables.h"

namespace materiel::cli {
namespace {

using model::OutcomeInfo;
using store::RunTable;

/// The runs of an alternative that have an outcome, and the parameters that vary in them.
struct GivenRuns {
  std::vector<std::string> parameters;
  std::vector<std::vector<double>> columns;
  std::vector<double> outcome;

  [[nodiscard]] std::vector<std::span<const double>> spans() const { return {columns.begin(), columns.end()}; }
};

bool varies(const std::vector<double>& values) {
  return !values.empty() &&
         std::any_of(values.begin(), values.end(), [&](double value) { return value != values.front(); });
}

/// The rows of a table in which `keep` holds.
GivenRuns rows_of(const RunTable& table, const std::vector<double>& outcome, const std::vector<bool>& keep) {
  GivenRuns runs;
  const auto kept = [&](const std::vector<double>& column) {
    std::vector<double> values;
    for (std::size_t i = 0; i < column.size(); ++i)
      if (keep[i]) values.push_back(column[i]);
    return values;
  };
  runs.outcome = kept(outcome);
  for (std::size_t p = 0; p < table.parameters.size(); ++p) {
    std::vector<double> column = kept(table.parameter_values[p]);
    if (!varies(column)) continue;
    runs.parameters.push_back(table.parameters[p]);
    runs.columns.push_back(std::move(column));
  }
  return runs;
}

/// One `materiel sensitivity DIR --method given`.
class GivenAnalysis {
 public:
  GivenAnalysis(const SensitivityOptions& options, store::StudyRecord record, Console& console)
      : options_(options),
        record_(std::move(record)),
        console_(console),
        path_(options.directory.empty() ? store::DirectoryPath(options.subject, "given") : options.directory),
        directory_(path_.text()) {}

  int run(const std::vector<std::string>& words) {
    started_ = std::chrono::steady_clock::now();
    record_.times.started = store::utc_now();
    if (!choose()) return kUsage;
    record_.command = words;
    record_.identity.analysis = analysis();
    if (store::are_same_directory(options_.subject, path_))
      return failed(fmt::format("{} holds the study itself: choose another directory with -o", directory_));
    const study::OutputDirectory place(path_, record_.identity, true, if_taken(true, options_.overwrite));
    if (const std::optional<int> code = settle(place, "analysis", console_)) {
      if (!place.is_complete()) return *code;
      return options_.json ? print_stored(path_, {"given.csv", "value_of_information.csv"}, kDone, console_) : kDone;
    }
    std::string error;
    auto tables = store::read_runs(options_.subject, alternatives_, names_, error);
    if (!tables) return failed(error);
    error = store::missing_runs(options_.subject, record_, alternatives_, *tables);
    if (!error.empty()) return failed(error);
    tables_ = std::move(*tables);
    for (std::size_t a = 0; a < alternatives_.size(); ++a) count_milestones(a);
    for (std::size_t a = 0; a < alternatives_.size(); ++a) measure(a);
    if (!options_.decision.empty() && !decide()) return kUsage;
    const int code = write(place.unchanged());
    if (code == kDone) place.remove_overwritten(record_, observer_of(console_));
    return code;
  }

 private:
  bool refuse(const std::string& what) {
    console_.error(what);
    return false;
  }

  bool choose() {
    if (!record_.identity.analysis.empty())
      return refuse(
          fmt::format("{} holds a sensitivity analysis, whose runs are no sample of the parameters: --method "
                      "given needs the runs of 'materiel run'",
                      options_.subject));
    alternatives_ = record_.identity.alternatives;
    if (!options_.alternative.empty() && options_.alternative != "all") {
      const std::string missing = store::missing_alternative(options_.subject, record_.identity, options_.alternative);
      if (!missing.empty()) return refuse(missing);
      if (options_.decision.empty()) alternatives_ = {options_.alternative};
    }
    const OutcomeChoice choice = choose_outcomes(record_.outcomes, options_.outcomes);
    if (!choice.error.empty()) return refuse(choice.error);
    for (const std::size_t i : choice.chosen) outcomes_.push_back(record_.outcomes[i]);
    return choose_decision() && name_columns();
  }

  bool choose_decision() {
    if (options_.decision.empty()) return true;
    if (alternatives_.size() < 2)
      return refuse(
          fmt::format("--value-of-information needs a study of several alternatives, and {} has only {}: "
                      "'materiel run SCENARIO --alternative all'",
                      options_.subject, alternatives_.front()));
    const OutcomeChoice choice = choose_outcomes(record_.outcomes, {options_.decision});
    if (!choice.error.empty()) return refuse(choice.error);
    if (choice.chosen.size() != 1)
      return refuse(fmt::format("--value-of-information takes one outcome; '{}' means {}", options_.decision,
                                choice.chosen.size()));
    const OutcomeInfo& decision = record_.outcomes[choice.chosen.front()];
    const auto same = [&](const OutcomeInfo& one) { return one.name == decision.name; };
    decision_ = static_cast<std::size_t>(std::find_if(outcomes_.begin(), outcomes_.end(), same) - outcomes_.begin());
    measured_ = outcomes_.size();
    if (decision_ == outcomes_.size()) outcomes_.push_back(decision);
    return true;
  }

  bool name_columns() {
    if (options_.decision.empty()) measured_ = outcomes_.size();
    for (const OutcomeInfo& outcome : outcomes_) names_.push_back(outcome.name);
    return true;
  }

  [[nodiscard]] std::string analysis() const {
    std::string text = fmt::format("--method given --seed {} --alternative {}", options_.seed,
                                   fmt::join(alternatives_, " --alternative "));
    for (std::size_t i = 0; i < measured_; ++i) text += " --outcome " + names_[i];
    if (options_.milestones == experiment::MilestoneMeasure::reached) text += " --milestones reached";
    if (!options_.decision.empty())
      text += fmt::format(" --value-of-information {}:{}", names_[decision_], options_.maximise ? "max" : "min");
    return text;
  }

  /// Makes numbers of milestones that were not reached.
  void count_milestones(std::size_t a) {
    const Date start = Date::parse(record_.scenario.start).value_or(Date{});
    const Date end = Date::parse(record_.scenario.end).value_or(start);
    for (std::size_t i = 0; i < outcomes_.size(); ++i) {
      if (outcomes_[i].kind != OutcomeInfo::Kind::milestone) continue;
      std::vector<double>& days = tables_[a].outcome_values[i];
      const std::size_t missing =
          experiment::count_milestone(days, end.days_since_1970 - start.days_since_1970, options_.milestones);
      if (missing == 0 || options_.milestones == experiment::MilestoneMeasure::reached) continue;
      console_.warn(
          fmt::format("{} was not reached in {} of {} runs{}: they count as the last day ({}); --milestones "
                      "reached analyses whether it is reached",
                      names_[i], with_thousands(missing), with_thousands(days.size()), of_alternative(a), end.iso()));
    }
  }

  [[nodiscard]] std::string of_alternative(std::size_t a) const {
    return alternatives_.size() == 1 ? std::string() : " of " + alternatives_[a];
  }

  /// All measures of an alternative.
  void measure(std::size_t a) {
    const RunTable& table = tables_[a];
    if (table.failed > 0)
      console_.warn(fmt::format("{} failed runs{} were left out", with_thousands(table.failed), of_alternative(a)));
    if (a == 0 && record_.identity.replications > 1)
      console_.warn("the replications of a sample share its parameters; the intervals take them to be independent");
    for (std::size_t i = 0; i < measured_; ++i) measure(a, i);
  }

  void measure(std::size_t a, std::size_t i) {
    const RunTable& table = tables_[a];
    const std::vector<double>& outcome = table.outcome_values[i];
    std::vector<bool> keep(outcome.size());
    std::transform(outcome.begin(), outcome.end(), keep.begin(), [](double y) { return !std::isnan(y); });
    const GivenRuns runs = rows_of(table, outcome, keep);
    store::GivenMeasures found;
    found.n = runs.outcome.size();
    found.n_missing = outcome.size() - found.n + table.failed;
    if (found.n < outcome.size())
      console_.warn(fmt::format("{} is missing in {} of {} runs{}: left out", names_[i],
                                with_thousands(outcome.size() - found.n), with_thousands(outcome.size()),
                                of_alternative(a)));
    if (found.n < stats::kLeastGivenRows || stats::is_constant(runs.outcome)) {
      console_.warn(
          found.n < stats::kLeastGivenRows
              ? fmt::format("{} has {} values{}, fewer than {}: no measures", names_[i], found.n, of_alternative(a),
                            stats::kLeastGivenRows)
              : fmt::format("{} is the same in all runs{}: it depends on nothing", names_[i], of_alternative(a)));
      if (found.n == 0) return;
    }
    found.indices = stats::given_indices(
        runs.spans(), runs.outcome,
        {.seed = options_.seed, .resamples = stats::kGivenResamples, .conf_level = store::kSensitivityLevel});
    found.correlations = stats::partial_rank_correlations(runs.spans(), runs.outcome, store::kSensitivityLevel);
    store::append_given_rows({alternatives_[a], names_[i], outcomes_[i].unit}, runs.parameters, found, given_);
    const std::string heading = render::shown_name(outcomes_[i], record_.outcomes) +
                                (alternatives_.size() == 1 ? std::string() : ", " + alternatives_[a]);
    text_ += render::given_table(heading, runs.parameters, found);
  }

  /// The value of information, from the runs that every alternative has.
  bool decide() {
    std::vector<std::vector<double>> outcomes;
    for (const RunTable& table : tables_) {
      if (table.run != tables_.front().run)
        return refuse(
            "--value-of-information needs the same runs of every alternative, and some failed or were not run");
      outcomes.push_back(table.outcome_values[decision_]);
    }
    std::vector<bool> keep(tables_.front().run.size(), true);
    for (const std::vector<double>& column : outcomes)
      for (std::size_t i = 0; i < column.size(); ++i) keep[i] = keep[i] && !std::isnan(column[i]);
    const auto n = static_cast<std::uint64_t>(std::count(keep.begin(), keep.end(), true));
    if (n < stats::kLeastGivenRows)
      return refuse(
          fmt::format("--value-of-information: {} has {} runs with a value in every alternative, fewer than {}",
                      names_[decision_], n, stats::kLeastGivenRows));
    if (n < keep.size())
      console_.warn(
          fmt::format("{} is missing in {} of {} runs of some alternative: left out of the value of information",
                      names_[decision_], with_thousands(keep.size() - n), with_thousands(keep.size())));
    std::vector<std::vector<double>> kept(outcomes.size());
    std::transform(outcomes.begin(), outcomes.end(), kept.begin(),
                   [&](const std::vector<double>& column) { return rows_of(tables_.front(), column, keep).outcome; });
    const GivenRuns runs = rows_of(tables_.front(), outcomes.front(), keep);
    const stats::DecisionValue found = stats::decision_value(
        runs.spans(), {kept.begin(), kept.end()}, options_.maximise,
        {.seed = options_.seed, .resamples = stats::kGivenResamples, .conf_level = store::kSensitivityLevel});
    store::append_information_rows({alternatives_[found.best], names_[decision_], outcomes_[decision_].unit},
                                   runs.parameters, found, n, information_);
    text_ += render::information_table(render::with_shown_name(outcomes_[decision_], record_.outcomes), alternatives_,
                                       runs.parameters, found);
    return true;
  }

  int write(const store::FileBatch::Check& unchanged) {
    store::FileBatch batch;
    std::vector<render::NamedTable> files = {{"given.csv", given_}};
    if (!options_.decision.empty()) files.push_back({"value_of_information.csv", information_});
    OpenBatch open(batch, path_, unchanged);
    if (!open.is_open()) return failed(batch.error());
    for (const render::NamedTable& file : files)
      if (!batch.write(batch.create(file.name), file.csv)) return failed(batch.error());
    record_.times.wall_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started_).count();
    record_.times.threads = 1;
    record_.build = build_facts();
    record_.host = store::this_host();
    if (!batch.finish()) return failed(batch.error());
    record_.files = batch.files();
    if (!batch.write(batch.create(store::kRecordFile), store::record_text(record_)) || !open.commit())
      return failed(batch.error());
    if (options_.json) {
      console_.print(render::tables_text(directory_, files));
    } else if (!options_.quiet) {
      console_.print(text_ + fmt::format("into {}:\n", directory_));
      for (const render::NamedTable& file : files) console_.print("  " + file.name + "\n");
      console_.print(fmt::format("  {}\n", store::kRecordFile));
    }
    return kDone;
  }

  int failed(const std::string& what) {
    console_.error(what);
    return kInternalError;
  }

  const SensitivityOptions& options_;
  store::StudyRecord record_;
  Console& console_;
  store::DirectoryPath path_;
  std::string directory_;  // the same for messages
  std::chrono::steady_clock::time_point started_;
  std::vector<std::string> alternatives_;
  std::vector<OutcomeInfo> outcomes_;  // those to measure, then perhaps that of the decision
  std::vector<std::string> names_;     // of the same
  std::size_t measured_ = 0, decision_ = 0;
  std::vector<RunTable> tables_;  // by alternative
  std::string given_ = store::given_header(), information_ = store::information_header();
  std::string text_;  // for people
};

}  // namespace

int given_analysis(const SensitivityOptions& options, const std::vector<std::string>& words, Console& console) {
  std::string error = scenario_for_study(options.subject, "sensitivity --method given");
  if (error.empty() && !store::Directory::open(options.subject))
    error = fmt::format("{} is no directory: --method given takes that of a study that 'materiel run' wrote",
                        options.subject);
  std::optional<store::StudyRecord> record;
  if (error.empty()) record = store::read_study_record(options.subject, error);
  if (!record) {
    console.error(error);
    return kUsage;
  }
  return GivenAnalysis(options, std::move(*record), console).run(words);
}

}  // namespace materiel::cli
