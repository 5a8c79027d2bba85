#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <materiel/experiment/differences.h>
#include <materiel/experiment/precision.h>
#include <materiel/experiment/study.h>

namespace materiel::cli {

/// --precision 'OUTCOME:STATISTIC=HALFWIDTH'
struct PrecisionTarget {
  std::string text;  ///< as it was written
  std::string outcome;
  std::string statistic;  ///< of summary.csv, or "difference"
  experiment::PrecisionGoal goal;

  [[nodiscard]] bool of_differences() const { return statistic == "difference"; }
};

/// Reads one; the outcome is not looked up.
/// @param error  why nothing is returned, for the user
[[nodiscard]] std::optional<PrecisionTarget> read_precision_target(const std::string& text, std::string& error);

/// What is wrong with a target in view of the outcomes that there are; empty if nothing is.
/// @param is_comparison  whether differences are known
[[nodiscard]] std::string target_mistake(const PrecisionTarget& target, std::span<const model::OutcomeInfo> outcomes,
                                         bool is_comparison);

/// How well a target is met by a summary; not at all if it has no such line.
[[nodiscard]] experiment::PrecisionFinding judge(const PrecisionTarget& target,
                                                 std::span<const model::OutcomeInfo> outcomes,
                                                 std::span<const experiment::SummaryLine> summary,
                                                 std::uint64_t samples);

/// The same of a difference from the reference.
/// @param outcomes  that the lines are of
[[nodiscard]] experiment::PrecisionFinding judge(const PrecisionTarget& target,
                                                 std::span<const model::OutcomeInfo> outcomes,
                                                 std::span<const experiment::DifferenceLine> lines,
                                                 std::uint64_t samples);

/// What is known of a mean that can't be judged, because nearly all values agree.
/// @param values  what they are: "runs"
[[nodiscard]] std::string agreement_text(const experiment::Agreement& agreement, std::string_view values);

}  // namespace materiel::cli
