#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <limits>
#include <span>

#include <fmt/format.h>

#include <materiel/report/csv.h>
#include <materiel/report/study_directory.h>
#include <materiel/report/study_reader.h>
#include <materiel/report/study_tables.h>

namespace materiel::report {
namespace {

/// A CSV file of which some columns are wanted, found by their names in the header.
class TableReader {
 public:
  TableReader(std::string path, std::span<const std::string_view> columns) : path_(std::move(path)) {
    std::optional<std::string> text = read_named_file(path_, error_);
    if (!text) return;
    text_ = std::move(*text);
    reader_.emplace(text_);
    if (!reader_->next(cells_)) error_ = fmt::format("{} is empty", path_);
    width_ = cells_.size();
    for (const std::string_view column : columns) find_column(column);
  }

  bool next() {
    if (!error_.empty()) return false;
    if (!reader_->next(cells_)) {
      if (!reader_->error().empty()) error_ = fmt::format("{}: {}", path_, reader_->error());
      return false;
    }
    if (cells_.size() == width_) return true;
    return fail(fmt::format("{} cells where the header has {}", cells_.size(), width_));
  }

  /// A cell of the present row; `column` counts those that were asked for.
  [[nodiscard]] const std::string& text(std::size_t column) const { return cells_[places_[column]]; }

  /// NaN if the cell is empty.
  [[nodiscard]] double number(std::size_t column) {
    const std::string& cell = text(column);
    double value = std::numeric_limits<double>::quiet_NaN();
    const char* end = cell.data() + cell.size();
    if (!cell.empty()) {
      const auto read = std::from_chars(cell.data(), end, value);
      if (read.ec != std::errc() || read.ptr != end) fail(fmt::format("'{}' is not a number", cell));
    }
    return value;
  }

  [[nodiscard]] const std::string& error() const { return error_; }

 private:
  bool fail(const std::string& what) {
    if (error_.empty()) error_ = fmt::format("{}: line {}: {}", path_, reader_->line(), what);
    return false;
  }

  void find_column(std::string_view name) {
    std::size_t place = 0;
    while (place < cells_.size() && cells_[place] != name) ++place;
    if (place == cells_.size() && error_.empty()) error_ = fmt::format("{} has no column '{}'", path_, name);
    places_.push_back(place);
  }

  std::string path_, text_, error_;
  std::optional<CsvReader> reader_;
  std::vector<std::string> cells_;
  std::vector<std::size_t> places_;
  std::size_t width_ = 0;
};

template <class Series>
std::optional<ByAlternative<Series>> result(const TableReader& table, ByAlternative<Series> series,
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

std::optional<ByAlternative<MetricSeries>> read_series(const std::string& directory,
                                                       const std::vector<std::string>& alternatives,
                                                       std::string& error) {
  constexpr std::string_view kColumns[] = {"alternative", "metric", "unit", "n",   "day",
                                           "p05",         "p25",    "p50",  "p75", "p95"};
  TableReader table(directory + "/series.csv", kColumns);
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

std::optional<ByAlternative<MilestoneSeries>> read_milestones(const std::string& directory,
                                                              const std::vector<std::string>& alternatives,
                                                              std::string& error) {
  constexpr std::string_view kColumns[] = {"alternative", "milestone", "day", "probability", "lo", "hi"};
  TableReader table(directory + "/milestones.csv", kColumns);
  ByAlternative<MilestoneSeries> series(alternatives.size());
  while (table.next()) {
    std::vector<MilestoneSeries>* list = list_of(table.text(0), alternatives, series);
    if (!list) continue;
    if (list->empty() || list->back().milestone != table.text(1)) list->push_back({table.text(1), {}});
    list->back().points.push_back({table.number(2), table.number(3), table.number(4), table.number(5)});
  }
  return result(table, std::move(series), error);
}

std::optional<ByAlternative<MetricSeries>> read_nested_milestones(const std::string& directory,
                                                                  const std::vector<std::string>& alternatives,
                                                                  std::string& error) {
  ByAlternative<MetricSeries> series(alternatives.size());
  const std::string path = directory + "/nested_milestones.csv";
  if (!std::filesystem::exists(path)) return series;
  constexpr std::string_view kColumns[] = {"alternative", "milestone", "day", "p05", "p25", "p50", "p75", "p95"};
  TableReader table(path, kColumns);
  while (table.next()) {
    std::vector<MetricSeries>* list = list_of(table.text(0), alternatives, series);
    if (!list) continue;
    if (list->empty() || list->back().metric != table.text(1)) list->push_back({table.text(1), "%", {}});
    const auto percent = [&](std::size_t column) { return 100 * table.number(column); };
    list->back().points.push_back({table.number(2), percent(3), percent(4), percent(5), percent(6), percent(7)});
  }
  return result(table, std::move(series), error);
}

std::optional<std::string> read_run_row(const std::string& directory, const std::string& alternative, std::uint64_t run,
                                        std::string& error) {
  const std::string path = directory + "/runs.csv";
  std::ifstream file(path, std::ios::binary);  // read line by line: it may be larger than the memory
  if (!file) {
    error = fmt::format("cannot read {}: {}", path, std::strerror(errno));
    return std::nullopt;
  }
  const std::string beginning = fmt::format("{},{},", run, alternative);
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with(beginning)) return line;
  }
  error = fmt::format("{} has no run {} of {}", path, run, alternative);
  return std::nullopt;
}

}  // namespace materiel::report
