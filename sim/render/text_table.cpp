#include <algorithm>

#include <materiel/base/text.h>
#include <materiel/render/text_table.h>

namespace materiel::render {

std::string aligned(const std::vector<TextRow>& rows, std::string_view sides) {
  std::vector<std::size_t> widths(rows.front().size());
  for (const TextRow& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], characters_in(row[i]));
  }
  std::string text;
  for (const TextRow& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string padding(widths[i] - characters_in(row[i]), ' ');
      const bool left = sides[std::min(i, sides.size() - 1)] == 'l';
      line += (i == 0 ? "" : "   ") + (left ? row[i] + padding : padding + row[i]);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + '\n';
  }
  return text;
}

}  // namespace materiel::render
