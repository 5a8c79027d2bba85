#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <materiel/model/model.h>

namespace materiel::cli {

/// Indices of the outcomes asked for by name or pattern; unasked, milestones and expressions.
struct OutcomeChoice {
  std::vector<std::size_t> chosen;
  std::string error;
};
[[nodiscard]] OutcomeChoice choose_outcomes(const std::vector<model::OutcomeInfo>& outcomes,
                                            const std::vector<std::string>& asked);

}  // namespace materiel::cli
