#pragma once

#include <cstdint>
#include <vector>

#include <materiel/base/diagnostic.h>
#include <materiel/scenario/value.h>

namespace materiel::scenario {

struct When {
  Value when;   ///< days since the start
  Value value;  ///< a rate (per day) or a quantity
};

/// A rate over time, units per day (model.md section 4).
struct RateProfile {
  enum class Shape : std::uint8_t { constant, steps, points, linear, logistic, exponential };
  Shape shape = Shape::constant;
  Value value;                    ///< constant
  std::vector<When> knots;        ///< steps, points
  Value from, to, begins, lasts;  ///< ramps
  std::vector<Value> seasonal;    ///< 12 monthly factors, or empty
  Location where;
};

}  // namespace materiel::scenario
