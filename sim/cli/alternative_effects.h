#pragma once

#include <materiel/base/diagnostic.h>

#include "cli/alternative_inputs.h"

namespace materiel::cli {

/// Warnings of alternatives that change no draw and no number of the file as it stands: at most labels. Only of inputs
/// that compiled, and if the base is among them.
[[nodiscard]] Diagnostics idle_alternatives(const std::vector<AlternativeInput>& inputs);

}  // namespace materiel::cli
