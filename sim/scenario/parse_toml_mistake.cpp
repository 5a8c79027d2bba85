#include "scenario/parse_toml_mistake.h"

#include <algorithm>

#include <fmt/format.h>

#include "scenario/characters.h"

namespace materiel::scenario {
namespace {

/// A line as characters, so that columns count them; bytes of a character beyond ASCII become one 'x'.
std::string line_of(std::string_view text, std::uint32_t number) {
  for (std::uint32_t i = 1; i < number; ++i) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end + 1);
  }
  std::string line;
  for (const char c : text.substr(0, text.find('\n'))) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) line += c;
    if (byte >= 0xC0) line += 'x';
  }
  return line;
}

bool in_word(char c) {
  return is_letter(c) || is_digit(c) || std::string_view{"_-+.:*/%,;"}.find(c) != std::string_view::npos;
}

/// The word at or just before a place.
Location word_at(const std::string& line, Location at) {
  std::size_t begin = std::min<std::size_t>(at.column - 1, line.size());
  std::size_t end = begin;
  while (end < line.size() && in_word(line[end])) ++end;
  if (begin == end || at.column - 1 > line.size()) {
    while (begin > 0 && (line[begin - 1] == ' ' || line[begin - 1] == '\r')) --begin;
    end = begin;
  }
  while (begin > 0 && in_word(line[begin - 1])) --begin;
  if (begin == end) return {.line = at.line, .column = at.column, .length = 1};
  return {.line = at.line,
          .column = static_cast<std::uint32_t>(begin + 1),
          .length = static_cast<std::uint32_t>(end - begin)};
}

/// The last quoted name in a sentence.
std::string_view quoted_name(std::string_view sentence) {
  const std::size_t last = sentence.rfind('\'');
  if (last == std::string_view::npos || last == 0) return {};
  const std::size_t first = sentence.rfind('\'', last - 1);
  if (first == std::string_view::npos) return {};
  return sentence.substr(first + 1, last - first - 1);
}

TomlMistake redefinition(std::string_view sentence, Location at, const std::string& line) {
  const std::string_view name = quoted_name(sentence);
  TomlMistake mistake{.where = at,
                      .message = fmt::format("'{}' has been given before", name),
                      .notes = {"each section and each key of a section may be given once"}};
  const std::size_t found = line.rfind(name, at.column);
  if (!name.empty() && found != std::string::npos) {
    mistake.where.column = static_cast<std::uint32_t>(found + 1);
    mistake.where.length = static_cast<std::uint32_t>(name.size());
  }
  return mistake;
}

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

/// Explains what is wrong in a part of a document, such as "date".
TomlMistake explain_part(std::string_view part, std::string_view wrong, Location at, const std::string& line) {
  if (has(part, "string") && (has(wrong, "control character") || has(wrong, "end-of-file")))
    return {.where = at, .message = "the text ends here without its closing quote", .notes = {}};
  TomlMistake mistake{.where = has(part, "string") ? at : word_at(line, at), .message = {}, .notes = {}};
  if (part == "date" || part == "date-time") {
    const std::string date = line.substr(mistake.where.column - 1, mistake.where.length);
    mistake.message = fmt::format("there is no date '{}'", date);
    mistake.notes = {std::string{wrong}, "dates are written year-month-day, such as 2024-01-31"};
    return mistake;
  }
  const bool vowel = has("aeiou", part.substr(0, 1));
  mistake.message = fmt::format("invalid TOML in {} {}: {}", vowel ? "an" : "a", part, wrong);
  if (has(wrong, "determine value type") || part == "boolean" || has(wrong, "expected a comment or whitespace"))
    mistake.notes = {"texts and expressions stand in quotes, such as \"120/month\""};
  if (part == "inline table" && has(wrong, "saw '\\n'"))
    mistake.notes = {"a table in braces ends on the line on which it begins"};
  return mistake;
}

}  // namespace

TomlMistake explain_toml_mistake(std::string_view description, Location at, std::string_view text) {
  const std::string line = line_of(text, at.line);
  if (has(description, "redefine existing")) return redefinition(description, at, line);
  constexpr std::string_view kPrefix = "Error while parsing ";
  const std::size_t colon = description.find(": ");
  if (!description.starts_with(kPrefix) || colon == std::string_view::npos)
    return {.where = at, .message = fmt::format("invalid TOML: {}", description), .notes = {}};
  return explain_part(description.substr(kPrefix.size(), colon - kPrefix.size()), description.substr(colon + 2), at,
                      line);
}

}  // namespace materiel::scenario
