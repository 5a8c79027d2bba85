#pragma once

#include <string_view>

#include "scenario/parse_tree.h"

namespace materiel::scenario {

/// Puts what the TOML library says of a text in our words, at the word that it stumbled over.
/// @param description  "Error while parsing date: expected day between 1 and 28 (inclusive), saw 30"
/// @param at           where it stopped, at the wrong word or behind it
[[nodiscard]] TomlMistake explain_toml_mistake(std::string_view description, Location at, std::string_view text);

}  // namespace materiel::scenario
