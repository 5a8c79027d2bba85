#pragma once

#include <string>
#include <vector>

#include <materiel/study/sweep_points.h>

namespace materiel::cli {

/// Reads what `--vary` says: `x=a:b`, `x=a:b:step` or `x=a,b,c`; a name without a dot is a parameter's.
/// @param mistakes  gains what is wrong
[[nodiscard]] std::vector<study::VariedPath> read_varied(const std::vector<std::string>& texts,
                                                         std::vector<std::string>& mistakes);

}  // namespace materiel::cli
