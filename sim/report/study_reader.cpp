#include <charconv>
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
std::optional<std::vector<Series>> result(const TableReader& table, std::vector<Series> series, std::string& error) {
  error = table.error();
  if (!error.empty()) return std::nullopt;
  return series;
}

}  // namespace

std::optional<std::vector<MetricSeries>> read_series(const std::string& directory, const std::string& alternative,
                                                     std::string& error) {
  constexpr std::string_view kColumns[] = {"alternative", "metric", "unit", "n",   "day",
                                           "p05",         "p25",    "p50",  "p75", "p95"};
  TableReader table(directory + "/series.csv", kColumns);
  std::vector<MetricSeries> series;
  while (table.next()) {
    if (table.text(0) != alternative) continue;
    if (series.empty() || series.back().metric != table.text(1)) series.push_back({table.text(1), table.text(2), {}});
    if (table.text(3) == "0") continue;
    series.back().points.push_back(
        {table.number(4), table.number(5), table.number(6), table.number(7), table.number(8), table.number(9)});
  }
  return result(table, std::move(series), error);
}

std::optional<std::vector<MilestoneSeries>> read_milestones(const std::string& directory,
                                                            const std::string& alternative, std::string& error) {
  constexpr std::string_view kColumns[] = {"alternative", "milestone", "day", "probability", "lo", "hi"};
  TableReader table(directory + "/milestones.csv", kColumns);
  std::vector<MilestoneSeries> series;
  while (table.next()) {
    if (table.text(0) != alternative) continue;
    if (series.empty() || series.back().milestone != table.text(1)) series.push_back({table.text(1), {}});
    series.back().points.push_back({table.number(2), table.number(3), table.number(4), table.number(5)});
  }
  return result(table, std::move(series), error);
}

std::optional<std::string> read_run_row(const std::string& directory, const std::string& alternative, std::uint64_t run,
                                        std::string& error) {
  const std::string path = directory + "/runs.csv";
  const std::optional<std::string> text = read_named_file(path, error);
  if (!text) return std::nullopt;
  const std::string beginning = fmt::format("\n{},{},", run, alternative);
  const std::size_t found = text->find(beginning);
  if (found == std::string::npos) {
    error = fmt::format("{} has no run {} of {}", path, run, alternative);
    return std::nullopt;
  }
  return text->substr(found + 1, text->find('\n', found + 1) - found - 1);
}

}  // namespace materiel::report
