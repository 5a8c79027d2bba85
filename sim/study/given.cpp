#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <materiel/base/name_patterns.h>
#include <materiel/base/text.h>
#include <materiel/stats/rounding.h>
#include <materiel/store/run_table.h>
#include <materiel/store/study_directory.h>
#include <materiel/study/given.h>
#include <materiel/study/load.h>

#include "study/stored_analysis.h"

namespace materiel::study {

using model::OutcomeInfo;
using store::RunTable;

namespace {

constexpr const char* kGivenFile = "given.csv";
constexpr const char* kInformationFile = "value_of_information.csv";

/// The runs of an alternative that have an outcome, and the parameters that vary in them.
struct GivenRuns {
  std::vector<std::string> parameters;
  std::vector<std::vector<double>> columns;
  std::vector<double> outcome;

  [[nodiscard]] std::vector<std::span<const double>> spans() const { return {columns.begin(), columns.end()}; }
};

std::vector<double> kept_of(const std::vector<double>& column, const std::vector<bool>& keep) {
  std::vector<double> values;
  for (std::size_t i = 0; i < column.size(); ++i)
    if (keep[i]) values.push_back(column[i]);
  return values;
}

/// The rows of a table in which `keep` holds.
GivenRuns given_runs(const RunTable& table, const std::vector<double>& outcome, const std::vector<bool>& keep) {
  GivenRuns runs;
  runs.outcome = kept_of(outcome, keep);
  for (std::size_t p = 0; p < table.parameters.size(); ++p) {
    std::vector<double> column = kept_of(table.parameter_values[p], keep);
    const bool varies = std::any_of(column.begin(), column.end(), [&](double x) { return x != column.front(); });
    if (!varies) continue;
    runs.parameters.push_back(table.parameters[p]);
    runs.columns.push_back(std::move(column));
  }
  return runs;
}

/// One request.
class GivenAnalysis {
 public:
  GivenAnalysis(const GivenRequest& request, store::StudyRecord record, const Observer& observer)
      : request_(request),
        observer_(observer),
        files_(request.study, std::move(record), request.store, request.caller, observer),
        record_(files_.record()) {}

  Expected<GivenResult> run() {
    if (std::string mistake = choose(); !mistake.empty()) return invalid(std::move(mistake));
    if (std::optional<Error> error = files_.identify(identity())) return *std::move(error);
    const Expected<bool> to_do = files_.settle(true);
    if (!to_do) return to_do.error();
    if (!*to_do) return complete();
    Expected<std::vector<RunTable>> tables = stored_runs(request_.study, record_, alternatives_, names_);
    if (!tables) return tables.error();
    tables_ = *std::move(tables);
    for (std::size_t a = 0; a < alternatives_.size(); ++a) count_milestones(a);
    for (std::size_t a = 0; a < alternatives_.size(); ++a)
      if (!measure(a)) return nothing_kept(observer_);
    if (request_.decision) {
      if (std::string mistake = decide(); !mistake.empty()) return invalid(std::move(mistake));
      if (observer_.is_stopped()) return nothing_kept(observer_);
    }
    write_tables();
    if (std::optional<Error> error = files_.write(tables_of_files())) return *std::move(error);
    result_.record = record_;
    result_.alternatives = alternatives_;
    return std::move(result_);
  }

 private:
  static Error invalid(std::string what) { return {Error::Code::invalid_request, std::move(what)}; }

  std::vector<AnalysisTable> tables_of_files() {
    std::vector<AnalysisTable> tables = {{kGivenFile, &result_.given_csv}};
    if (request_.decision) tables.push_back({kInformationFile, &result_.information_csv});
    return tables;
  }

  Expected<GivenResult> complete() {
    result_.state = GivenResult::State::complete;
    result_.record = record_;
    result_.alternatives = alternatives_;
    if (!request_.read_stored) return std::move(result_);
    if (std::optional<Error> error = files_.read(tables_of_files())) return *std::move(error);
    return std::move(result_);
  }

  /// What is analysed, of which alternatives.
  /// @return what is wrong with that
  std::string choose() {
    alternatives_ = record_.identity.alternatives;
    if (!request_.alternative.empty() && request_.alternative != kAll) {
      std::string missing = store::missing_alternative(request_.study, record_.identity, request_.alternative);
      if (!missing.empty()) return missing;
      if (!request_.decision) alternatives_ = {request_.alternative};
    }
    NameChoice choice = chosen(request_.outcomes);
    if (!choice.error.empty()) return choice.error;
    for (const std::size_t i : choice.chosen) outcomes_.push_back(record_.outcomes[i]);
    measured_ = outcomes_.size();
    std::string mistake = request_.decision ? choose_decision() : std::string();
    for (const OutcomeInfo& outcome : outcomes_) names_.push_back(outcome.name);
    return mistake;
  }

  /// Indices of outcomes of the study.
  [[nodiscard]] NameChoice chosen(const std::vector<std::string>& asked) const {
    std::vector<std::string> names;
    NameChoice own;  // milestones and expressions
    for (std::size_t i = 0; i < record_.outcomes.size(); ++i) {
      names.push_back(record_.outcomes[i].name);
      if (record_.outcomes[i].kind != OutcomeInfo::Kind::metric) own.chosen.push_back(i);
    }
    if (!asked.empty()) return choose_by_patterns(names, asked, "outcome");
    if (own.chosen.empty())
      own.error = "the scenario has no milestones and outcomes of its own: name metrics, such as 'stock.*'";
    return own;
  }

  std::string choose_decision() {
    if (alternatives_.size() < 2)
      return fmt::format("the value of information needs a study of several alternatives, and {} has only {}",
                         request_.study, alternatives_.front());
    const NameChoice choice = chosen({request_.decision->outcome});
    if (!choice.error.empty()) return choice.error;
    if (choice.chosen.size() != 1)
      return fmt::format("the value of information takes one outcome; '{}' means {}", request_.decision->outcome,
                         choice.chosen.size());
    const OutcomeInfo& decision = record_.outcomes[choice.chosen.front()];
    const auto same = [&](const OutcomeInfo& one) { return one.name == decision.name; };
    decision_ = static_cast<std::size_t>(std::find_if(outcomes_.begin(), outcomes_.end(), same) - outcomes_.begin());
    if (decision_ == outcomes_.size()) outcomes_.push_back(decision);
    return {};
  }

  /// All that decides the files.
  [[nodiscard]] store::AnalysisIdentity identity() const {
    store::AnalysisIdentity identity{.kind = store::AnalysisIdentity::Kind::given};
    identity.set("seed", std::to_string(request_.seed));
    identity.set_list("alternatives", alternatives_);
    identity.set_list("outcomes", {names_.begin(), names_.begin() + static_cast<std::ptrdiff_t>(measured_)});
    if (request_.milestones == experiment::MilestoneMeasure::reached) identity.set("milestones", "reached");
    if (request_.decision) {
      identity.set("decision", names_[decision_]);
      identity.set("aim", request_.decision->maximise ? "max" : "min");
    }
    return identity;
  }

  /// Makes numbers of milestones that were not reached.
  void count_milestones(std::size_t a) {
    const Date start = Date::parse(record_.scenario.start).value_or(Date{});
    const Date end = Date::parse(record_.scenario.end).value_or(start);
    for (std::size_t i = 0; i < outcomes_.size(); ++i) {
      if (outcomes_[i].kind != OutcomeInfo::Kind::milestone) continue;
      std::vector<double>& days = tables_[a].outcome_values[i];
      const std::size_t missing =
          experiment::count_milestone(days, end.days_since_1970 - start.days_since_1970, request_.milestones);
      if (missing == 0 || request_.milestones == experiment::MilestoneMeasure::reached) continue;
      result_.counts_unreached = true;
      observer_.warn(fmt::format("{} was not reached in {} of {} runs{}: they count as the last day ({})", names_[i],
                                 with_thousands(missing), with_thousands(days.size()), of_alternative(a), end.iso()));
    }
  }

  [[nodiscard]] std::string of_alternative(std::size_t a) const {
    return alternatives_.size() == 1 ? std::string() : " of " + alternatives_[a];
  }

  [[nodiscard]] stats::BootstrapPlan bootstrap() const {
    return {.seed = request_.seed, .resamples = stats::kGivenResamples, .conf_level = store::kSensitivityLevel};
  }

  /// All measures of an alternative.
  /// @return false if a stop is asked for
  bool measure(std::size_t a) {
    const RunTable& table = tables_[a];
    if (table.failed > 0)
      observer_.warn(fmt::format("{} failed runs{} were left out", with_thousands(table.failed), of_alternative(a)));
    if (a == 0 && record_.identity.replications > 1)
      observer_.warn("the replications of a sample share its parameters; the intervals take them to be independent");
    for (std::size_t i = 0; i < measured_; ++i) {
      if (observer_.is_stopped()) return false;
      measure(a, i);
    }
    return true;
  }

  void measure(std::size_t a, std::size_t i) {
    const RunTable& table = tables_[a];
    const std::vector<double>& outcome = table.outcome_values[i];
    std::vector<bool> keep(outcome.size());
    std::transform(outcome.begin(), outcome.end(), keep.begin(), [](double y) { return !std::isnan(y); });
    GivenRuns runs = given_runs(table, outcome, keep);
    store::GivenMeasures found;
    found.n = runs.outcome.size();
    found.n_missing = outcome.size() - found.n + table.failed;
    if (found.n < outcome.size())
      observer_.warn(fmt::format("{} is missing in {} of {} runs{}: left out", names_[i],
                                 with_thousands(outcome.size() - found.n), with_thousands(outcome.size()),
                                 of_alternative(a)));
    if (found.n < stats::kLeastGivenRows) {
      observer_.warn(fmt::format("{} has {} values{}, fewer than {}: no measures", names_[i], found.n,
                                 of_alternative(a), stats::kLeastGivenRows));
    } else if (stats::is_constant(runs.outcome)) {
      observer_.warn(fmt::format("{} is the same in all runs{}: it depends on nothing", names_[i], of_alternative(a)));
    }
    if (found.n == 0) return;
    found.indices = stats::given_indices(runs.spans(), runs.outcome, bootstrap());
    found.correlations = stats::partial_rank_correlations(runs.spans(), runs.outcome, store::kSensitivityLevel);
    result_.findings.push_back({alternatives_[a], outcomes_[i], std::move(runs.parameters), std::move(found)});
  }

  /// The value of information, from the runs that every alternative has.
  /// @return why there is none
  std::string decide() {
    const std::size_t all = tables_.front().run.size();
    std::vector<bool> keep(all, true);
    for (const RunTable& table : tables_) {
      if (table.run != tables_.front().run)
        return "the value of information needs the same runs of every alternative, and some failed or were not run";
      const std::vector<double>& column = table.outcome_values[decision_];
      for (std::size_t i = 0; i < all; ++i) keep[i] = keep[i] && !std::isnan(column[i]);
    }
    const auto n = static_cast<std::uint64_t>(std::count(keep.begin(), keep.end(), true));
    if (n < stats::kLeastGivenRows)
      return fmt::format("the value of information: {} has {} runs with a value in every alternative, fewer than {}",
                         names_[decision_], n, stats::kLeastGivenRows);
    if (n < all)
      observer_.warn(
          fmt::format("{} is missing in {} of {} runs of some alternative: left out of the value of information",
                      names_[decision_], with_thousands(all - n), with_thousands(all)));
    std::vector<std::vector<double>> kept;
    for (const RunTable& table : tables_) kept.push_back(kept_of(table.outcome_values[decision_], keep));
    GivenRuns runs = given_runs(tables_.front(), tables_.front().outcome_values[decision_], keep);
    stats::DecisionValue value =
        stats::decision_value(runs.spans(), {kept.begin(), kept.end()}, request_.decision->maximise, bootstrap());
    result_.information =
        InformationFinding{outcomes_[decision_], alternatives_, std::move(runs.parameters), std::move(value), n};
    return {};
  }

  void write_tables() {
    result_.given_csv = store::given_header();
    for (const GivenFinding& one : result_.findings)
      store::append_given_rows({one.alternative, one.outcome.name, one.outcome.unit}, one.parameters, one.measures,
                               result_.given_csv);
    if (!result_.information) return;
    const InformationFinding& one = *result_.information;
    result_.information_csv = store::information_header();
    store::append_information_rows({one.alternatives[one.value.best], one.outcome.name, one.outcome.unit},
                                   one.parameters, one.value, one.n, result_.information_csv);
  }

  const GivenRequest& request_;
  const Observer& observer_;
  AnalysisFiles files_;
  const store::StudyRecord& record_;  // of files_
  std::vector<std::string> alternatives_;
  std::vector<OutcomeInfo> outcomes_;  // those to measure, then perhaps that of the decision
  std::vector<std::string> names_;     // of the same
  std::size_t measured_ = 0, decision_ = 0;
  std::vector<RunTable> tables_;  // by alternative
  GivenResult result_;
};

}  // namespace

Expected<GivenResult> given(const GivenRequest& request, const Observer& observer) {
  Expected<store::StudyRecord> record = sampled_study(request.study, "given");
  if (!record) return record.error();
  return GivenAnalysis(request, *std::move(record), observer).run();
}

}  // namespace materiel::study
