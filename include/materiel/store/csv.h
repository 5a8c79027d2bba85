#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// CSV as RFC 4180 has it, with '\n' between rows: what pandas.read_csv, R's read.csv and DuckDB read without options.
namespace materiel::store {

/// Appends a text cell, quoted only where it holds a comma, a quote or a line break. A text that a spreadsheet would
/// take for a formula ("=1+1", "- see the annex"; "-5" is a number) gets an apostrophe in front.
void append_text(std::string& row, std::string_view text);

/// The text that append_text() wrote into a cell: without the apostrophe of a formula.
[[nodiscard]] std::string_view text_of_cell(std::string_view cell);

/// Appends a whole number.
void append_count(std::string& row, std::uint64_t count);

/// The same texts as one line with its end.
[[nodiscard]] std::string csv_line(const std::vector<std::string>& cells);

}  // namespace materiel::store
