#pragma once

#include <string>
#include <vector>

#include <materiel/render/json_text.h>

namespace materiel::render {

/// Alternatives side by side: the probability of each milestone and the date by which half the runs reach it, the mean
/// of each outcome.
[[nodiscard]] std::string comparison_table(const std::vector<model::OutcomeInfo>& outcomes, Date start,
                                           const std::vector<AlternativeSummary>& summaries);

}  // namespace materiel::render
