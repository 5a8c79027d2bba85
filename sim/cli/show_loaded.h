#pragma once

#include <optional>

#include <materiel/study/load.h>

#include "cli/console.h"

namespace materiel::cli {

/// Shows what was found in the files of a scenario: warnings, or why it cannot be run.
/// @param code  set to what to exit with, if nothing is returned
[[nodiscard]] std::optional<study::Scenario> show_loaded(study::Expected<study::Scenario> loaded, Console& console,
                                                         int& code);

/// What to exit with after an error.
[[nodiscard]] int exit_code_of(study::Error::Code code);

}  // namespace materiel::cli
