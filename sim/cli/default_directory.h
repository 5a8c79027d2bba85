#pragma once

#include <string>

namespace materiel::cli {

/// Where a study goes that was given no directory: "out/NAME" and a suffix, which must be safe itself.
[[nodiscard]] std::string default_directory(const std::string& name, const std::string& suffix = {});

}  // namespace materiel::cli
