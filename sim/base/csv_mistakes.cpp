// What is wrong with CSV files that spreadsheets of other countries write.
#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include <materiel/base/csv_reader.h>

namespace materiel {
namespace {

constexpr std::string_view kCommas = "separate cells by commas, and write decimals with a point";

bool are_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_whole(std::string_view text) {
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  return are_digits(text);
}

/// What separates the cells instead of commas; empty if nothing is seen.
std::string_view other_separator(const std::vector<std::string>& cells) {
  const auto holds = [&](char sign) {
    return std::any_of(cells.begin(), cells.end(),
                       [&](const std::string& cell) { return cell.find(sign) != std::string::npos; });
  };
  return holds(';') ? "semicolons" : holds('\t') ? "tabs" : "";
}

std::string count_of(std::size_t number, std::string_view what) {
  return fmt::format("{} {}{}", number, what, number == 1 ? "" : "s");
}

}  // namespace

bool is_blank_row(const std::vector<std::string>& row) {
  return row.size() == 1 && row.front().empty();
}

std::string row_mistake(const std::vector<std::string>& header, const std::vector<std::string>& row) {
  if (row.size() == header.size()) return {};
  std::string what =
      fmt::format("{} where the header names {}", count_of(row.size(), "cell"), count_of(header.size(), "column"));
  if (const std::string_view separator = other_separator(row); !separator.empty())
    return fmt::format("{}; there are {}: {}", what, separator, kCommas);
  if (row.size() < header.size()) return fmt::format("{}; column '{}' has none", what, header[row.size()]);
  for (std::size_t i = 0; i < header.size(); ++i) {
    if (is_whole(row[i]) && are_digits(row[i + 1]))
      return fmt::format("{}; '{},{}' in column '{}' looks like a decimal comma: write {}.{}", what, row[i], row[i + 1],
                         header[i], row[i], row[i + 1]);
  }
  return fmt::format("{}; the first without a column is '{}': a text with a comma stands in double quotes", what,
                     row[header.size()]);
}

std::string header_hint(const std::vector<std::string>& header) {
  const std::string_view separator = other_separator(header);
  return separator.empty() ? std::string() : fmt::format("; its header has {}: {}", separator, kCommas);
}

std::string number_hint(std::string_view cell) {
  const std::size_t comma = cell.find(',');
  if (comma != std::string_view::npos && is_whole(cell.substr(0, comma)) && are_digits(cell.substr(comma + 1)))
    return fmt::format("; a decimal comma: write {}.{}", cell.substr(0, comma), cell.substr(comma + 1));
  if (cell.find(';') != std::string_view::npos) return fmt::format("; there are semicolons: {}", kCommas);
  return {};
}

}  // namespace materiel
