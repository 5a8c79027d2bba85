#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// CSV as RFC 4180 has it, with '\n' between rows: what pandas.read_csv, R's read.csv and DuckDB read without options.
namespace materiel::report {

/// Appends a text cell, quoted only where it holds a comma, a quote or a line break.
void append_text(std::string& row, std::string_view text);

/// Appends a whole number.
void append_count(std::string& row, std::uint64_t count);

/// The same texts as one line with its end.
[[nodiscard]] std::string csv_line(const std::vector<std::string>& cells);

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

}  // namespace materiel::report
