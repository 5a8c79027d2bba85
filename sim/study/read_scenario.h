#pragma once

#include <string>

#include <materiel/study/error.h>

namespace materiel::study {

/// The text of a scenario's file, of at most scenario::kLargestFile bytes.
/// @return unreadable, with words of its own for the directory of a study
[[nodiscard]] Expected<std::string> read_scenario(const std::string& path);

}  // namespace materiel::study
