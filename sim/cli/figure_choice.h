#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include <materiel/render/study_reader.h>

namespace materiel::cli {

/// The most figures that are drawn unasked.
inline constexpr std::size_t kMostUnasked = 12;

/// The metrics that say most about a study: stocks, and what was produced, consumed and has arrived in all; those that
/// ever differ from zero; fairly from each kind, at most kMostUnasked.
[[nodiscard]] std::vector<std::size_t> choose_telling(std::span<const render::MetricSeries> series);

}  // namespace materiel::cli
