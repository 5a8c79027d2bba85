#pragma once

#include <limits>

namespace materiel::engine {

/// Simulated time: what one unit of it means is the user's choice (materiel's models use days).
using Time = double;

/// Later than every event.
inline constexpr Time kNever = std::numeric_limits<Time>::infinity();

}  // namespace materiel::engine
