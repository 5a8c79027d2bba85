#pragma once

#include <string>
#include <string_view>

#include "scenario/parse_tree.h"

namespace materiel::scenario {

/// A text as a TOML string in quotes.
[[nodiscard]] std::string toml_string(std::string_view text);

/// A key as it is, or in quotes if it has to be.
[[nodiscard]] std::string toml_key(std::string_view key);

/// A number as TOML, infinities included.
[[nodiscard]] std::string toml_number(double number);

/// A value as TOML, on one line: what `read_toml` reads as the same value.
[[nodiscard]] std::string toml_text(const Node& node);

}  // namespace materiel::scenario
