#pragma once

#include <vector>

#include <materiel/scenario/override.h>

#include "scenario/parse_mistakes.h"
#include "scenario/parse_tree.h"

namespace materiel::scenario {

/// Writes a value over that at a dotted path; what can't be is reported at `place`.
void write_value(Node& root, std::string_view path, Node value, const Place& place, Mistakes& mistakes);

/// Writes the overrides, in their order, over what the file says; the n-th of them is origin n.
void apply_overrides(Node& root, const std::vector<Override>& overrides, Mistakes& mistakes);

}  // namespace materiel::scenario
