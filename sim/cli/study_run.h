#pragma once

#include <string>
#include <vector>

#include <materiel/study/load.h>

#include "cli/options.h"

namespace materiel::cli {

/// Runs the study of `run` or `compare`, from compiled scenarios to its files and tables.
/// @param words  the whole command line
/// @return what to exit with
int run_study_command(const RunOptions& options, const std::vector<study::Variant>& inputs,
                      const std::vector<std::string>& words, Console& console);

}  // namespace materiel::cli
