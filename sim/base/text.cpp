#include <algorithm>
#include <cstdint>

#include <fmt/format.h>

#include <materiel/base/text.h>

#include "base/characters.h"

namespace materiel {
std::string with_thousands(std::string number) {
  const std::size_t first = number.find_first_of("0123456789");
  if (first == std::string::npos) return number;
  std::size_t end = number.find_first_not_of("0123456789", first);
  if (end == std::string::npos) end = number.size();
  for (std::size_t at = end; at > first + 3;) number.insert(at -= 3, 1, ',');
  return number;
}

std::string with_thousands(std::uint64_t count) {
  return with_thousands(std::to_string(count));
}

std::size_t characters_in(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins_character));
}

bool is_printable(std::string_view text) {
  while (!text.empty()) {
    const Character one = first_character(text);
    if (!one.is_shown && text.front() != '\n' && text.front() != '\t') return false;
    text.remove_prefix(one.bytes);
  }
  return true;
}

std::string printable(std::string_view text) {
  std::string shown;
  shown.reserve(text.size());
  while (!text.empty()) {
    const Character one = first_character(text);
    if (one.is_shown || text.front() == '\n' || text.front() == '\t') {
      shown += text.substr(0, one.bytes);
    } else {
      shown += '?';
    }
    text.remove_prefix(one.bytes);
  }
  return shown;
}

std::string with_escapes(std::string_view json) {
  std::string shown;
  shown.reserve(json.size());
  while (!json.empty()) {
    const Character one = first_character(json);
    if (one.is_shown || one.code < 0x7FU) {
      shown += json.substr(0, one.bytes);
    } else {
      shown += fmt::format("\\u{:04x}", one.code);
    }
    json.remove_prefix(one.bytes);
  }
  return shown;
}

std::string shortened(std::string_view text, std::size_t characters) {
  if (characters_in(text) <= characters) return std::string(text);
  std::size_t end = 0;
  for (std::size_t count = 0; end < text.size(); ++end) {
    if (begins_character(text[end]) && ++count == characters) break;
  }
  return std::string(text.substr(0, end)) + "…";
}

std::vector<std::string> wrapped(std::string_view text, std::size_t characters) {
  std::vector<std::string> lines;
  constexpr std::string_view kSpaces = " \t\r\n";
  for (std::size_t at = text.find_first_not_of(kSpaces); at != std::string_view::npos;) {
    const std::size_t end = std::min(text.find_first_of(kSpaces, at), text.size());
    const std::string_view word = text.substr(at, end - at);
    if (lines.empty() || characters_in(lines.back()) + 1 + characters_in(word) > characters) {
      lines.emplace_back(word);
    } else {
      lines.back().append(" ").append(word);
    }
    at = text.find_first_not_of(kSpaces, end);
  }
  return lines;
}

}  // namespace materiel
