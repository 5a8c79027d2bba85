#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include <materiel/render/comparison_text.h>
#include <materiel/render/study_tables_text.h>
#include <materiel/render/text_table.h>

namespace materiel::render {
namespace {

using experiment::Statistic;
using experiment::SummaryLine;
using model::OutcomeInfo;

const SummaryLine* find_line(const AlternativeSummary& summary, const std::string& outcome, Statistic statistic) {
  const auto found = std::find_if(summary.lines.begin(), summary.lines.end(), [&](const SummaryLine& line) {
    return line.statistic == statistic && summary.outcomes[line.outcome].name == outcome;
  });
  return found == summary.lines.end() ? nullptr : &*found;
}

/// A statistic of an outcome in each alternative.
template <class Show>
TextRow row_of(const OutcomeInfo& outcome, Statistic statistic, const std::vector<AlternativeSummary>& summaries,
               const Show& show) {
  TextRow row;
  for (const AlternativeSummary& summary : summaries) {
    const SummaryLine* line = find_line(summary, outcome.name, statistic);
    row.push_back(line ? show(line->estimate) : "-");
  }
  return row;
}

void add_row(std::string name, std::string statistic, TextRow cells, std::string unit, std::vector<TextRow>& rows) {
  cells.insert(cells.begin(), {std::move(name), std::move(statistic)});
  cells.push_back(std::move(unit));
  rows.push_back(std::move(cells));
}

}  // namespace

std::string comparison_table(const std::vector<OutcomeInfo>& outcomes, Date start,
                             const std::vector<AlternativeSummary>& summaries) {
  const auto date = [&](double day) { return date_text(start, day); };
  std::vector<TextRow> rows = {{"", ""}};
  for (const AlternativeSummary& summary : summaries) rows.front().push_back(summary.alternative);
  rows.front().emplace_back();
  for (const OutcomeInfo& outcome : outcomes) {
    if (outcome.kind == OutcomeInfo::Kind::expression)
      add_row(shown_name(outcome, outcomes), "mean", row_of(outcome, Statistic::mean, summaries, value_text),
              outcome.unit, rows);
    if (outcome.kind != OutcomeInfo::Kind::milestone) continue;
    add_row(shown_name(outcome, outcomes), "probability",
            row_of(outcome, Statistic::probability, summaries, percent_text), "", rows);
    add_row("", "50 % by", row_of(outcome, Statistic::median, summaries, date), "", rows);
  }
  return rows.size() > 1 ? aligned(rows, "llr") + "\n" : std::string{};
}

}  // namespace materiel::render
