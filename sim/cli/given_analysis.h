#pragma once

#include <string>
#include <vector>

#include "cli/console.h"
#include "cli/sensitivity_options.h"

namespace materiel::cli {

/// `materiel sensitivity DIR --method given`: measures from the runs that a study stored, and the value of information.
/// @return the exit code
int given_analysis(const SensitivityOptions& options, const std::vector<std::string>& words, Console& console);

}  // namespace materiel::cli
