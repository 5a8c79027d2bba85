#pragma once

#include <vector>

#include <materiel/base/diagnostic.h>
#include <materiel/study/load.h>

namespace materiel::study {

/// Warnings of alternatives that change no draw and no number of the file as it stands: at most labels. Only of
/// variants that compiled, and if the base is among them.
[[nodiscard]] Diagnostics idle_alternatives(const std::vector<Variant>& variants);

}  // namespace materiel::study
