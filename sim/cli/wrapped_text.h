#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace materiel::cli {

/// The shape of a paragraph.
struct TextShape {
  std::size_t width = 80;  ///< longest line, in characters, if no word is longer
  std::size_t indent = 0;  ///< of all lines but the first
};

/// Appends words in lines, with a line end behind the last.
/// @param column  where the text is in its line: behind the indent or a term
void append_wrapped(std::string& text, std::size_t column, std::string_view words, TextShape shape);

}  // namespace materiel::cli
