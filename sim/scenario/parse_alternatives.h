#pragma once

#include <string>

#include <materiel/scenario/spec.h>

#include "scenario/parse_context.h"
#include "scenario/parse_sections.h"

namespace materiel::scenario {

/// What an alternative says; whether its settings can be is seen when they are applied.
Alternative read_alternative(Context& context, const NamedSection& section);

/// Writes the settings of an alternative over the file's values, after those of what it extends. An alternative that
/// isn't there, or one that extends itself, is reported.
/// @param place  of who asks for it
void apply_alternative(Node& root, const std::string& name, const Place& place, Mistakes& mistakes);

/// The names of all alternatives, in file order.
[[nodiscard]] std::vector<std::string> alternative_names(const Node& root);

}  // namespace materiel::scenario
