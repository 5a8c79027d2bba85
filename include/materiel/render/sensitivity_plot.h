#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <materiel/render/figure_choice.h>
#include <materiel/render/study_figures.h>
#include <materiel/store/study_record.h>

namespace materiel::render {

/// How many outcomes of an analysis are drawn if none were asked for.
struct DrawnOutcomes {
  std::size_t drawn = 0, all = 0;

  [[nodiscard]] bool are_all() const { return drawn == all; }
};

/// The figures of a sensitivity analysis, one an outcome and alternative: bars of indices with their intervals, or the
/// plane of Morris.
/// @param unasked  of the first file that has more outcomes than are drawn unasked; are_all() if none has
/// @param error    why nothing is returned, for the user
[[nodiscard]] std::optional<std::vector<Figure>> sensitivity_figures(const FigureRequest& request,
                                                                     const store::StudyRecord& record,
                                                                     const std::vector<std::string>& alternatives,
                                                                     DrawnOutcomes& unasked, std::string& error);

}  // namespace materiel::render
