#include <algorithm>
#include <charconv>
#include <limits>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <materiel/base/csv_reader.h>
#include <materiel/render/study_tables_text.h>
#include <materiel/render/sweep_text.h>
#include <materiel/render/text_table.h>
#include <materiel/render/varied_words.h>
#include <materiel/store/csv.h>

namespace materiel::render {
namespace {

using model::OutcomeInfo;

constexpr std::size_t kMostSweepColumns = 5, kMostSweepRows = 50;

bool is_event(const OutcomeInfo& outcome) {
  return outcome.kind == OutcomeInfo::Kind::milestone;
}

std::string_view shown_statistic(const OutcomeInfo& outcome) {
  return name_of(is_event(outcome) ? experiment::Statistic::probability : experiment::Statistic::mean);
}

/// Estimates by point, outcome and statistic.
using SweepEstimates = std::map<std::pair<std::string, std::string>, double>;

double number_in_cell(const std::string& cell) {
  double number = std::numeric_limits<double>::quiet_NaN();
  std::from_chars(cell.data(), cell.data() + cell.size(), number);
  return number;
}

/// Of the first points, by the cells of point and outcome: the statistics that are shown.
SweepEstimates estimates_in(std::string_view summary_csv, const std::vector<OutcomeInfo>& shown) {
  SweepEstimates estimates;
  CsvReader reader(summary_csv);
  std::vector<std::string> header, cells;
  reader.next(header);
  const auto place = [&](std::string_view name) {
    return static_cast<std::size_t>(std::find(header.begin(), header.end(), name) - header.begin());
  };
  const std::size_t point = place("point"), outcome = place("outcome"), statistic = place("statistic"),
                    estimate = place("estimate");
  const std::string end = std::to_string(kMostSweepRows);
  while (reader.next(cells) && cells.size() == header.size() && cells[point] != end) {
    const std::string name(store::text_of_cell(cells[outcome]));
    const auto one = std::find_if(shown.begin(), shown.end(), [&](const OutcomeInfo& any) { return any.name == name; });
    if (one != shown.end() && cells[statistic] == shown_statistic(*one))
      estimates[{cells[point], name}] = number_in_cell(cells[estimate]);
  }
  return estimates;
}

}  // namespace

std::string sweep_text(const study::SweepResult& result) {
  std::vector<OutcomeInfo> shown;
  for (const std::size_t i : result.shown)
    if (shown.size() < kMostSweepColumns) shown.push_back(result.record.outcomes[i]);
  TextRow head = {"point"};
  for (const std::string& path : result.points.paths) head.push_back(varied_column(path, result.record.parameters));
  for (const OutcomeInfo& one : shown) head.push_back(fmt::format("{}{}", is_event(one) ? "P " : "mean ", one.name));
  std::vector<TextRow> rows = {std::move(head)};
  const SweepEstimates estimates = estimates_in(result.summary_csv, shown);
  const std::size_t points = result.points.values.size();
  for (std::size_t point = 0; point < std::min(points, kMostSweepRows); ++point) {
    TextRow row = {std::to_string(point)};
    row.insert(row.end(), result.points.values[point].begin(), result.points.values[point].end());
    for (const OutcomeInfo& one : shown) {
      const auto found = estimates.find({row.front(), one.name});
      const bool is_there = found != estimates.end();
      row.push_back(!is_there ? "-" : is_event(one) ? percent_text(found->second) : value_text(found->second));
    }
    rows.push_back(std::move(row));
  }
  std::string text = aligned(rows, "r");
  if (points > kMostSweepRows) text += fmt::format("... and {} more points, in summary.csv\n", points - kMostSweepRows);
  if (result.shown.size() > shown.size())
    text += fmt::format("... and {} more outcomes, in summary.csv\n", result.shown.size() - shown.size());
  return text + "\n";
}

}  // namespace materiel::render
