#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <string>

namespace materiel {

/// The bytes of a file.
/// @param most  bytes that it may have; reading stops there, so that an endless file such as /dev/zero is refused
/// @param why   receives the reason if there is nothing: "No such file or directory", "it is larger than 64 MiB"
[[nodiscard]] std::optional<std::string> read_text_file(const std::string& path, std::string& why,
                                                        std::size_t most = std::numeric_limits<std::size_t>::max());

}  // namespace materiel
