#include <array>
#include <charconv>

#include <materiel/report/csv.h>

namespace materiel::report {

void append_text(std::string& row, std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
    row += text;
    return;
  }
  row += '"';
  for (const char c : text) {
    if (c == '"') row += '"';
    row += c;
  }
  row += '"';
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

}  // namespace materiel::report
