#pragma once

#include <cstdint>
#include <vector>

#include "scenario/expression_tokens.h"

namespace materiel::scenario {

inline constexpr std::uint32_t kNoTerm = 0xffffffffU;

/// A part of an expression: a number, a variable, or what is done with smaller parts.
struct Term {
  enum class Kind : std::uint8_t {
    number,
    variable,   // `index` into the names
    negative,   // of one part
    operation,  // `operation` on two parts
    call,       // of functions()[index] with its arguments
    choice,     // condition ? value : other
  };
  Kind kind = Kind::number;
  Operator operation = Operator::power;
  std::uint32_t index = 0;
  double number = 0;
  std::uint32_t first = kNoTerm;  ///< its first part
  std::uint32_t next = kNoTerm;   ///< what follows it among the parts of the same whole
};

/// An expression as a tree: what is done, and with what. Parts come before the whole, so the root is the last.
using Tree = std::vector<Term>;

/// Makes a tree of an expression that is read from left to right and is right. Here stands how strongly the operators
/// bind.
class TreeBuilder {
 public:
  void number(double x) { value({.kind = Term::Kind::number, .number = x}); }
  void variable(std::uint32_t index) { value({.kind = Term::Kind::variable, .index = index}); }
  void minus_sign() { pending_.push_back({.kind = Pending::Kind::negative}); }
  void operation(Operator operation);
  void question();
  void colon();
  void open();
  void comma() { finish_inner(); }
  void close() { pop_open(); }
  /// Closes the arguments of a function.
  void close_call(std::uint32_t function);

  /// The whole expression.
  [[nodiscard]] Tree take();

 private:
  /// Something that has not got all its parts yet.
  struct Pending {
    enum class Kind : std::uint8_t { open, question, colon, negative, operation };
    Kind kind = Kind::open;
    Operator operation = Operator::power;
    std::uint32_t values = 0;  // of an open parenthesis: how many values stood before it
  };
  static int strength(const Pending& pending);
  static int strength(Operator operation);

  void value(const Term& term);
  void make(Term term, std::size_t parts);
  void finish_last();
  void finish_stronger_than(int strength);
  void finish_inner() { finish_stronger_than(0); }
  std::uint32_t pop_open();

  Tree tree_;
  std::vector<std::uint32_t> values_;  // terms that belong to no whole yet
  std::vector<Pending> pending_;
};

}  // namespace materiel::scenario
