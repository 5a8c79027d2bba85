#pragma once

#include <iterator>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace materiel::testing {

/// Appends to a text what fmt::format() makes of the form, and a line end.
template <class... Arguments>
void add_line(std::string& text, fmt::format_string<Arguments...> form, Arguments&&... arguments) {
  fmt::format_to(std::back_inserter(text), form, std::forward<Arguments>(arguments)...);
  text += '\n';
}

/// A raw string whose lines begin below R"( : without that first line end.
inline std::string lines(std::string_view raw) {
  return std::string(raw.substr(1));
}

}  // namespace materiel::testing
