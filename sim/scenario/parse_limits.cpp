#include "scenario/parse_limits.h"

#include <algorithm>

#include <fmt/format.h>

namespace materiel::scenario {
namespace {

/// A mistake at the character that begins at a byte of the text.
TomlMistake mistake_at(std::string_view text, std::size_t byte, std::string message) {
  const std::string_view before = text.substr(0, byte);
  const std::size_t newline = before.rfind('\n');
  const std::string_view line = newline == std::string_view::npos ? before : before.substr(newline + 1);
  const auto lines = std::count(before.begin(), before.end(), '\n');
  const auto characters =
      std::count_if(line.begin(), line.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
  return {.where = {.line = static_cast<std::uint32_t>(lines + 1),
                    .column = static_cast<std::uint32_t>(characters + 1),
                    .length = 1},
          .message = std::move(message),
          .notes = {}};
}

/// Bytes of the UTF-8 character at the beginning of a text; 0 if there is none (Unicode standard, table 3-7).
std::size_t character_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const auto between = [&](std::size_t i, unsigned low, unsigned high) { return byte(i) >= low && byte(i) <= high; };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return between(1, 0x80, 0xBF) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    const bool second = between(1, first == 0xE0 ? 0xA0 : 0x80, first == 0xED ? 0x9F : 0xBF);
    return second && between(2, 0x80, 0xBF) ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    const bool second = between(1, first == 0xF0 ? 0x90 : 0x80, first == 0xF4 ? 0x8F : 0xBF);
    return second && between(2, 0x80, 0xBF) && between(3, 0x80, 0xBF) ? 4 : 0;
  }
  return 0;
}

/// Runs over a text once and counts.
class ExcessScanner {
 public:
  explicit ExcessScanner(std::string_view text) : text_(text) {}

  std::optional<TomlMistake> scan() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '"' || c == '\'') {
        skip_string(c);
      } else if (c == '#') {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else {
        count(c);
        ++at_;
      }
      if (depth_ > kDeepestTable || dots_ >= kDeepestTable)
        return mistake_at(text_, at_ - 1,
                          fmt::format("tables and lists inside each other more than {} deep", kDeepestTable));
      if (entries_ > kMostEntries)
        return mistake_at(text_, at_ - 1, fmt::format("more than {} keys and entries of lists", kMostEntries));
    }
    return std::nullopt;
  }

 private:
  void skip_string(char quote) {
    const std::string_view three = quote == '"' ? R"(""")" : "'''";
    const bool long_one = text_.substr(at_, 3) == three;
    at_ += long_one ? 3 : 1;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '\\' && quote == '"') {
        at_ += 2;
      } else if (long_one ? text_.substr(at_, 3) == three : c == quote) {
        at_ += long_one ? 3 : 1;
        while (long_one && at_ < text_.size() && text_[at_] == quote) ++at_;  // up to two more belong to the text
        return;
      } else if (c == '\n' && !long_one) {
        return;
      } else {
        ++at_;
      }
    }
  }

  void count(char c) {
    if (c == '.') ++dots_;
    if (c == '\n' || c == '=' || c == ',' || c == '[' || c == ']' || c == '{' || c == '}') dots_ = 0;
    if (c == '=' || c == ',' || c == '[') ++entries_;
    if (c == '[' || c == '{') ++depth_;
    if ((c == ']' || c == '}') && depth_ > 0) --depth_;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0, dots_ = 0, entries_ = 0;
};

}  // namespace

std::string_view without_mark(std::string_view text) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  return text;
}

std::optional<TomlMistake> find_other_encoding(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = character_length(text.substr(at));
    if (length == 0) return mistake_at(text, at, "this is not UTF-8 text");
    at += length;
  }
  return std::nullopt;
}

std::optional<TomlMistake> find_excess(std::string_view text) {
  return ExcessScanner(text).scan();
}

}  // namespace materiel::scenario
