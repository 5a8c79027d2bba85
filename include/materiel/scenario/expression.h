#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <materiel/base/date.h>
#include <materiel/base/diagnostic.h>

/// The expression language: arithmetic, comparisons and functions of muParser over named numbers. Names may contain
/// '-' and '.': where a text could be read as a longer or a shorter name, the longest name that exists is meant.
/// Dates (2024-01-31) stand for their day number; day, week, month, year are constants. before(a, b) and reached(a)
/// look at milestones.
namespace materiel::scenario {

/// What an expression may name, and what is a milestone among it.
struct ExpressionNames {
  std::vector<std::string> variables;   ///< parameters; for outcomes also metrics and milestones ("milestone.x")
  Date start;                           ///< for dates
};

/// An expression in which every name has been found.
struct CheckedExpression {
  std::vector<std::uint32_t> used;       ///< indices of the variables it uses, ascending
  std::vector<std::uint32_t> needed;     ///< those used outside before() and reached()
  Diagnostics errors;                    ///< empty if it is right
};

/// Checks an expression written at `where` (the location of its opening quote) of `file`.
[[nodiscard]] CheckedExpression check_expression(std::string_view text, const ExpressionNames& names,
                                                 const std::string& file, Location where);

/// Evaluates checked expressions over one array of variables. Not shared between threads: each makes its own.
class Evaluator {
 public:
  explicit Evaluator(const ExpressionNames& names);
  Evaluator(Evaluator&&) noexcept;
  Evaluator& operator=(Evaluator&&) noexcept;
  ~Evaluator();

  /// Adds an expression that check_expression found right; returns its index, counted from 0.
  std::size_t add(std::string_view text);

  /// The variables, in the order of the names; NaN is a milestone that was not reached.
  [[nodiscard]] std::span<double> variables();

  /// The expression's value for the present variables; NaN if it is missing (it needs a milestone that was not reached,
  /// or before() of two such) or not a number. Infinite where it overflows or divides by zero. Booleans are 0 or 1.
  [[nodiscard]] double evaluate(std::size_t index);

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace materiel::scenario
