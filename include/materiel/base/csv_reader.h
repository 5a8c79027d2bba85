#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

/// CSV as RFC 4180 has it: the one reader of all CSV files, those of users and those of stored studies.
namespace materiel {

/// Reads a CSV text row by row; quoted cells, embedded line breaks, "\n" or "\r\n" line ends.
class CsvReader {
 public:
  /// @param text  may begin with the mark of UTF-8 that spreadsheets write; is not copied
  explicit CsvReader(std::string_view text);
  /// Reads the rest of a text whose earlier rows were read before.
  /// @param line  that the rest begins on
  CsvReader(std::string_view rest, std::uint64_t line) : text_(rest), line_(line) {}

  /// Fills `cells` with the next row; false at the end or at a mistake.
  bool next(std::vector<std::string>& cells);

  /// The line that the last row began on, counted from 1.
  [[nodiscard]] std::uint64_t line() const { return row_line_; }
  /// The line that the next row begins on.
  [[nodiscard]] std::uint64_t next_line() const { return line_; }
  /// What is wrong with the text; empty if nothing was found so far.
  [[nodiscard]] const std::string& error() const { return error_; }
  /// How many bytes were read: the end of the last row, or where the mistake was found.
  [[nodiscard]] std::size_t offset() const { return at_; }

 private:
  bool quoted_cell(std::string& cell);
  void plain_cell(std::string& cell);
  bool end_of_cell(bool& row_ends);

  std::string_view text_;
  std::size_t at_ = 0;
  std::uint64_t line_ = 1, row_line_ = 0;
  std::string error_;
};

/// Reads CSV that may be larger than the memory: row by row, with the bytes of each as they stand. Rows of the file end
/// where CsvReader has them end, so that a line break within quotes ends none.
class CsvRecords {
 public:
  /// Fills the buffer with the next bytes of the text.
  /// @return how many; 0 at the end
  using Source = std::function<std::size_t(char* buffer, std::size_t size)>;

  static constexpr std::size_t kAll = SIZE_MAX;
  /// @param wanted  how many cells of each row cells() has; the others are only counted, which takes a tenth of the
  /// time
  /// @param piece   how many bytes are asked for at a time
  explicit CsvRecords(Source source, std::size_t wanted = kAll, std::size_t piece = std::size_t{1} << 18U);

  /// Goes to the next row; false at the end or at a mistake.
  bool next();

  /// The bytes of the row without its line end, until the next call of next().
  [[nodiscard]] std::string_view bytes() const { return bytes_; }
  /// The first cells of the row, and how many it has in all.
  [[nodiscard]] const std::vector<std::string>& cells() const { return cells_; }
  [[nodiscard]] std::size_t cell_count() const { return cell_count_; }
  /// The line that the row began on, counted from 1.
  [[nodiscard]] std::uint64_t line() const { return row_line_; }
  /// What is wrong with the text; empty if nothing was found so far.
  [[nodiscard]] const std::string& error() const { return error_; }

 private:
  bool read_more();
  bool take_plain_row(std::string_view rest);
  bool take_row(std::string_view rest);

  Source source_;
  std::size_t wanted_, piece_;
  std::string buffer_;
  std::size_t at_ = 0;  // where the next row begins in the buffer
  bool at_end_ = false;
  std::uint64_t line_ = 1, row_line_ = 0;
  std::string_view bytes_;
  std::vector<std::string> cells_;
  std::size_t cell_count_ = 0;
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
