#include <charconv>

#include <materiel/report/input_file.h>
#include <materiel/report/stored_rows.h>

namespace materiel::report {
namespace {

/// The text between the commas `field` and `field` + 1; empty if there are fewer.
std::string_view field_of(std::string_view row, std::size_t field) {
  for (; field > 0; --field) {
    const std::size_t comma = row.find(',');
    if (comma == std::string_view::npos) return {};
    row.remove_prefix(comma + 1);
  }
  return row.substr(0, row.find(','));
}

/// Where the numbers that decide are. The cells before them are names and numbers and have no quotes.
struct Columns {
  std::size_t alternative, number;
};

bool is_wanted(std::string_view row, const Columns& columns, const std::string& alternative, std::uint64_t end) {
  if (field_of(row, columns.alternative) != alternative) return false;
  const std::string_view text = field_of(row, columns.number);
  std::uint64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  return read.ec == std::errc() && number < end;
}

bool copy_rows(InputFile& file, const Columns& columns, const std::string& alternative, std::uint64_t end,
               const std::function<bool(std::string_view)>& take, std::string& error) {
  constexpr std::size_t kPiece = std::size_t{1} << 20;
  std::string row, piece;
  std::getline(file, row);  // the header
  while (std::getline(file, row)) {
    if (!is_wanted(row, columns, alternative, end)) continue;
    piece += row;
    piece += '\n';
    if (piece.size() < kPiece) continue;
    if (!take(piece)) return false;
    piece.clear();
  }
  error = file.error();
  if (!error.empty()) return false;
  return take(piece);
}

}  // namespace

bool copy_run_rows(const DirectoryPath& directory, const std::string& alternative, std::uint64_t runs,
                   const std::function<bool(std::string_view)>& take, std::string& error) {
  InputFile file(directory, "runs.csv");
  return copy_rows(file, {1, 0}, alternative, runs, take, error);
}

bool copy_input_rows(const DirectoryPath& directory, const std::string& alternative, std::uint64_t samples,
                     const std::function<bool(std::string_view)>& take, std::string& error) {
  InputFile file(directory, "inputs.csv");
  return copy_rows(file, {0, 2}, alternative, samples, take, error);
}

}  // namespace materiel::report
