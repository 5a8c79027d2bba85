#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <materiel/scenario/expression.h>

namespace materiel::scenario {

enum class TokenKind : std::uint8_t {
  number,     // as written; a date or a constant: `number` holds what it stands for
  variable,   // `index` into the names
  function,   // `index` into functions(); an opening parenthesis follows
  operation,  // `operation` says which
  open,
  close,
  comma,
  question,
  colon,
  end,
};

enum class Operator : std::uint8_t {
  power,
  multiply,
  divide,
  add,
  subtract,
  less,
  less_or_equal,
  greater,
  greater_or_equal,
  equal,
  unequal,
  both,    // &&
  either,  // ||
};

struct Token {
  TokenKind kind = TokenKind::end;
  Operator operation = Operator::power;
  std::uint32_t begin = 0, length = 0;  ///< bytes of the text
  std::uint32_t index = 0;
  double number = 0;
};

/// Something wrong in an expression, at bytes of its text.
struct Mistake {
  std::size_t begin = 0, length = 0;
  std::string message;
  std::vector<std::string> notes = {};
};

struct Tokens {
  std::vector<Token> tokens;  ///< the last one is the end
  std::vector<Mistake> mistakes;
};

/// Splits an expression into tokens and finds its names: the longest that exists wins.
[[nodiscard]] Tokens tokenize(std::string_view text, const ExpressionNames& names);

}  // namespace materiel::scenario
