#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <materiel/scenario/variable_names.h>

namespace materiel::scenario {

/// Whether a character may be part of a name or of a misspelt one: letters, digits, '_', '.', '-', all beyond ASCII.
[[nodiscard]] bool is_name_character(char c);

/// The longest beginning of a text that is made of name characters.
[[nodiscard]] std::string_view name_run(std::string_view text);

struct NameMatch {
  std::size_t length = 0;                 ///< characters of the run; 0: it begins with no name that exists
  std::optional<std::uint32_t> variable;  ///< index; without one it is a constant or a function
};

/// The longest variable, constant or function that a run of name characters begins with and that ends where the run
/// does or before a '-'. A variable hides a constant of its name.
[[nodiscard]] NameMatch longest_name(std::string_view run, const VariableNames& variables);

struct UnknownName {
  std::size_t length = 0;  ///< of the misspelt name at the beginning of the run
  std::string message;
  std::vector<std::string> notes;
};

/// What to say of a run that begins with no name that exists.
/// @param is_call  whether an opening parenthesis follows the run
[[nodiscard]] UnknownName explain_unknown(std::string_view run, const VariableNames& variables, bool is_call);

}  // namespace materiel::scenario
