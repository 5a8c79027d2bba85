#include "study/sweep_estimates.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <vector>

#include <materiel/base/csv_reader.h>
#include <materiel/base/special_numbers.h>
#include <materiel/store/csv.h>

namespace materiel::study {
namespace {

using experiment::Statistic;
using model::OutcomeInfo;

template <class Number>
Number number_in(const std::string& cell, Number otherwise) {
  std::from_chars(cell.data(), cell.data() + cell.size(), otherwise);
  return otherwise;
}

/// The statistic that is shown of an outcome.
Statistic shown_statistic(const OutcomeInfo& outcome) {
  return outcome.kind == OutcomeInfo::Kind::milestone ? Statistic::probability : Statistic::mean;
}

/// The cells of a row, by what they are.
struct SummaryColumns {
  explicit SummaryColumns(const std::vector<std::string>& header) {
    constexpr std::array<std::string_view, 8> kNames = {"point", "outcome", "statistic", "estimate",
                                                        "lo",    "hi",      "n",         "n_missing"};
    for (std::size_t i = 0; i < kNames.size(); ++i)
      places[i] = static_cast<std::size_t>(std::find(header.begin(), header.end(), kNames[i]) - header.begin());
    are_there = std::all_of(places.begin(), places.end(), [&](std::size_t one) { return one < header.size(); });
  }
  std::array<std::size_t, 8> places{};
  bool are_there = false;
};

}  // namespace

void read_estimates(std::string_view summary_csv, SweepResult& result) {
  const std::vector<OutcomeInfo>& outcomes = result.record.outcomes;
  const std::size_t points = result.points.values.size();
  result.estimates.assign(points * result.shown.size(), {});
  result.missing.assign(outcomes.size(), {});
  CsvReader reader(summary_csv);
  std::vector<std::string> header, cells;
  reader.next(header);
  const SummaryColumns columns(header);
  if (!columns.are_there) return;
  const auto cell = [&](std::size_t column) -> const std::string& { return cells[columns.places[column]]; };
  std::size_t outcome = 0;  // rows go by outcome within a point
  while (reader.next(cells) && cells.size() == header.size()) {
    const auto is_it = [&](const OutcomeInfo& one) { return one.name == store::text_of_cell(cell(1)); };
    if (outcome >= outcomes.size() || !is_it(outcomes[outcome]))
      outcome = static_cast<std::size_t>(std::find_if(outcomes.begin(), outcomes.end(), is_it) - outcomes.begin());
    const std::size_t point = number_in(cell(0), points);
    if (outcome == outcomes.size() || point >= points) continue;
    if (cell(2) != name_of(shown_statistic(outcomes[outcome]))) continue;
    const SweepEstimate estimate{number_in(cell(3), kMissing), number_in(cell(4), kMissing),
                                 number_in(cell(5), kMissing), number_in(cell(6), std::uint64_t{0}),
                                 number_in(cell(7), std::uint64_t{0})};
    result.missing[outcome].runs += estimate.n + estimate.n_missing;
    result.missing[outcome].missing += estimate.n_missing;
    const auto shown = std::find(result.shown.begin(), result.shown.end(), outcome);
    if (shown != result.shown.end())
      result.estimates[point * result.shown.size() + static_cast<std::size_t>(shown - result.shown.begin())] = estimate;
  }
}

}  // namespace materiel::study
