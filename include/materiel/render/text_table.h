#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace materiel::render {

using TextRow = std::vector<std::string>;

/// Columns side by side; rows end with their last cell.
/// @param sides  'l' or 'r' for each column; the last letter holds for all further ones
[[nodiscard]] std::string aligned(const std::vector<TextRow>& rows, std::string_view sides);

}  // namespace materiel::render
