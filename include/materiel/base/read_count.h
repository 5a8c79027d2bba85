#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace materiel {

/// A whole number between two limits; "1e6" is one. Nothing if the text is anything else.
[[nodiscard]] std::optional<std::uint64_t> read_count(std::string_view text, std::uint64_t least, std::uint64_t most);

}  // namespace materiel
