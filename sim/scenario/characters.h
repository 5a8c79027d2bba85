#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>

/// Kinds of characters, whatever the locale.
namespace materiel::scenario {

[[nodiscard]] constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

[[nodiscard]] constexpr bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Of a text in UTF-8: columns of a line.
[[nodiscard]] inline std::uint32_t character_count(std::string_view text) {
  return static_cast<std::uint32_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

}  // namespace materiel::scenario
