#include "scenario/expression_words.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include <materiel/base/units.h>
#include <materiel/scenario/expression.h>

namespace materiel::scenario {
namespace {

double round_half_up(double x) {
  const double whole = std::floor(x);
  return x - whole >= 0.5 ? whole + 1 : whole;
}

double sign(double x) {
  return x > 0 ? 1 : x < 0 ? -1 : x;
}
double reached(double day) {
  return day < kNeverReached ? 1 : 0;
}

constexpr Function of_one(std::string_view name, Function::One f) {
  return {.name = name, .arguments = 1, .one = f};
}
constexpr Function of_any(std::string_view name, Function::Form form, Function::Two f = nullptr) {
  return {.name = name, .arguments = 0, .form = form, .two = f};
}

constexpr std::array kFunctions{
    of_one("abs", [](double x) { return std::abs(x); }),
    of_one("sqrt", [](double x) { return std::sqrt(x); }),
    of_one("exp", [](double x) { return std::exp(x); }),
    of_one("ln", [](double x) { return std::log(x); }),
    of_one("log2", [](double x) { return std::log2(x); }),
    of_one("log10", [](double x) { return std::log10(x); }),
    of_one("sign", sign),
    of_one("floor", [](double x) { return std::floor(x); }),
    of_one("ceil", [](double x) { return std::ceil(x); }),
    of_one("round", round_half_up),
    of_one("rint", round_half_up),
    of_one("sin", [](double x) { return std::sin(x); }),
    of_one("cos", [](double x) { return std::cos(x); }),
    of_one("tan", [](double x) { return std::tan(x); }),
    of_one("asin", [](double x) { return std::asin(x); }),
    of_one("acos", [](double x) { return std::acos(x); }),
    of_one("atan", [](double x) { return std::atan(x); }),
    of_one("sinh", [](double x) { return std::sinh(x); }),
    of_one("cosh", [](double x) { return std::cosh(x); }),
    of_one("tanh", [](double x) { return std::tanh(x); }),
    of_one("asinh", [](double x) { return std::asinh(x); }),
    of_one("acosh", [](double x) { return std::acosh(x); }),
    of_one("atanh", [](double x) { return std::atanh(x); }),
    Function{.name = "atan2",
             .arguments = 2,
             .form = Function::Form::two,
             .two = [](double y, double x) { return std::atan2(y, x); }},
    Function{.name = "clamp", .arguments = 3, .form = Function::Form::clamp},
    of_any("min", Function::Form::pairs, lesser),
    of_any("max", Function::Form::pairs, larger),
    of_any("sum", Function::Form::sum),
    of_any("avg", Function::Form::mean),
    Function{.name = "before", .arguments = 2, .of_milestones = true, .form = Function::Form::two, .two = before},
    Function{.name = "reached", .arguments = 1, .of_milestones = true, .one = reached},
};

constexpr std::array kConstants{Constant{"day", kDay}, Constant{"week", kWeek}, Constant{"month", kMonth},
                                Constant{"year", kYear}};

struct Advice {
  std::string_view word, text;
};
constexpr std::array kAdvice{
    Advice{"and", "for 'and' write &&"},
    Advice{"or", "for 'or' write ||"},
    Advice{"not", "for 'not x' write x == 0"},
    Advice{"if", "for 'if' write condition ? value : other"},
    Advice{"log", "write ln for the natural logarithm, log10 for the decimal one"},
    Advice{"pow", "for a power write x ^ y"},
    Advice{"true", "for 'true' write 1"},
    Advice{"false", "for 'false' write 0"},
};

}  // namespace

std::span<const Function> functions() {
  return kFunctions;
}

std::optional<std::uint32_t> find_function(std::string_view name) {
  const auto found =
      std::find_if(kFunctions.begin(), kFunctions.end(), [&](const Function& f) { return f.name == name; });
  if (found == kFunctions.end()) return std::nullopt;
  return static_cast<std::uint32_t>(found - kFunctions.begin());
}

std::span<const Constant> constants() {
  return kConstants;
}

std::optional<double> find_constant(std::string_view name) {
  for (const Constant& constant : kConstants) {
    if (constant.name == name) return constant.value;
  }
  return std::nullopt;
}

std::string_view advice_for(std::string_view word) {
  for (const Advice& advice : kAdvice) {
    if (advice.word == word) return advice.text;
  }
  return {};
}

bool names_milestone(std::string_view name) {
  return name.starts_with("milestone.");
}

double lesser(double a, double b) {
  return std::isnan(a) || a < b ? a : b;
}
double larger(double a, double b) {
  return std::isnan(a) || a > b ? a : b;
}

double before(double a, double b) {
  if (std::isnan(a) && std::isnan(b)) return std::numeric_limits<double>::quiet_NaN();
  return std::isnan(b) || a < b ? 1 : 0;
}

}  // namespace materiel::scenario
