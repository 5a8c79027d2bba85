// Random expressions of the whole grammar against a plain evaluation of their tokens.
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <materiel/scenario/expression.h>

#include "support/plain_expression.h"

namespace materiel::scenario {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

class RandomExpressions {
 public:
  explicit RandomExpressions(const ExpressionNames& names) : names_(names) {}

  std::string text(int depth) {
    std::string made = fmt::format("{}{}", pick(6) == 0 ? sign() : "", value(depth));
    for (int more = pick(4); more > 0; --more) {
      if (pick(12) == 0) {
        made += fmt::format(" ? {} : {}", value(depth - 1), value(depth - 1));
        continue;
      }
      made += fmt::format(" {} {}{}", word(kOperators), pick(5) == 0 ? sign() : "", value(depth - 1));
    }
    return made;
  }

  double number() {
    static constexpr std::array kSpecial{0.0, -0.0, 1.0, -1.0, kNeverReached, HUGE_VAL, 5e-324};
    const int kind = pick(10);
    if (kind < 2) return kSpecial[static_cast<std::size_t>(pick(static_cast<int>(kSpecial.size())))];
    if (kind < 4) return pick(20) - 10;
    return (share() - 0.5) * std::pow(10, pick(8));
  }
  int pick(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }

 private:
  static constexpr std::array<std::string_view, 13> kOperators{
      "+", "-", "*", "/", "^", "<", "<=", ">", ">=", "==", "!=", "&&", "||"};
  static constexpr std::array<std::string_view, 12> kOfOne{"abs", "sqrt", "exp",   "ln",   "log2",  "sign",
                                                           "sin", "tanh", "floor", "ceil", "round", "rint"};
  static constexpr std::array<std::string_view, 4> kOfAny{"min", "max", "sum", "avg"};

  template <class Words>
  std::string_view word(const Words& words) {
    return words[static_cast<std::size_t>(pick(static_cast<int>(words.size())))];
  }
  std::string_view sign() { return pick(2) == 0 ? "-" : "+"; }
  double share() { return std::ldexp(static_cast<double>(random_() >> 11U), -53); }

  std::string literal() {
    switch (pick(5)) {
      case 0:
        return fmt::format("{}", pick(10));
      case 1:
        return fmt::format("{:.25g}", share() * pick(1000));
      case 2:
        return fmt::format(".{}e{}", pick(100), pick(40) - 20);
      case 3:
        return fmt::format("2024-{:02}-{:02}", 1 + pick(12), 1 + pick(28));
      default:
        return "month";
    }
  }

  std::string value(int depth) {
    switch (pick(depth <= 0 ? 3 : 9)) {
      case 0:
        return literal();
      case 1:
      case 2:
        return names_.variables[static_cast<std::size_t>(pick(static_cast<int>(names_.variables.size())))];
      case 3:
      case 4:
        return fmt::format("({})", text(depth - 1));
      case 5:
        return fmt::format("{}({})", word(kOfOne), text(depth - 1));
      case 6: {
        std::string made = fmt::format("{}({}", word(kOfAny), text(depth - 1));
        for (int more = pick(4); more > 0; --more) made += fmt::format(", {}", text(depth - 1));
        return fmt::format("{})", made);
      }
      case 7:
        return pick(2) == 0 ? "before(milestone.a, milestone.b)" : "reached(milestone.b)";
      default:
        return fmt::format("clamp({}, {}, {})", text(depth - 1), text(depth - 1), text(depth - 1));
    }
  }

  const ExpressionNames& names_;
  std::mt19937_64 random_{20240131};
};

bool same_bits(double a, double b) {
  return (std::isnan(a) && std::isnan(b)) || std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

TEST(ExpressionAgainstPlainEvaluation, GivesTheSameBits) {
  const ExpressionNames names{.variables = {"x", "y", "base", "base-rate", "rate", "milestone.a", "milestone.b"},
                              .start = *Date::of(2024, 1, 1)};
  RandomExpressions random{names};
  int numbers = 0;
  for (int i = 0; i < 20'000; ++i) {
    const std::string text = random.text(random.pick(4));
    const CheckedExpression checked = check_expression(text, names, "x.toml", {});
    if (text.size() > 4000) continue;
    ASSERT_TRUE(checked.errors.empty()) << text << ": " << checked.errors[0].message;
    const Expression expression(text, names);
    for (int j = 0; j < 3; ++j) {
      std::vector<double> variables;
      for (std::size_t v = 0; v < names.variables.size(); ++v) variables.push_back(random.number());
      if (random.pick(8) == 0) variables[5] = kNaN;
      if (random.pick(8) == 0) variables[6] = kNaN;
      const double found = expression.evaluate(variables);
      const double plain = PlainExpression(text, names, variables).value();
      ASSERT_TRUE(same_bits(found, plain)) << text << " gives " << found << ", a plain evaluation " << plain;
      if (!std::isnan(found)) ++numbers;
    }
  }
  EXPECT_GT(numbers, 30'000);
}

}  // namespace
}  // namespace materiel::scenario
