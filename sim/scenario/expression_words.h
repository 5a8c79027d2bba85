#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

/// The words of the expression language: its functions and constants.
namespace materiel::scenario {

struct Function {
  using One = double (*)(double);
  using Two = double (*)(double, double);

  /// What its value is made with.
  enum class Form : std::uint8_t {
    one,    // one(a)
    two,    // two(a, b)
    pairs,  // two(two(a, b), c) and so on, a alone is itself
    sum,    // 0 + a + b and so on
    mean,   // a sum divided by their number
    clamp,  // lesser(larger(x, lowest), highest)
  };

  std::string_view name;
  std::uint32_t arguments = 1;  ///< how many it takes; 0: any number from one
  bool of_milestones = false;   ///< its arguments are names of milestones
  Form form = Form::one;
  One one = nullptr;
  Two two = nullptr;
};

[[nodiscard]] std::span<const Function> functions();

/// The index in functions(); nothing if there is no such function.
[[nodiscard]] std::optional<std::uint32_t> find_function(std::string_view name);

struct Constant {
  std::string_view name;
  double value = 0;  ///< days
};

[[nodiscard]] std::span<const Constant> constants();

/// Nothing if there is no such constant.
[[nodiscard]] std::optional<double> find_constant(std::string_view name);

/// What to write instead of a word that other languages have; empty if there is nothing to say.
[[nodiscard]] std::string_view advice_for(std::string_view word);

/// Whether a variable is the day of a milestone.
[[nodiscard]] bool names_milestone(std::string_view name);

/// Not a number if one of them isn't.
[[nodiscard]] double lesser(double a, double b);
[[nodiscard]] double larger(double a, double b);

/// 1 if a came first, 0 if b did or both on the same instant; a day that never came is NaN; NaN if neither came.
[[nodiscard]] double before(double a, double b);

}  // namespace materiel::scenario
