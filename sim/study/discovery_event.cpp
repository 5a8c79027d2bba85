#include "study/discovery_event.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

#include <fmt/format.h>

#include <materiel/base/number_text.h>
#include <materiel/base/special_numbers.h>
#include <materiel/base/text.h>
#include <materiel/scenario/expression.h>
#include <materiel/stats/intervals.h>
#include <materiel/store/run_table.h>

#include "study/stored_analysis.h"

namespace materiel::study {

using model::OutcomeInfo;
using store::RunTable;

namespace {

constexpr std::size_t kFewestSamples = 20, kFewEvents = 10;

/// One reading of an event.
class EventReading {
 public:
  EventReading(const DiscoverRequest& request, const store::StudyRecord& record, const Observer& observer)
      : request_(request), expression_(request.event.expression), record_(record), observer_(observer) {
    names_.start = Date::parse(record.scenario.start).value_or(Date{});
    for (const OutcomeInfo& outcome : record.outcomes) names_.variables.push_back(outcome.name);
    for (const model::ParameterInfo& parameter : record.parameters)
      if (!names_.variables.find(parameter.name)) names_.variables.push_back(parameter.name);
  }

  Expected<EventTable> read(const std::string& alternative) {
    if (std::optional<Error> error = check()) return *std::move(error);
    std::vector<std::string> columns;
    for (const std::uint32_t i : used_outcomes_) columns.push_back(names_.variables[i]);
    const Expected<std::vector<RunTable>> tables = stored_runs(request_.study, record_, {alternative}, columns);
    if (!tables) return tables.error();
    runs_ = &tables->front();
    if (runs_->failed > 0) observer_.warn(fmt::format("{} failed runs were left out", with_thousands(runs_->failed)));
    if (std::optional<Error> error = judge()) return *std::move(error);
    EventTable table;
    table.subject.alternative = alternative;
    table.subject.outcome = event_words(request_.event);
    return fill(std::move(table));
  }

 private:
  static Error invalid(std::string what) { return {Error::Code::invalid_request, std::move(what)}; }

  std::optional<Error> check() {
    scenario::CheckedExpression checked =
        scenario::check_expression(expression_, names_, kEventExpression, {.line = 1, .column = 0, .length = 0});
    if (!checked.errors.empty())
      return Error{
          .code = Error::Code::invalid_request, .what = {}, .diagnostics = {{std::move(checked.errors), expression_}}};
    for (const std::uint32_t i : checked.used)
      (i < record_.outcomes.size() ? used_outcomes_ : used_parameters_).push_back(i);
    if (!used_outcomes_.empty()) return std::nullopt;
    return invalid(fmt::format("'{}' names no outcome of {}", expression_, request_.study));
  }

  /// The value of the expression in each run; a milestone that was not reached is later than any day. Of two such ones
  /// neither is the later: where the value depends on it, it is missing.
  std::vector<double> evaluate() {
    const scenario::Expression expression(expression_, names_);
    std::vector<double> variables(names_.variables.size());
    std::vector<std::pair<std::uint32_t, std::size_t>> parameters;
    for (const std::uint32_t i : used_parameters_) {
      const auto found = std::find(runs_->parameters.begin(), runs_->parameters.end(), names_.variables[i]);
      if (found != runs_->parameters.end())
        parameters.emplace_back(i, static_cast<std::size_t>(found - runs_->parameters.begin()));
    }
    std::vector<double> values;
    for (std::size_t run = 0; run < runs_->run.size(); ++run) {
      std::vector<std::uint32_t> never;
      for (std::size_t o = 0; o < used_outcomes_.size(); ++o) {
        const std::uint32_t variable = used_outcomes_[o];
        const double value = runs_->outcome_values[o][run];
        variables[variable] = value;
        if (std::isnan(value) && record_.outcomes[variable].kind == OutcomeInfo::Kind::milestone)
          never.push_back(variable);
      }
      for (const auto& [variable, column] : parameters) variables[variable] = runs_->parameter_values[column][run];
      values.push_back(value_with_never(expression, variables, never));
      if (never.size() < 2) continue;
      std::reverse(never.begin(), never.end());
      if (value_with_never(expression, variables, never) != values.back())
        values.back() = std::numeric_limits<double>::quiet_NaN();
    }
    return values;
  }

  /// The value where the milestones `never`, in this order, come after all days. Numbers as large as that are infinite,
  /// so that they are alike in every order; without such a milestone a number is infinite by a division by zero, and
  /// missing.
  static double value_with_never(const scenario::Expression& expression, std::vector<double>& variables,
                                 const std::vector<std::uint32_t>& never) {
    for (std::size_t i = 0; i < never.size(); ++i)
      variables[never[i]] = scenario::kNeverReached * static_cast<double>(i + 1);
    const double value = expression.evaluate(variables);
    if (never.empty()) return std::isfinite(value) ? value : kMissing;
    const bool is_huge = std::abs(value) >= scenario::kNeverReached / 2;
    return is_huge ? std::copysign(std::numeric_limits<double>::infinity(), value) : value;
  }

  /// The number that a threshold stands for among the values.
  static double threshold(const EventThreshold& asked, const std::vector<double>& values) {
    if (!asked.is_share) return asked.value;
    std::vector<double> sorted;
    std::copy_if(values.begin(), values.end(), std::back_inserter(sorted), [](double x) { return !std::isnan(x); });
    if (sorted.empty()) return 0;
    std::sort(sorted.begin(), sorted.end());
    return sorted[stats::quantile_rank(sorted.size(), asked.value) - 1];
  }

  /// Whether the event happened in each run: 1 or 0, NaN where that isn't known.
  std::optional<Error> judge() {
    happened_ = evaluate();
    const auto missing = static_cast<std::uint64_t>(
        std::count_if(happened_.begin(), happened_.end(), [](double x) { return std::isnan(x); }));
    if (missing > 0)
      observer_.warn(fmt::format("'{}' is missing in {} of {} runs: left out", expression_, with_thousands(missing),
                                 with_thousands(happened_.size())));
    if (const std::optional<EventThreshold>& asked = request_.event.threshold) {
      const double limit = threshold(*asked, happened_);
      const bool is_above = asked->side == EventThreshold::Side::above;
      for (double& x : happened_)
        if (!std::isnan(x)) x = (is_above ? x > limit : x < limit) ? 1 : 0;
      return std::nullopt;
    }
    const auto is_number = [](double x) { return !std::isnan(x) && x != 0 && x != 1; };
    const auto number = std::find_if(happened_.begin(), happened_.end(), is_number);
    if (number == happened_.end()) return std::nullopt;
    return invalid(
        fmt::format("'{}' is a number ({} in run {}), not an event: compare it ('{} > 1'), or give a threshold that it "
                    "is above or below",
                    expression_, number_text(*number), runs_->run[static_cast<std::size_t>(number - happened_.begin())],
                    expression_));
  }

  /// A row a sample, from its runs.
  Expected<EventTable> fill(EventTable table) {
    std::vector<std::size_t> first;  // run of each row
    std::vector<double> counts;
    std::size_t last = std::numeric_limits<std::size_t>::max();
    for (std::size_t run = 0; run < happened_.size(); ++run) {
      if (std::isnan(happened_[run])) continue;
      if (runs_->sample[run] != last) {
        first.push_back(run);
        counts.push_back(0);
        table.outcome.push_back(0);
        last = runs_->sample[run];
      }
      ++counts.back();
      ++table.runs;
      table.outcome.back() += happened_[run];
    }
    double events = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
      events += table.outcome[i];
      table.outcome[i] /= counts[i];
    }
    if (counts.size() < kFewestSamples)
      return invalid(fmt::format("{} has {} samples with a value, and {} is the fewest that boxes can be found in",
                                 request_.study, counts.size(), kFewestSamples));
    if (events == 0 || events == static_cast<double>(table.runs))
      return invalid(fmt::format("'{}' {} holds in the {} runs of {}: there is nothing to tell apart",
                                 event_words(request_.event), events == 0 ? "never" : "always",
                                 with_thousands(table.runs), request_.study));
    if (events < kFewEvents)
      observer_.warn(fmt::format("the event happened in only {} of {} runs: the box will say little", events,
                                 with_thousands(table.runs)));
    take_parameters(first, table);
    if (table.columns.empty())
      return invalid(fmt::format("no parameter varies in {}: there is nothing that boxes could limit", request_.study));
    return table;
  }

  void take_parameters(const std::vector<std::size_t>& runs, EventTable& table) {
    for (std::size_t p = 0; p < runs_->parameters.size(); ++p) {
      const auto info = std::find_if(record_.parameters.begin(), record_.parameters.end(),
                                     [&](const model::ParameterInfo& one) { return one.name == runs_->parameters[p]; });
      std::vector<double> column;
      column.reserve(runs.size());
      for (const std::size_t run : runs) column.push_back(runs_->parameter_values[p][run]);
      const auto [least, most] = std::minmax_element(column.begin(), column.end());
      const bool is_known = info != record_.parameters.end();
      const std::string unit = is_known ? info->shown_unit() : std::string();
      const auto shown = [&](double x) { return is_known ? info->in_shown_unit(x) : x; };
      if (*least == *most) {
        if (is_known && info->is_uncertain)
          observer_.warn(fmt::format("parameter {} is always {}{}{}: left out", runs_->parameters[p],
                                     number_text(shown(*least)), unit.empty() ? "" : " ", unit));
        continue;
      }
      table.subject.parameters.push_back({runs_->parameters[p], unit, shown(*least), shown(*most)});
      table.infos.push_back(is_known ? *info : model::ParameterInfo{});
      table.columns.push_back(std::move(column));
    }
  }

  const DiscoverRequest& request_;
  const std::string& expression_;
  const store::StudyRecord& record_;
  const Observer& observer_;
  scenario::ExpressionNames names_;                             // outcomes, then parameters
  std::vector<std::uint32_t> used_outcomes_, used_parameters_;  // indices of the names
  const RunTable* runs_ = nullptr;
  std::vector<double> happened_;  // by run
};

}  // namespace

Expected<EventTable> read_event(const DiscoverRequest& request, const store::StudyRecord& record,
                                const std::string& alternative, const Observer& observer) {
  return EventReading(request, record, observer).read(alternative);
}

std::string event_words(const Event& event) {
  if (!event.threshold) return event.expression;
  const EventThreshold& limit = *event.threshold;
  return fmt::format("{} {} {}{}", event.expression, limit.side == EventThreshold::Side::above ? "above" : "below",
                     number_text(limit.is_share ? 100 * limit.value : limit.value), limit.is_share ? "%" : "");
}

}  // namespace materiel::study
