#pragma once

#include <string>

#include "scenario/parse_tree.h"

namespace materiel::scenario {

/// A value as TOML, on one line: what `read_toml` reads as the same value.
[[nodiscard]] std::string toml_text(const Node& node);

}  // namespace materiel::scenario
