#pragma once

#include "scenario/parse_table.h"

namespace materiel::scenario {

struct Variability;

/// Reads the rate profile behind the key `rate` of a section; a value, or a table of rate_schema().
RateProfile read_rate(TableReader& section);

/// Reads the key `variability` of a section.
Variability read_variability(TableReader& section);

}  // namespace materiel::scenario
