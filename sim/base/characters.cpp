#include "base/characters.h"

namespace materiel {
namespace {

/// Controls of C1, marks that turn the direction of writing, separators of lines: what changes how a line is shown.
bool is_control(std::uint32_t code) {
  return code < 0x20U || (code >= 0x7FU && code < 0xA0U) || code == 0x061CU || code == 0x200EU || code == 0x200FU ||
         (code >= 0x2028U && code <= 0x202EU) || (code >= 0x2066U && code <= 0x2069U) || code == 0xFFFEU ||
         code == 0xFFFFU;  // the last two may not stand in XML
}

}  // namespace

bool begins_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
}

Character first_character(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  if (first < 0x80U) return {1, !is_control(first), first};
  if (first < 0xC2U || first > 0xF4U) return {};
  const std::size_t length = first < 0xE0U ? 2 : first < 0xF0U ? 3 : 4;
  if (text.size() < length) return {};
  std::uint32_t code = first & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if (begins_character(text[i])) return {};
    code = code << 6U | (byte(i) & 0x3FU);
  }
  const bool is_overlong = (length == 3 && code < 0x800U) || (length == 4 && code < 0x10000U);
  const bool is_character = !is_overlong && (code < 0xD800U || code > 0xDFFFU) && code <= 0x10FFFFU;
  return is_character ? Character{length, !is_control(code), code} : Character{};
}

}  // namespace materiel
