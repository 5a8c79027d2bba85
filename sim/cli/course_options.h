#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/precision_targets.h"

namespace materiel::cli {

/// Which alternative is sought: the one with the largest or least mean (of a milestone: probability).
struct SelectionOptions {
  std::string outcome;
  bool largest = true;
};

/// What decides how far a study is run, beside the number of samples.
struct CourseOptions {
  std::vector<PrecisionTarget> precision;
  double budget_seconds = 0;  ///< 0: no limit
  std::optional<SelectionOptions> selection;
  bool extend = false;  ///< go on with what the directory holds

  /// Whether the number of samples is decided while it runs.
  [[nodiscard]] bool is_open() const { return !precision.empty() || budget_seconds > 0 || selection.has_value(); }

  /// What a study's record says of it; empty if it is not open.
  /// @param most  samples of each alternative
  [[nodiscard]] std::string description(std::uint64_t most) const;
};

/// "90", "90s", "10m", "2h", "1d": seconds; nothing if it is none of these.
[[nodiscard]] std::optional<double> read_duration(const std::string& text);

/// "OUTCOME:max" or "OUTCOME:min".
[[nodiscard]] std::optional<SelectionOptions> read_selection(const std::string& text);

}  // namespace materiel::cli
