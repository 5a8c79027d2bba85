#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include <materiel/render/figure.h>
#include <materiel/render/study_reader.h>

namespace materiel::render {

/// What is asked of the figures of a study or an analysis.
struct FigureRequest {
  std::string directory;                         ///< that holds it
  std::vector<std::string> metrics, milestones;  ///< names or patterns; both empty: a choice is made
  FigureFormat format = FigureFormat::svg;

  [[nodiscard]] bool chooses() const { return !metrics.empty() || !milestones.empty(); }
  /// The patterns of outcomes: those of metrics, and those of milestones as "milestone.NAME".
  [[nodiscard]] std::vector<std::string> outcome_patterns() const;
};

/// The most figures that are drawn unasked.
inline constexpr std::size_t kMostUnasked = 12;

/// The metrics that say most about a study: stocks, and what was produced, consumed and has arrived in all; those that
/// ever differ from zero; fairly from each kind, at most kMostUnasked.
/// @return their indices, ascending
[[nodiscard]] std::vector<std::size_t> choose_telling(std::span<const MetricSeries> series);

}  // namespace materiel::render
