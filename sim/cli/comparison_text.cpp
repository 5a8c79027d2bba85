#include "cli/comparison_text.h"

#include <algorithm>

#include <fmt/format.h>

#include "cli/study_tables_text.h"
#include "cli/text_table.h"

namespace materiel::cli {
namespace {

using experiment::SummaryLine;
using model::OutcomeInfo;
using report::AlternativeSummary;

const SummaryLine* find_line(const AlternativeSummary& summary, const std::string& outcome,
                             std::string_view statistic) {
  const auto found = std::find_if(summary.lines.begin(), summary.lines.end(), [&](const SummaryLine& line) {
    return line.statistic == statistic && summary.outcomes[line.outcome].name == outcome;
  });
  return found == summary.lines.end() ? nullptr : &*found;
}

TextRow row_of(const OutcomeInfo& outcome, const std::vector<AlternativeSummary>& summaries) {
  const bool milestone = outcome.kind == OutcomeInfo::Kind::milestone;
  TextRow row = {shown_name(outcome), milestone ? "probability" : "mean"};
  for (const AlternativeSummary& summary : summaries) {
    const SummaryLine* line = find_line(summary, outcome.name, row[1]);
    row.push_back(!line ? "-" : milestone ? percent_text(line->estimate) : value_text(line->estimate));
  }
  row.push_back(milestone ? "" : outcome.unit);
  return row;
}

}  // namespace

std::string comparison_table(const std::vector<OutcomeInfo>& outcomes,
                             const std::vector<AlternativeSummary>& summaries) {
  std::vector<TextRow> rows = {{"", ""}};
  for (const AlternativeSummary& summary : summaries) rows.front().push_back(summary.alternative);
  rows.front().emplace_back();
  for (const OutcomeInfo& outcome : outcomes)
    if (outcome.kind != OutcomeInfo::Kind::metric) rows.push_back(row_of(outcome, summaries));
  return rows.size() > 1 ? aligned(rows, "llr") + "\n" : std::string{};
}

}  // namespace materiel::cli
