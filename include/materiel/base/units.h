#pragma once

#include <cmath>
#include <cstdint>
#include <optional>
#include <string_view>

namespace materiel {

/// Lengths of the units of time in days: the constants of the expression language.
inline constexpr double kDay = 1.0;
inline constexpr double kWeek = 7.0;
inline constexpr double kMonth = 30.4375;
inline constexpr double kYear = 365.25;

/// The largest count of units that a scenario may state or reach: 2^53, exact in a double.
inline constexpr std::int64_t kLargestQuantity = std::int64_t{1} << 53;

/// The nearest whole number, the upper one of two. (floor(x + 0.5) is not: the sum is rounded itself, which takes odd
/// numbers from 2^52 on to the next even one.)
[[nodiscard]] inline double rounded_half_up(double x) {
  const double below = std::floor(x);
  return x - below >= 0.5 ? below + 1 : below;
}

/// What a `unit` key multiplies values by: "month" gives 30.4375, "/month" its inverse; nothing if the unit is unknown.
[[nodiscard]] std::optional<double> unit_factor(std::string_view unit);

/// A number of days, or per day, in a unit: 60.875 in "month" is 2. Any other unit describes the number as it is. All
/// tables and figures that show a value beside its unit convert it here.
[[nodiscard]] double in_unit(double value, std::string_view unit);

/// The units that unit_factor knows, for messages: "day, week, month, year, /day, /week, /month, /year".
[[nodiscard]] std::string_view unit_names();

}  // namespace materiel
