#pragma once

#include <materiel/base/diagnostic.h>

#include "model/program.h"
#include "model/resolved.h"

namespace materiel::scenario {
struct Spec;
}

namespace materiel::model {

/// Looks for what can't be run (impossible values, more events or more memory than a replication may take), which are
/// errors, and for what can be run but is hardly meant, which are warnings.
void check_program(const scenario::Spec& spec, const Program& program, Diagnostics& diagnostics);

}  // namespace materiel::model
