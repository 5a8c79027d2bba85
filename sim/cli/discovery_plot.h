#pragma once

#include <optional>
#include <string>
#include <vector>

#include <materiel/store/study_record.h>

#include "cli/options.h"
#include "cli/study_figures.h"

namespace materiel::cli {

/// Whether a directory holds what `materiel discover` wrote.
[[nodiscard]] bool is_discovery(const store::StudyRecord& record);

/// Its figures, a trajectory a box; nothing, and why, if its files can't be read.
[[nodiscard]] std::optional<std::vector<Figure>> discovery_figures(const PlotOptions& options,
                                                                   const store::StudyRecord& record,
                                                                   std::string& error);

}  // namespace materiel::cli
