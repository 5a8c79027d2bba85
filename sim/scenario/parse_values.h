#pragma once

#include <string_view>

#include <materiel/scenario/schema.h>
#include <materiel/scenario/value.h>

#include "scenario/parse_context.h"

namespace materiel::scenario {

/// What a value may be.
struct ValueRule {
  std::string_view what;  ///< "'rate'", for messages
  Range range = Range::number;
  bool random = false;  ///< whether it may be a distribution
};

struct ValueReading {
  Value value;         ///< absent if it was wrong
  bool dated = false;  ///< whether dates were written
};

/// Reads a number, boolean, date, expression or distribution.
ValueReading read_value(Context& context, const Node& node, const ValueRule& rule);

/// The value of an expression without variables.
[[nodiscard]] double constant_value(const std::string& expression, Date start);

/// Reports a constant that lies outside of its range; true if it lies in it.
/// @param rounded  whether a fraction of a whole number is rounded, since it is the result of an expression
bool check_range(Context& context, double x, const Place& place, const ValueRule& rule, bool rounded);

}  // namespace materiel::scenario
