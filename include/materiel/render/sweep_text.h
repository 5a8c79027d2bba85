#pragma once

#include <string>

#include <materiel/study/sweep.h>

namespace materiel::render {

/// The table that a sweep ends with: a row a point, with its values, and the probabilities of milestones and the means
/// of other outcomes. Of many points and of many outcomes it has the first.
/// @param result  with its texts
[[nodiscard]] std::string sweep_text(const study::SweepResult& result);

}  // namespace materiel::render
