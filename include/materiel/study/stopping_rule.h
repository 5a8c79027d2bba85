#pragma once

#include <optional>
#include <string>
#include <vector>

#include <materiel/study/precision_target.h>

namespace materiel::study {

/// Which alternative is sought: the one with the largest or least mean (of a milestone: probability).
struct SelectionRule {
  std::string outcome;
  bool largest = true;
};

/// What decides how far a study is run, besides the number of samples, which is then the most of an alternative (with a
/// selection: the average).
struct StoppingRule {
  std::vector<PrecisionTarget> precision;  ///< all have to be met
  double budget_seconds = 0;               ///< of time; 0: no limit
  std::optional<SelectionRule> selection;

  /// Whether the number of samples is decided while the study runs.
  [[nodiscard]] bool is_open() const { return !precision.empty() || budget_seconds > 0 || selection.has_value(); }

  /// The rule as a study's record has it; empty if it is not open.
  /// @param most  samples of each alternative
  [[nodiscard]] std::string description(std::uint64_t most) const;
};

}  // namespace materiel::study
