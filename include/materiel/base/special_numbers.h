#pragma once

#include <limits>

namespace materiel {

/// What stands for a number that there is none of: an empty field of a table.
inline constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

/// No bound.
inline constexpr double kInfinity = std::numeric_limits<double>::infinity();

}  // namespace materiel
