#include <algorithm>
#include <cstdint>

#include <fmt/format.h>

#include <materiel/report/text.h>

namespace materiel::report {
namespace {

bool begins_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
}

/// The character that a text begins with.
struct Character {
  std::size_t bytes = 1;
  bool is_shown = false;
  std::uint32_t code = 0;
};

/// Controls of C1, marks that turn the direction of writing, separators of lines: what changes how a line is shown.
bool is_control(std::uint32_t code) {
  return code < 0x20U || (code >= 0x7FU && code < 0xA0U) || code == 0x061CU || code == 0x200EU || code == 0x200FU ||
         (code >= 0x2028U && code <= 0x202EU) || (code >= 0x2066U && code <= 0x2069U) || code == 0xFFFEU ||
         code == 0xFFFFU;  // the last two may not stand in XML
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
  const bool all_shown = is_printable(text) && text.find_first_of("\n\t") == std::string::npos;
  std::string word = all_shown ? "'" : "$'";
  for (std::string_view rest = text; !rest.empty();) {
    const Character one = first_character(rest);
    const std::string_view bytes = rest.substr(0, one.bytes);
    rest.remove_prefix(one.bytes);
    if (all_shown) {
      word += bytes == "'" ? std::string_view(R"('\'')") : bytes;
    } else if (one.is_shown) {
      if (bytes == "'" || bytes == "\\") word += '\\';
      word += bytes;
    } else {
      for (const char byte : bytes) word += fmt::format("\\{:03o}", static_cast<unsigned char>(byte));
    }
  }
  return word + "'";
}

std::string shell_command(const std::vector<std::string>& words) {
  std::string command;
  for (const std::string& word : words) {
    if (!command.empty()) command += ' ';
    command += shell_word(word);
  }
  return command;
}

std::string path_argument(const std::string& path) {
  return path.starts_with('-') ? "./" + path : path;
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

}  // namespace materiel::report
