#include <algorithm>

#include <materiel/report/text.h>

namespace materiel::report {
namespace {

bool begins_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
}

/// The length in bytes of the character that the text begins with; 0 if it isn't one to show.
std::size_t shown_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  if (first < 0x80U) return (first >= 0x20U && first != 0x7FU) || first == '\n' || first == '\t' ? 1 : 0;
  if (first < 0xC2U || first > 0xF4U) return 0;
  const std::size_t length = first < 0xE0U ? 2 : first < 0xF0U ? 3 : 4;
  if (text.size() < length || (first == 0xC2U && byte(1) < 0xA0U)) return 0;  // C2 80 to C2 9F: control characters
  for (std::size_t i = 1; i < length; ++i) {
    if (begins_character(text[i])) return 0;
  }
  return length;
}

}  // namespace

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

std::string shell_word(const std::string& text) {
  constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./-+=:,@%";
  if (!text.empty() && text.find_first_not_of(kPlain) == std::string::npos) return text;
  std::string word = "'";
  for (const char c : text) {
    if (c == '\'') {
      word += R"('\'')";
    } else {
      word += c;
    }
  }
  return word + "'";
}

std::string printable(std::string_view text) {
  std::string shown;
  shown.reserve(text.size());
  while (!text.empty()) {
    const std::size_t length = shown_length(text);
    if (length == 0) {
      shown += '?';
    } else {
      shown += text.substr(0, length);
    }
    text.remove_prefix(length == 0 ? 1 : length);
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

}  // namespace materiel::report
