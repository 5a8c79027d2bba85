#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <materiel/base/date.h>
#include <materiel/base/diagnostic.h>
#include <materiel/scenario/variable_names.h>

/// The expression language: arithmetic and comparisons over named numbers.
///
/// Numbers are decimal (3, .5, 1e-3); dates (2024-01-31) stand for their day number; day, week, month, year are
/// constants. Names may contain '-' and '.': where a text could be read as a longer or a shorter name, the longest name
/// that exists is meant, and a '-' with a space beside it is always a minus. Operators, strongest first: ^ (from the
/// right, so 2^3^2 is 512), the signs - + (so -2^2 is -4), * /, + -, the comparisons < <= > >= == != (from the left, as
/// the others: 2 == 1 < 2 is (2 == 1) < 2), &&, ||, and condition ? value : other. Comparisons give 0 or 1; everything
/// but 0 is true. Functions: abs sqrt exp ln log2 log10 sign floor ceil round (half up; rint is the same), sin cos tan
/// asin acos atan sinh cosh tanh asinh acosh atanh, atan2(y, x), clamp(x, lowest, highest), min max sum avg of one or
/// more values. before(milestone.a, milestone.b) is 1 if a came first, 0 if b did or both at the same instant, missing
/// if neither came; reached(milestone.a) is 1 if it came, else 0. Operations are done in doubles, each where it stands:
/// constants that are apart are not gathered. At most 4096 characters and 200 nested parentheses.
namespace materiel::scenario {

/// A milestone of such a day or a later one was not reached. Unlike infinity such days have an order, so whoever tries
/// two orders learns whether an expression depends on it.
inline constexpr double kNeverReached = 1e300;

/// What an expression may name, and what is a milestone among it.
struct ExpressionNames {
  VariableNames variables;  ///< parameters; for outcomes also metrics and milestones ("milestone.x")
  Date start;               ///< for dates
};

/// An expression in which every name has been found.
struct CheckedExpression {
  std::vector<std::uint32_t> used;    ///< indices of the variables it uses, ascending
  std::vector<std::uint32_t> needed;  ///< those used outside before() and reached()
  Diagnostics errors;                 ///< empty if it is right
};

/// Whether a name is a constant of the language (day, week, month, year); a variable of that name would hide it.
[[nodiscard]] bool is_constant_name(std::string_view name);

/// Checks an expression written at `where` (the location of its opening quote) of `file`. The errors lie at the very
/// characters, taking the string for a one-line one; where its text shows that it had escapes or several lines, and
/// where the place is unknown, they lie at `where`.
[[nodiscard]] CheckedExpression check_expression(std::string_view text, const ExpressionNames& names,
                                                 const std::string& file, Location where);

struct Bytecode;

/// A checked expression, ready to be evaluated. Constant: copies share what it is made of, and so do threads.
class Expression {
 public:
  /// @param text  one that check_expression found right for the same names
  Expression(std::string_view text, const ExpressionNames& names);

  /// Indices of the variables it uses, ascending.
  [[nodiscard]] std::span<const std::uint32_t> used() const;

  /// The expression's value. NaN if it is missing: a variable that it needs is NaN, even in a branch of ?: that isn't
  /// taken, or neither milestone of a before() was reached; and if it comes out as not a number, such as 0/0. A NaN
  /// that arises inside, as in (0/0) > 1, compares as 0. Infinite where it overflows or divides by zero.
  /// @param variables  in the order of the names; NaN is a milestone that was not reached. From kNeverReached on, it
  ///                   counts as later than any day: comparisons with it hold or don't, and reached() of it is 0.
  [[nodiscard]] double evaluate(std::span<const double> variables) const;

 private:
  std::shared_ptr<const Bytecode> code_;
};

}  // namespace materiel::scenario
