#include <algorithm>

#include <materiel/render/study_reader.h>
#include <materiel/store/table_reader.h>

namespace materiel::render {
namespace {

template <class Series>
std::optional<ByAlternative<Series>> result(const store::TableReader& table, ByAlternative<Series> series,
                                            std::string& error) {
  error = table.error();
  if (!error.empty()) return std::nullopt;
  return series;
}

/// The list that a row belongs to; nothing if nobody asked for its alternative.
template <class Series>
std::vector<Series>* list_of(const std::string& alternative, const std::vector<std::string>& alternatives,
                             ByAlternative<Series>& series) {
  const auto found = std::find(alternatives.begin(), alternatives.end(), alternative);
  return found == alternatives.end() ? nullptr : &series[static_cast<std::size_t>(found - alternatives.begin())];
}

}  // namespace

std::optional<ByAlternative<MetricSeries>> read_series(const store::DirectoryPath& directory,
                                                       const std::vector<std::string>& alternatives,
                                                       std::string& error) {
  constexpr std::string_view kColumns[] = {"alternative", "metric", "unit", "n",   "day",
                                           "p05",         "p25",    "p50",  "p75", "p95"};
  store::TableReader table(directory, "series.csv", kColumns);
  ByAlternative<MetricSeries> series(alternatives.size());
  while (table.next()) {
    std::vector<MetricSeries>* list = list_of(table.text(0), alternatives, series);
    if (!list) continue;
    if (list->empty() || list->back().metric != table.text(1)) list->push_back({table.text(1), table.text(2), {}});
    if (table.text(3) == "0") continue;
    list->back().points.push_back(
        {table.number(4), table.number(5), table.number(6), table.number(7), table.number(8), table.number(9)});
  }
  return result(table, std::move(series), error);
}

std::optional<ByAlternative<MilestoneSeries>> read_milestones(const store::DirectoryPath& directory,
                                                              const std::vector<std::string>& alternatives,
                                                              std::string& error) {
  constexpr std::string_view kColumns[] = {"alternative", "milestone", "day", "probability", "lo", "hi"};
  store::TableReader table(directory, "milestones.csv", kColumns);
  ByAlternative<MilestoneSeries> series(alternatives.size());
  while (table.next()) {
    std::vector<MilestoneSeries>* list = list_of(table.text(0), alternatives, series);
    if (!list) continue;
    if (list->empty() || list->back().milestone != table.text(1)) list->push_back({table.text(1), {}});
    list->back().points.push_back({table.number(2), table.number(3), table.number(4), table.number(5)});
  }
  return result(table, std::move(series), error);
}

std::optional<ByAlternative<MetricSeries>> read_nested_milestones(const store::DirectoryPath& directory,
                                                                  const std::vector<std::string>& alternatives,
                                                                  std::string& error) {
  ByAlternative<MetricSeries> series(alternatives.size());
  constexpr const char* kFile = "nested_milestones.csv";
  if (!store::has_study_file(directory, kFile)) return series;
  constexpr std::string_view kColumns[] = {"alternative", "milestone", "day", "p05", "p25", "p50", "p75", "p95"};
  store::TableReader table(directory, kFile, kColumns);
  while (table.next()) {
    std::vector<MetricSeries>* list = list_of(table.text(0), alternatives, series);
    if (!list) continue;
    if (list->empty() || list->back().metric != table.text(1)) list->push_back({table.text(1), "%", {}});
    const auto percent = [&](std::size_t column) { return 100 * table.number(column); };
    list->back().points.push_back({table.number(2), percent(3), percent(4), percent(5), percent(6), percent(7)});
  }
  return result(table, std::move(series), error);
}

}  // namespace materiel::render
