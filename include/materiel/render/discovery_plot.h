#pragma once

#include <optional>
#include <string>
#include <vector>

#include <materiel/render/figure_choice.h>
#include <materiel/render/study_figures.h>
#include <materiel/store/study_record.h>

namespace materiel::render {

/// Whether a directory holds what `materiel discover` wrote.
[[nodiscard]] bool is_discovery(const store::StudyRecord& record);

/// Its figures, a trajectory a box; metrics and milestones of the request don't matter.
/// @param error  why nothing is returned, for the user
[[nodiscard]] std::optional<std::vector<Figure>> discovery_figures(const FigureRequest& request,
                                                                   const store::StudyRecord& record,
                                                                   std::string& error);

}  // namespace materiel::render
