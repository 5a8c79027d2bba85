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
  using Three = double (*)(double, double, double);
  using Any = double (*)(const double*, int);

  std::string_view name;
  std::uint32_t arguments = 1;  ///< how many it takes; 0: any number from one
  bool of_milestones = false;   ///< its arguments are names of milestones
  One one = nullptr;            ///< exactly one of these four is set
  Two two = nullptr;
  Three three = nullptr;
  Any any = nullptr;
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

/// 1 if a came first, 0 if b did or both on the same instant; a day that never came is NaN; NaN if neither came.
[[nodiscard]] double before(double a, double b);

}  // namespace materiel::scenario
