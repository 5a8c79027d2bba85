#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

/// The characters of a text in UTF-8.
namespace materiel {

[[nodiscard]] bool begins_character(char c);

/// The character that a text begins with.
struct Character {
  std::size_t bytes = 1;
  bool is_shown = false;
  std::uint32_t code = 0;
};

/// @param text  not empty
[[nodiscard]] Character first_character(std::string_view text);

}  // namespace materiel
