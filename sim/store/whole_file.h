#pragma once

#include <cstdint>
#include <string_view>

namespace materiel::store {

/// Whether the end of a file is that of a whole one of the kind that its name says: </svg>, the IEND chunk of a PNG,
/// %%EOF. Other kinds need only have something in them. Programs that draw end well on a full disk.
[[nodiscard]] bool is_whole_file(std::string_view name, std::uint64_t bytes, std::string_view end);

/// So many bytes of the end say it.
inline constexpr std::size_t kTellingEnd = 1024;

}  // namespace materiel::store
