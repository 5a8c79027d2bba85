#pragma once

#include <string>
#include <vector>

#include "scenario/parse_values.h"

namespace materiel::scenario {

/// Whether a table is meant as a distribution: it has a `dist`.
[[nodiscard]] bool is_distribution(const Node& table);

/// Reads a distribution table: `dist`, its arguments, `unit`.
ValueReading read_distribution(Context& context, const Node& table, const ValueRule& rule);

/// Reads the distribution among the keys of a [parameter.NAME].
/// @param own     keys that are not the distribution's
/// @param factor  what the parameter's unit multiplies its values by
ValueReading read_parameter_distribution(Context& context, const Node& table, const ValueRule& rule,
                                         const std::vector<std::string>& own, double factor);

/// Every argument that some distribution takes: their keys.
[[nodiscard]] std::vector<std::string> distribution_arguments();

}  // namespace materiel::scenario
