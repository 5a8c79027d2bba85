#include "cli/wrapped_text.h"

#include <algorithm>

namespace materiel::cli {

void append_wrapped(std::string& text, std::size_t column, std::string_view words, TextShape shape) {
  while (!words.empty()) {
    const std::size_t space = std::min(words.find(' '), words.size());
    const std::string_view word = words.substr(0, space);
    if (column > shape.indent && column + 1 + word.size() > shape.width) {
      text += '\n' + std::string(shape.indent, ' ');
      column = shape.indent;
    } else if (column > shape.indent) {
      text += ' ';
      ++column;
    }
    text += word;
    column += word.size();
    words.remove_prefix(std::min(space + 1, words.size()));
  }
  text += '\n';
}

}  // namespace materiel::cli
