#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/console.h"
#include "cli/options.h"
#include "cli/study_figures.h"

namespace materiel::cli {

/// The figures of a sensitivity analysis, one an outcome and alternative: bars of indices with their intervals, or the
/// plane of Morris.
/// @param error  why nothing is returned, for the user
[[nodiscard]] std::optional<std::vector<Figure>> sensitivity_figures(const PlotOptions& options,
                                                                     const store::StudyRecord& record,
                                                                     const std::vector<std::string>& alternatives,
                                                                     Console& console, std::string& error);

}  // namespace materiel::cli
