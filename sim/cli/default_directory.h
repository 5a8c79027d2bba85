#pragma once

#include <string>

namespace materiel::cli {

/// A scenario's name as one word of a path, a file name or a job's name: letters, digits, dots, dashes and underscores
/// of ASCII; whatever else it has becomes a dash. Never empty, and never begins with a dot or a dash.
[[nodiscard]] std::string path_word(const std::string& name);

/// Where a study goes that was given no directory: "out/NAME" and a suffix, which must be safe itself.
[[nodiscard]] std::string default_directory(const std::string& name, const std::string& suffix = {});

}  // namespace materiel::cli
