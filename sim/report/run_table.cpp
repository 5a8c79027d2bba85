#include <algorithm>
#include <charconv>
#include <limits>
#include <map>
#include <utility>

#include <fmt/format.h>

#include <materiel/report/csv.h>
#include <materiel/report/run_table.h>
#include <materiel/report/study_directory.h>

namespace materiel::report {
namespace {

/// A CSV file, row by row.
class Rows {
 public:
  Rows(std::string path, std::string& error) : path_(std::move(path)), error_(error) {
    std::optional<std::string> text = read_named_file(path_, error_);
    if (!text) return;
    text_ = std::move(*text);
    reader_.emplace(text_);
    reader_->next(header_);
  }

  [[nodiscard]] const std::vector<std::string>& header() const { return header_; }
  [[nodiscard]] const std::vector<std::string>& cells() const { return cells_; }

  /// The place of a column; the error if there is none.
  std::size_t place(const std::string& name) {
    const auto found = std::find(header_.begin(), header_.end(), name);
    if (found == header_.end() && error_.empty()) error_ = fmt::format("{} has no column '{}'", path_, name);
    return static_cast<std::size_t>(found - header_.begin());
  }

  bool next() {
    if (!error_.empty() || !reader_->next(cells_)) {
      if (error_.empty() && !reader_->error().empty()) error_ = fmt::format("{}: {}", path_, reader_->error());
      return false;
    }
    if (cells_.size() == header_.size()) return true;
    return fail(fmt::format("{} cells where the header has {}", cells_.size(), header_.size()));
  }

  bool fail(const std::string& what) {
    if (error_.empty()) error_ = fmt::format("{}: line {}: {}", path_, reader_->line(), what);
    return false;
  }

  /// NaN if the cell is empty.
  double number(std::size_t place) {
    const std::string& cell = cells_[place];
    double value = std::numeric_limits<double>::quiet_NaN();
    if (cell.empty()) return value;
    const auto read = std::from_chars(cell.data(), cell.data() + cell.size(), value);
    if (read.ec != std::errc() || read.ptr != cell.data() + cell.size())
      fail(fmt::format("'{}' is not a number", cell));
    return value;
  }

 private:
  std::string path_, text_;
  std::string& error_;
  std::optional<CsvReader> reader_;
  std::vector<std::string> header_, cells_;
};

/// The parameters of the samples of one alternative.
struct Inputs {
  std::vector<std::vector<double>> values;                          ///< by parameter, then row
  std::map<std::pair<std::string, std::string>, std::size_t> rows;  ///< by point and sample
};

constexpr std::size_t kInputKeys = 3;  // alternative, point, sample: before the parameters

std::size_t index_of(const std::vector<std::string>& names, const std::string& name) {
  return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

std::vector<Inputs> read_inputs(Rows& rows, const std::vector<std::string>& alternatives) {
  std::vector<Inputs> all(alternatives.size());
  const std::size_t whose = rows.place("alternative"), point = rows.place("point"), sample = rows.place("sample");
  while (rows.next()) {
    const std::size_t a = index_of(alternatives, rows.cells()[whose]);
    if (a == alternatives.size()) continue;
    Inputs& inputs = all[a];
    inputs.rows.emplace(std::pair(rows.cells()[point], rows.cells()[sample]), inputs.rows.size());
    inputs.values.resize(rows.header().size() - kInputKeys);
    for (std::size_t p = 0; p < inputs.values.size(); ++p) inputs.values[p].push_back(rows.number(p + kInputKeys));
  }
  return all;
}

}  // namespace

std::optional<std::vector<RunTable>> read_runs(const std::string& directory,
                                               const std::vector<std::string>& alternatives,
                                               const std::vector<std::string>& outcomes, std::string& error) {
  error.clear();
  Rows samples(directory + "/inputs.csv", error);
  if (!error.empty()) return std::nullopt;
  const std::vector<Inputs> inputs = read_inputs(samples, alternatives);
  Rows runs(directory + "/runs.csv", error);
  if (!error.empty()) return std::nullopt;
  std::vector<std::size_t> places;
  for (const char* name : {"run", "alternative", "point", "sample", "status"}) places.push_back(runs.place(name));
  for (const std::string& outcome : outcomes) places.push_back(runs.place(outcome));
  std::vector<RunTable> tables(alternatives.size());
  for (RunTable& table : tables) {
    table.parameters.assign(samples.header().begin() + kInputKeys, samples.header().end());
    table.parameter_values.resize(table.parameters.size());
    table.outcome_values.resize(outcomes.size());
  }
  while (runs.next()) {
    const std::size_t a = index_of(alternatives, runs.cells()[places[1]]);
    if (a == alternatives.size()) continue;
    RunTable& table = tables[a];
    if (runs.cells()[places[4]] != "ok") {
      ++table.failed;
      continue;
    }
    const auto sample = inputs[a].rows.find({runs.cells()[places[2]], runs.cells()[places[3]]});
    if (sample == inputs[a].rows.end()) {
      runs.fail("inputs.csv lacks its sample");
      break;
    }
    table.run.push_back(static_cast<std::uint64_t>(runs.number(places[0])));
    table.sample.push_back(sample->second);
    for (std::size_t p = 0; p < table.parameters.size(); ++p)
      table.parameter_values[p].push_back(inputs[a].values[p][sample->second]);
    for (std::size_t o = 0; o < outcomes.size(); ++o) table.outcome_values[o].push_back(runs.number(places[5 + o]));
  }
  if (!error.empty()) return std::nullopt;
  return tables;
}

}  // namespace materiel::report
