#include <algorithm>
#include <array>
#include <charconv>

#include <materiel/store/csv.h>

namespace materiel::store {
namespace {

/// Whether a spreadsheet would compute the cell: "-5" is a number, "- see the annex" would be a formula.
bool is_formula(std::string_view text) {
  constexpr std::string_view kSigns = "=+-@\t\r";
  if (text.size() < 2 || kSigns.find(text.front()) == std::string_view::npos) return false;
  double number = 0;
  const char* begin = text.data() + (text.front() == '+' ? 1 : 0);
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(begin, end, number);
  return read.ec != std::errc() || read.ptr != end;
}

/// A formula, or one that an apostrophe stands before: the texts that append_text() writes with one more.
bool needs_apostrophe(std::string_view text) {
  const std::size_t first = text.find_first_not_of('\'');
  return first != std::string_view::npos && is_formula(text.substr(first));
}

}  // namespace

void append_text(std::string& row, std::string_view text) {
  const bool is_name = !text.empty() && text.front() >= 'a' && text.front() <= 'z';  // as most cells
  const bool marked = !is_name && needs_apostrophe(text);
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
    if (marked) row += '\'';
    row += text;
    return;
  }
  row += marked ? "\"'" : "\"";
  for (const char c : text) {
    if (c == '"') row += '"';
    row += c;
  }
  row += '"';
}

std::string_view text_of_cell(std::string_view cell) {
  if (!cell.starts_with('\'') || !needs_apostrophe(cell)) return cell;
  return cell.substr(1);
}

void append_count(std::string& row, std::uint64_t count) {
  std::array<char, 20> digits{};
  row.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), count).ptr);
}

std::string csv_line(const std::vector<std::string>& cells) {
  std::string line;
  for (const std::string& cell : cells) {
    if (&cell != &cells.front()) line += ',';
    append_text(line, cell);
  }
  line += '\n';
  return line;
}

}  // namespace materiel::store
