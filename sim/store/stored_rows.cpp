#include <algorithm>
#include <charconv>
#include <utility>

#include <fmt/format.h>

#include <materiel/base/csv_reader.h>
#include <materiel/store/input_file.h>
#include <materiel/store/stored_rows.h>

namespace materiel::store {
namespace {

/// Where a row says whose it is and which: both lie before the outcomes and parameters.
struct RowKeys {
  std::size_t alternative, number;
};

constexpr std::size_t kKeyCells = 3;

constexpr RowKeys keys_of(RowSequence::Kind kind) {
  return kind == RowSequence::Kind::runs ? RowKeys{1, 0} : RowKeys{0, 2};
}

std::optional<std::uint64_t> number_of(const std::string& cell) {
  std::uint64_t number = 0;
  const char* const end = cell.data() + cell.size();
  const auto read = std::from_chars(cell.data(), end, number);
  return read.ec == std::errc() && read.ptr == end ? std::optional(number) : std::nullopt;
}

/// A file of rows, read from its first row on; it may be larger than the memory.
class RowFile {
 public:
  RowFile(const DirectoryPath& directory, const std::string& name)
      : path_(directory.text() + "/" + name),
        file_(directory, name),
        rows_(
            [this](char* buffer, std::size_t size) {
              file_.read(buffer, static_cast<std::streamsize>(size));
              return static_cast<std::size_t>(file_.gcount());
            },
            kKeyCells) {
    if (!file_) {
      error_ = file_.error();
    } else if (next()) {
      columns_ = rows_.cell_count();
    }
  }

  /// Goes to the next row; false at the end, or if something is wrong.
  bool next() {
    if (!error_.empty()) return false;
    if (rows_.next()) {
      if (columns_ == 0 || rows_.cell_count() == columns_) return true;
      return refuse(fmt::format("{} cells where the header names {} columns", rows_.cell_count(), columns_));
    }
    if (!rows_.error().empty()) error_ = fmt::format("{}: {}", path_, rows_.error());
    if (file_.bad()) error_ = file_.error();
    return false;
  }

  [[nodiscard]] const std::vector<std::string>& cells() const { return rows_.cells(); }
  [[nodiscard]] std::string_view bytes() const { return rows_.bytes(); }

  [[nodiscard]] const std::string& path() const { return path_; }

  /// Ends the reading with what is wrong in the present row.
  bool refuse(const std::string& what) {
    error_ = fmt::format("{}: line {}: {}", path_, rows_.line(), what);
    return false;
  }

  /// What is wrong, for the user; empty if nothing is.
  [[nodiscard]] const std::string& error() const { return error_; }

 private:
  std::string path_, error_;
  InputFile file_;
  CsvRecords rows_;
  std::size_t columns_ = 0;  // none yet: the header is read
};

bool copy_rows(const DirectoryPath& directory, const std::string& name, RowSequence::Kind kind, const RowRange& range,
               const std::function<bool(std::string_view)>& take, std::string& error) {
  constexpr std::size_t kPiece = std::size_t{1} << 20;
  RowFile file(directory, name);
  RowSequence sequence(kind, range);
  std::string piece;
  while (file.next()) {
    const bool wanted = sequence.add(file.cells());
    if (!sequence.mistake().empty()) file.refuse(sequence.mistake());
    if (!wanted) continue;
    piece += file.bytes();
    piece += '\n';
    if (piece.size() < kPiece) continue;
    if (!take(piece)) return false;
    piece.clear();
  }
  error = file.error();
  if (error.empty() && !sequence.final_mistake().empty())
    error = fmt::format("{}: {}", file.path(), sequence.final_mistake());
  return error.empty() && take(piece);
}

}  // namespace

RowSequence::RowSequence(Kind kind, RowRange range) : kind_(kind), range_(std::move(range)), next_(range_.first) {}

std::string RowSequence::row_name(std::uint64_t number) const {
  return fmt::format("{} {} of '{}'", kind_ == Kind::runs ? "run" : "sample", number, range_.alternative);
}

bool RowSequence::add(const std::vector<std::string>& cells) {
  const RowKeys keys = keys_of(kind_);
  if (!mistake_.empty() || cells.size() <= std::max(keys.alternative, keys.number)) return false;
  if (cells[keys.alternative] != range_.alternative) return false;
  const std::optional<std::uint64_t> number = number_of(cells[keys.number]);
  if (!number) {
    mistake_ =
        fmt::format("'{}' is not the number of a {}", cells[keys.number], kind_ == Kind::runs ? "run" : "sample");
  } else if (*number != next_) {
    mistake_ = fmt::format("the row of {} where that of {} has to stand: rows are missing or doubled",
                           row_name(*number), row_name(next_));
  }
  if (!mistake_.empty()) return false;
  return next_++ < range_.end;
}

std::string RowSequence::final_mistake() const {
  if (!mistake_.empty() || next_ >= range_.end) return mistake_;
  return fmt::format("the row of {} is missing: {} rows where {} have to be", row_name(next_), next_ - range_.first,
                     range_.end - range_.first);
}

bool copy_run_rows(const DirectoryPath& directory, const RowRange& runs,
                   const std::function<bool(std::string_view)>& take, std::string& error) {
  return copy_rows(directory, "runs.csv", RowSequence::Kind::runs, runs, take, error);
}

bool copy_input_rows(const DirectoryPath& directory, const RowRange& samples,
                     const std::function<bool(std::string_view)>& take, std::string& error) {
  return copy_rows(directory, "inputs.csv", RowSequence::Kind::inputs, samples, take, error);
}

std::string rows_mistake(RowSequence::Kind kind, const RowRange& range, std::string_view rows) {
  const auto source = [&rows](char* buffer, std::size_t size) {
    const std::size_t given = rows.copy(buffer, size);
    rows.remove_prefix(given);
    return given;
  };
  CsvRecords records(source, kKeyCells);
  RowSequence sequence(kind, range);
  while (records.next())
    if (!sequence.add(records.cells()) && sequence.mistake().empty())
      return fmt::format("line {}: a row of another alternative, or behind the last", records.line());
  return records.error().empty() ? sequence.final_mistake() : records.error();
}

std::optional<std::string> read_run_row(const DirectoryPath& directory, const std::string& alternative,
                                        std::uint64_t run, std::string& error) {
  const RowKeys keys = keys_of(RowSequence::Kind::runs);
  const std::string number = std::to_string(run);
  RowFile file(directory, "runs.csv");
  while (file.next()) {
    if (file.cells().size() > keys.alternative && file.cells()[keys.number] == number &&
        file.cells()[keys.alternative] == alternative)
      return std::string(file.bytes());
  }
  error = file.error().empty() ? fmt::format("{} has no run {} of {}", file.path(), run, alternative) : file.error();
  return std::nullopt;
}

}  // namespace materiel::store
