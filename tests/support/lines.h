#pragma once

#include <iterator>
#include <string>
#include <utility>

#include <fmt/format.h>

namespace materiel::testing {

/// Appends to a text what fmt::format() makes of the form, and a line end.
template <class... Arguments>
void add_line(std::string& text, fmt::format_string<Arguments...> form, Arguments&&... arguments) {
  fmt::format_to(std::back_inserter(text), form, std::forward<Arguments>(arguments)...);
  text += '\n';
}

}  // namespace materiel::testing
