#pragma once

#include "scenario/parse_context.h"

namespace materiel::scenario {

struct Spec;

/// Reads all sections of a file into `spec`, whose `file` and `source` are set; mistakes go into the context.
void read_spec(Context& context, const Node& root, Spec& spec);

}  // namespace materiel::scenario
