#pragma once

#include <string>

#include <materiel/study/estimate.h>

namespace materiel::render {

/// What a study would cost: a run, failures if there are any, and the whole, each on a line.
[[nodiscard]] std::string cost_text(const study::CostEstimate& cost, unsigned threads);

}  // namespace materiel::render
