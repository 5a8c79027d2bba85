#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <materiel/experiment/differences.h>
#include <materiel/experiment/precision.h>
#include <materiel/experiment/study.h>

namespace materiel::study {

/// How well a statistic of an outcome has to be known: the 95 % interval's half-width.
struct PrecisionTarget {
  std::string outcome = {};
  /// Of summary.csv, where it has an interval; absent: the difference from the reference of a comparison.
  std::optional<experiment::Statistic> statistic = experiment::Statistic::mean;
  experiment::PrecisionGoal goal = {};
  std::string written = {};  ///< as a person wrote it; empty: text() makes it from the others

  [[nodiscard]] bool of_differences() const { return !statistic; }
  /// "milestone.empty:p50=2", "outcome.balance:mean=2%"
  [[nodiscard]] std::string text() const;
};

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

}  // namespace materiel::study
