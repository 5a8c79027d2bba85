#include "scenario/expression_tokens.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <system_error>

#include <fmt/format.h>

#include "scenario/characters.h"
#include "scenario/expression_names.h"
#include "scenario/expression_words.h"

namespace materiel::scenario {
namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// Reads the tokens of one text from left to right.
class Reader {
 public:
  Reader(std::string_view text, const ExpressionNames& names) : text_(text), names_(names) {}

  Tokens read() {
    while (skip_spaces(), at_ < text_.size()) {
      const char c = text_[at_];
      const bool number = is_digit(c) || (c == '.' && at_ + 1 < text_.size() && is_digit(text_[at_ + 1]));
      if (number) {
        if (!read_date()) read_number();
      } else if (is_name_character(c) && c != '.' && c != '-') {
        read_name();
      } else {
        read_sign();
      }
    }
    add(TokenKind::end, 0);
    return std::move(found_);
  }

 private:
  void skip_spaces() {
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
  }
  Token& add(TokenKind kind, std::size_t length) {
    found_.tokens.push_back({.kind = kind,
                             .operation = Operator::power,
                             .begin = static_cast<std::uint32_t>(at_),
                             .length = static_cast<std::uint32_t>(length),
                             .index = 0,
                             .number = 0});
    at_ += length;
    return found_.tokens.back();
  }
  void fail(std::size_t length, std::string message, std::vector<std::string> notes = {}) {
    found_.mistakes.push_back({at_, length, std::move(message), std::move(notes)});
    at_ += length;
  }
  [[nodiscard]] bool call_follows(std::size_t length) const {
    const std::size_t next = text_.find_first_not_of(" \t\r\n", at_ + length);
    return next != std::string_view::npos && text_[next] == '(';
  }

  bool read_date();
  void read_number();
  void read_name();
  void read_sign();

  std::string_view text_;
  const ExpressionNames& names_;
  std::size_t at_ = 0;
  Tokens found_;
};

/// The length of digits-digits-digits at the beginning of a text, with four digits and one or two; 0 if it isn't there.
std::size_t date_length(std::string_view text) {
  std::size_t at = 0;
  for (const std::size_t most : {4U, 2U, 2U}) {
    if (at > 0) {
      if (at >= text.size() || text[at] != '-') return 0;
      ++at;
    }
    const std::size_t first = at;
    while (at < text.size() && is_digit(text[at])) ++at;
    if (at == first || at - first > most || (most == 4 && at != 4)) return 0;
  }
  if (at < text.size() && text[at] != '-' && is_name_character(text[at])) return 0;
  return at;
}

/// The length of a text in quotes at the beginning of another; of the quote alone if it isn't closed.
std::size_t quoted_length(std::string_view text) {
  const std::size_t closing = text.find(text.front(), 1);
  return closing == std::string_view::npos ? 1 : closing + 1;
}

bool Reader::read_date() {
  const std::size_t length = date_length(text_.substr(at_));
  if (length == 0) return false;
  const std::string_view written = text_.substr(at_, length);
  if (length != 10) {
    fail(length, fmt::format("'{}' is not a date", written),
         {"a date is written like 2024-01-31, a difference with spaces"});
    return true;
  }
  const auto date = Date::parse(written);
  if (!date) {
    fail(length, fmt::format("there is no day {}", written));
  } else if (date->year() < kFirstYear || date->year() > kLastYear) {
    fail(length, fmt::format("the date {} is outside the years {} to {}", written, kFirstYear, kLastYear));
  } else {
    add(TokenKind::number, length).number = date->days_since_1970 - names_.start.days_since_1970;
  }
  return true;
}

void Reader::read_number() {
  const std::string_view rest = text_.substr(at_);
  double number = 0;
  const auto [end, status] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
  const auto length = static_cast<std::size_t>(end - rest.data());
  const std::string_view run = name_run(rest);
  const std::string_view word = run.substr(0, run.find('-', length));
  const bool goes_on = length < word.size() && (word[length] == '_' || word[length] == '.');  // 1_000, 1.2.3
  const bool has_base = length == 1 && rest[0] == '0' && word.size() > 1;                     // 0xff, 0b1
  if (goes_on || has_base) {
    fail(word.size(), fmt::format("'{}' is not a decimal number", word));
  } else if (status != std::errc{}) {
    fail(length, fmt::format("the number {} is out of range", rest.substr(0, length)));
  } else {
    add(TokenKind::number, length).number = number;
  }
}

void Reader::read_name() {
  const std::string_view run = name_run(text_.substr(at_));
  const NameMatch match = longest_name(run, names_.variables);
  const auto function = find_function(run.substr(0, match.length));
  if (function && call_follows(match.length)) {
    add(TokenKind::function, match.length).index = *function;
  } else if (match.variable) {
    add(TokenKind::variable, match.length).index = *match.variable;
  } else if (function) {
    const std::string_view name = run.substr(0, match.length);
    fail(match.length, fmt::format("'{0}' is a function: write {0}(...)", name));
  } else if (match.length > 0) {
    add(TokenKind::number, match.length).number = *find_constant(run.substr(0, match.length));
  } else {
    UnknownName unknown = explain_unknown(run, names_.variables, call_follows(run.size()));
    fail(unknown.length, std::move(unknown.message), std::move(unknown.notes));
  }
}

struct OperatorSign {
  std::string_view text;
  Operator operation;
};

/// A sign stands after those that begin with it.
constexpr std::array kOperatorSigns{OperatorSign{"<=", Operator::less_or_equal},
                                    OperatorSign{">=", Operator::greater_or_equal},
                                    OperatorSign{"==", Operator::equal},
                                    OperatorSign{"!=", Operator::unequal},
                                    OperatorSign{"&&", Operator::both},
                                    OperatorSign{"||", Operator::either},
                                    OperatorSign{"+", Operator::add},
                                    OperatorSign{"-", Operator::subtract},
                                    OperatorSign{"*", Operator::multiply},
                                    OperatorSign{"/", Operator::divide},
                                    OperatorSign{"^", Operator::power},
                                    OperatorSign{"<", Operator::less},
                                    OperatorSign{">", Operator::greater}};

void Reader::read_sign() {
  const std::string_view rest = text_.substr(at_);
  for (const OperatorSign& sign : kOperatorSigns) {
    if (!rest.starts_with(sign.text)) continue;
    add(TokenKind::operation, sign.text.size()).operation = sign.operation;
    return;
  }
  switch (rest.front()) {
    case '(':
      add(TokenKind::open, 1);
      return;
    case ')':
      add(TokenKind::close, 1);
      return;
    case ',':
      add(TokenKind::comma, 1);
      return;
    case '?':
      add(TokenKind::question, 1);
      return;
    case ':':
      add(TokenKind::colon, 1);
      return;
    case '=':
      return fail(1, "an expression cannot assign", {"use == to compare"});
    case '&':
      return fail(1, "unknown operator '&'", {"for 'and' write &&"});
    case '|':
      return fail(1, "unknown operator '|'", {"for 'or' write ||"});
    case '!':
      return fail(1, "unknown operator '!'", {"for 'not x' write x == 0"});
    case '"':
    case '\'':
      return fail(quoted_length(rest), "an expression has no texts", {"names are written without quotes"});
    default:
      break;
  }
  const bool printable = rest.front() > ' ' && rest.front() != '\x7f';
  fail(1, printable ? fmt::format("unexpected character '{}'", rest.front())
                    : fmt::format("unexpected control character {:#04x}", static_cast<unsigned char>(rest.front())));
}

}  // namespace

Tokens tokenize(std::string_view text, const ExpressionNames& names) {
  return Reader{text, names}.read();
}

}  // namespace materiel::scenario
