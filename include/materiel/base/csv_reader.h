#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// CSV as RFC 4180 has it: the one reader of all CSV files, those of users and those of stored studies.
namespace materiel {

/// Reads a CSV text row by row; quoted cells, embedded line breaks, "\n" or "\r\n" line ends.
class CsvReader {
 public:
  /// @param text  is not copied
  explicit CsvReader(std::string_view text);

  /// Fills `cells` with the next row; false at the end or at a mistake.
  bool next(std::vector<std::string>& cells);

  /// The line that the last row began on, counted from 1.
  [[nodiscard]] std::uint64_t line() const { return row_line_; }
  /// What is wrong with the text; empty if nothing was found so far.
  [[nodiscard]] const std::string& error() const { return error_; }

 private:
  bool quoted_cell(std::string& cell);
  void plain_cell(std::string& cell);
  bool end_of_cell(bool& row_ends);

  std::string_view text_;
  std::size_t at_ = 0;
  std::uint64_t line_ = 1;
  std::uint64_t row_line_ = 0;
  std::string error_;
};

/// Whether a row is a line without anything.
[[nodiscard]] bool is_blank_row(const std::vector<std::string>& row);

/// What is wrong with a row that is longer or shorter than the header, for people: the cells of such a row would be
/// read under other columns' names. Names a decimal comma or semicolons where it sees them. Empty if nothing is wrong.
[[nodiscard]] std::string row_mistake(const std::vector<std::string>& header, const std::vector<std::string>& row);

/// What may be the matter with a header in which a column isn't found: "; it is separated by semicolons: ...". Empty if
/// nothing is seen.
[[nodiscard]] std::string header_hint(const std::vector<std::string>& header);

/// What may be the matter with a cell that is no number: "; a decimal comma: write 1.5". Empty if nothing is seen.
[[nodiscard]] std::string number_hint(std::string_view cell);

}  // namespace materiel
