#pragma once

#include <string>
#include <string_view>

namespace materiel::store {

/// Writes a file that isn't there yet, whole or not at all; what is there is never touched.
/// @return why it failed, for the user; empty if it didn't
[[nodiscard]] std::string write_new_file(const std::string& path, std::string_view text);

}  // namespace materiel::store
