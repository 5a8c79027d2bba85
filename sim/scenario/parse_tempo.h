#pragma once

#include "scenario/parse_table.h"

namespace materiel::scenario {

struct Demand;

/// Reads `states` and `initial` of a demand: the Markov chain of its tempo (docs/model.md, section 9).
void read_tempo(TableReader& table, Demand& demand);

}  // namespace materiel::scenario
