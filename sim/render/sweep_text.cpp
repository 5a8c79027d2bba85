#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <materiel/render/study_tables_text.h>
#include <materiel/render/sweep_text.h>
#include <materiel/render/text_table.h>
#include <materiel/render/varied_words.h>

namespace materiel::render {
namespace {

using model::OutcomeInfo;

constexpr std::size_t kMostSweepColumns = 5, kMostSweepRows = 50;

bool is_event(const OutcomeInfo& outcome) {
  return outcome.kind == OutcomeInfo::Kind::milestone;
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
  const std::size_t points = result.points.values.size();
  for (std::size_t point = 0; point < std::min(points, kMostSweepRows); ++point) {
    TextRow row = {std::to_string(point)};
    row.insert(row.end(), result.points.values[point].begin(), result.points.values[point].end());
    for (std::size_t i = 0; i < shown.size(); ++i) {
      const double estimate = result.estimates[point * result.shown.size() + i].estimate;
      row.push_back(is_event(shown[i]) ? percent_text(estimate) : value_text(estimate));
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
