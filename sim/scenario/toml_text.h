#pragma once

#include <string>
#include <string_view>

namespace materiel::scenario {

/// A text as a TOML string in quotes.
[[nodiscard]] std::string toml_string(std::string_view text);

/// A key as it is, or in quotes if it has to be.
[[nodiscard]] std::string toml_key(std::string_view key);

/// A number as TOML, infinities included.
[[nodiscard]] std::string toml_number(double number);

}  // namespace materiel::scenario
