// Any text is an expression or a mistake; the value of an expression is that of a plain evaluation of its tokens.
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <string>

#include <materiel/base/date.h>
#include <materiel/scenario/expression.h>

#include "support/plain_expression.h"

namespace {

using namespace materiel;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kHuge = scenario::kNeverReached;

// In the order of the names below.
constexpr std::array<std::array<double, 7>, 8> kRows{{{3, 0.1, 2, 7, 5, 30, 400.5},
                                                      {0, -0.0, 1, -1, 0.5, 0, 0},
                                                      {-3, 1e-9, 1e9, 0.1, 1 / 3.0, kNaN, 12},
                                                      {2.5, -2, 1e155, 1e-200, 5e-324, 12, kNaN},
                                                      {1, 2, 3, 4, 5, kNaN, kNaN},
                                                      {49, 0.7, 0.3, -0.1, 100, kHuge, 3},
                                                      {-1e300, 1e300, 8, 0.5, -7, 2 * kHuge, kHuge},
                                                      {kNaN, 1, 1, 1, 1, 1, 1}}};

}  // namespace

// The first byte chooses the variables.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size < 1) return 0;
  const std::string text(reinterpret_cast<const char*>(bytes) + 1, size - 1);
  static const scenario::ExpressionNames kNames{
      .variables = {"x", "y", "base", "base-rate", "rate", "milestone.a", "milestone.b"},
      .start = *Date::of(2024, 1, 1)};
  if (!scenario::check_expression(text, kNames, "fuzz", {.line = 1, .column = 1, .length = 1}).errors.empty()) return 0;
  const auto& row = kRows[bytes[0] % kRows.size()];
  const double found = scenario::Expression(text, kNames).evaluate(row);
  const double plain = scenario::PlainExpression(text, kNames, row).value();
  const bool same =
      std::isnan(found) ? std::isnan(plain) : found == plain && std::signbit(found) == std::signbit(plain);
  if (same) return 0;
  std::fprintf(stderr, "%s gives %.17g, a plain evaluation %.17g\n", text.c_str(), found, plain);
  std::abort();
}
