#pragma once

#include <string_view>

#include "scenario/json_schema_values.h"

namespace materiel::scenario {

/// Adds which keys of a kind of table go together: exactly one of some, and those that need others.
void add_rules(std::string_view table, Json& schema);

}  // namespace materiel::scenario
