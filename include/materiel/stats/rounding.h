#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

/// What is zero but for rounding.
namespace materiel::stats {

/// How much two numbers that should be equal may differ, as a share of them, after a few operations.
inline constexpr double kRounding = 64 * std::numeric_limits<double>::epsilon();

/// Whether a difference of numbers of that size is nothing but rounding.
[[nodiscard]] inline bool is_rounding(double difference, double size) {
  return std::abs(difference) <= kRounding * std::abs(size);
}

/// Whether values, at least one, are equal but for rounding.
[[nodiscard]] inline bool is_constant(std::span<const double> values) {
  const auto [least, most] = std::minmax_element(values.begin(), values.end());
  return is_rounding(*most - *least, std::max(std::abs(*least), std::abs(*most)));
}

}  // namespace materiel::stats
