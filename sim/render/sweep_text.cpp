#include <algorithm>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include <materiel/render/study_tables_text.h>
#include <materiel/render/sweep_text.h>
#include <materiel/render/varied_words.h>

namespace materiel::render {
namespace {

using experiment::SummaryLine;

constexpr std::size_t kMostColumns = 5, kMostPoints = 50;

}  // namespace

SweepTable::SweepTable(const std::vector<model::OutcomeInfo>& outcomes,
                       const std::vector<model::ParameterInfo>& parameters, std::vector<std::size_t> shown,
                       Points points)
    : outcomes_(outcomes), shown_(std::move(shown)), points_(points) {
  if (shown_.size() > kMostColumns) {
    not_shown_ = shown_.size() - kMostColumns;
    shown_.resize(kMostColumns);
  }
  TextRow head = {"point"};
  for (const std::string& path : points_.paths) head.push_back(varied_column(path, parameters));
  for (const std::size_t i : shown_) {
    const bool event = outcomes_[i].kind == model::OutcomeInfo::Kind::milestone;
    head.push_back(fmt::format("{}{}", event ? "P " : "mean ", outcomes_[i].name));
  }
  rows_.push_back(std::move(head));
}

void SweepTable::add(std::size_t point, const std::vector<SummaryLine>& summary) {
  if (rows_.size() > kMostPoints) return;
  TextRow row = {std::to_string(point)};
  row.insert(row.end(), points_.values[point].begin(), points_.values[point].end());
  for (const std::size_t i : shown_) {
    const bool event = outcomes_[i].kind == model::OutcomeInfo::Kind::milestone;
    const std::string_view statistic = event ? "probability" : "mean";
    const auto line = std::find_if(summary.begin(), summary.end(), [&](const SummaryLine& one) {
      return one.outcome == i && one.statistic == statistic;
    });
    if (line == summary.end()) {
      row.emplace_back("-");
    } else {
      row.push_back(event ? percent_text(line->estimate) : value_text(line->estimate));
    }
  }
  rows_.push_back(std::move(row));
}

std::string SweepTable::text() const {
  std::string text = aligned(rows_, "r");
  const std::size_t left = points_.values.size() + 1 - rows_.size();
  if (left > 0) text += fmt::format("... and {} more points, in summary.csv\n", left);
  if (not_shown_ > 0)
    text += fmt::format("... and {} more outcomes, in summary.csv; choose others with --outcome\n", not_shown_);
  return text + "\n";
}

}  // namespace materiel::render
