#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include <fmt/format.h>

#include <materiel/base/text.h>
#include <materiel/render/figure.h>
#include <materiel/render/study_tables_text.h>
#include <materiel/render/text_table.h>
#include <materiel/store/study_tables.h>

namespace materiel::render {

std::string shown_name(const model::OutcomeInfo& outcome, const std::vector<model::OutcomeInfo>& all) {
  if (outcome.label.empty()) return outcome.name;
  const bool shared = std::any_of(all.begin(), all.end(), [&](const model::OutcomeInfo& other) {
    return other.label == outcome.label && other.name != outcome.name;
  });
  return shared ? fmt::format("{} ({})", outcome.label, outcome.name) : outcome.label;
}

model::OutcomeInfo with_shown_name(model::OutcomeInfo outcome, const std::vector<model::OutcomeInfo>& all) {
  outcome.label = shown_name(outcome, all);
  return outcome;
}

std::string title_name(const model::OutcomeInfo& outcome, const std::vector<model::OutcomeInfo>& all) {
  const bool in_words = outcome.label.empty() && outcome.kind == model::OutcomeInfo::Kind::metric;
  return in_words ? metric_title(outcome.name) : shown_name(outcome, all);
}

std::string percent_text(double share) {
  return std::isnan(share) ? "-" : fmt::format("{:.1f} %", 100 * share);
}

std::string date_text(Date start, double day) {
  return std::isnan(day) ? "-" : store::date_of_day(start, day);
}

std::string value_text(double value) {
  if (std::isnan(value)) return "-";
  const int decimals = std::abs(value) >= 1000 || value == std::trunc(value) ? 0 : std::abs(value) >= 10 ? 1 : 3;
  return std::abs(value) < 1e12 ? with_thousands(fmt::format("{:.{}f}", value, decimals))
                                : fmt::format("{:.4g}", value);
}

namespace {

using experiment::NestedLine;
using experiment::NestedStatistic;
using experiment::Statistic;
using experiment::SummaryLine;
using model::OutcomeInfo;
using Row = TextRow;

/// The lines of one outcome by their statistics.
using Statistics = std::map<Statistic, const SummaryLine*>;

/// What a statistic of the outcome is, or a dash.
template <class Show>
std::string cell(const Statistics& statistics, Statistic statistic, const Show& show) {
  const auto found = statistics.find(statistic);
  return found == statistics.end() ? "-" : show(found->second->estimate);
}

Row milestone_row(std::string name, Date start, const Statistics& statistics) {
  const auto date = [&](double day) { return date_text(start, day); };
  Row row = {std::move(name), cell(statistics, Statistic::probability, percent_text)};
  const auto probability = statistics.find(Statistic::probability);
  row.push_back(probability == statistics.end() ? "-"
                                                : fmt::format("{} to {}", percent_text(probability->second->lo),
                                                              percent_text(probability->second->hi)));
  for (const Statistic quantile : {Statistic::p05, Statistic::p50, Statistic::p95})
    row.push_back(cell(statistics, quantile, date));
  return row;
}

Row outcome_row(std::string name, const OutcomeInfo& outcome, const Statistics& statistics) {
  Row row = {std::move(name)};
  for (const Statistic one : {Statistic::mean, Statistic::p05, Statistic::p50, Statistic::p95})
    row.push_back(cell(statistics, one, value_text));
  row.push_back(outcome.unit);
  return row;
}

}  // namespace

std::string result_tables(const std::vector<OutcomeInfo>& outcomes, Date start,
                          const std::vector<SummaryLine>& summary) {
  std::vector<Statistics> statistics(outcomes.size());
  for (const SummaryLine& line : summary) statistics[line.outcome][line.statistic] = &line;
  std::vector<Row> milestones = {{"Milestone", "probability", "95 % interval", "5 % by", "50 % by", "95 % by"}};
  std::vector<Row> expressions = {{"Outcome", "mean", "5 %", "median", "95 %", ""}};
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    if (outcomes[i].kind == OutcomeInfo::Kind::milestone) {
      milestones.push_back(milestone_row(shown_name(outcomes[i], outcomes), start, statistics[i]));
    } else if (outcomes[i].kind == OutcomeInfo::Kind::expression) {
      expressions.push_back(outcome_row(shown_name(outcomes[i], outcomes), outcomes[i], statistics[i]));
    }
  }
  std::string text;
  if (milestones.size() > 1) text += aligned(milestones, "lr") + "\n";
  if (expressions.size() > 1) text += aligned(expressions, "lr") + "\n";
  return text;
}

std::string nested_table(const std::vector<OutcomeInfo>& outcomes, const std::vector<NestedLine>& nested) {
  const auto find = [&](std::size_t outcome, NestedStatistic statistic, std::optional<Statistic> quantile = {}) {
    const auto found = std::find_if(nested.begin(), nested.end(), [&](const NestedLine& line) {
      return line.outcome == outcome && line.statistic == statistic && line.quantile == quantile;
    });
    return found == nested.end() ? nullptr : &*found;
  };
  std::vector<Row> rows = {{"Variance due to", "parameters", "95 % interval", "chance", "probability by sample"}};
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    const NestedLine* share = find(i, NestedStatistic::share_parameters);
    if (outcomes[i].kind == OutcomeInfo::Kind::metric || !share) continue;
    if (std::isnan(share->estimate)) continue;  // it doesn't vary
    const NestedLine* low = find(i, NestedStatistic::probability, Statistic::p05);
    const NestedLine* high = find(i, NestedStatistic::probability, Statistic::p95);
    rows.push_back(
        {shown_name(outcomes[i], outcomes), percent_text(share->estimate),
         fmt::format("{} to {}", percent_text(share->lo), percent_text(share->hi)), percent_text(1 - share->estimate),
         low ? fmt::format("{} to {}", percent_text(low->estimate), percent_text(high->estimate)) : std::string()});
  }
  return rows.size() > 1 ? aligned(rows, "lr") + "\n" : std::string{};
}

}  // namespace materiel::render
