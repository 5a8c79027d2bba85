#pragma once

#include <span>
#include <string>
#include <vector>

#include <materiel/render/study_reader.h>

namespace materiel::cli {

/// Indices of what was chosen, ascending; or what is wrong with a pattern.
struct Choice {
  std::vector<std::size_t> chosen;
  std::string error;
};

/// The names that match any of the patterns (shell style: '*', '?', '[...]').
/// @param what  "metric" or "milestone", for messages
[[nodiscard]] Choice choose_by_patterns(const std::vector<std::string>& names, const std::vector<std::string>& patterns,
                                        const std::string& what);

/// The most figures that are drawn unasked.
inline constexpr std::size_t kMostUnasked = 12;

/// The metrics that say most about a study: stocks, and what was produced, consumed and has arrived in all; those that
/// ever differ from zero; fairly from each kind, at most kMostUnasked.
[[nodiscard]] std::vector<std::size_t> choose_telling(std::span<const render::MetricSeries> series);

}  // namespace materiel::cli
