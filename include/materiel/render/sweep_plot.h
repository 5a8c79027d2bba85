#pragma once

#include <optional>
#include <string>
#include <vector>

#include <materiel/render/figure_choice.h>
#include <materiel/render/study_figures.h>
#include <materiel/store/study_record.h>

namespace materiel::render {

/// Whether a directory holds what `materiel sweep` wrote.
[[nodiscard]] bool is_sweep(const store::StudyRecord& record);

/// Its figures: of each outcome the response to a varied number (with a curve for each value of a second one, if the
/// points are a grid of two), and a heat map of a grid of two.
/// @param error  why nothing is returned, for the user
[[nodiscard]] std::optional<std::vector<Figure>> sweep_figures(const FigureRequest& request,
                                                               const store::StudyRecord& record, std::string& error);

}  // namespace materiel::render
