#pragma once

#include <string>

namespace materiel::cli {

/// What to say if a scenario's file stands where a study's directory is wanted: "FILE is a scenario: run it first".
/// @param words  the rest of the command, to be repeated: "plot", or "replay --run 3"
/// @return empty if it is no file
[[nodiscard]] std::string scenario_for_study(const std::string& path, const std::string& words);

}  // namespace materiel::cli
