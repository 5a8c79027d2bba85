#pragma once

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "experiment/lane.h"
#include "experiment/nested_outcome.h"
#include "experiment/outcome_statistics.h"

namespace materiel::experiment {

/// The statistics of all outcomes.
class OutcomeLane : public Lane {
 public:
  /// @param shape   has to outlive the lane
  /// @param nested  whether samples have several replications
  OutcomeLane(const StudyShape& shape, bool nested);

  bool take(const Chunk& chunk) override;

  /// Writes the summary and the milestones' curves. Called once, after the last chunk.
  void finish(StudyResult& result);

 private:
  void end_sample();

  void add_nested(const Chunk& chunk, Eigen::Index row);

  std::vector<std::variant<NumberStatistics, MilestoneStatistics>> outcomes_;
  std::vector<bool> is_milestone_;
  std::vector<NestedOutcome> nested_;               // empty unless nested
  std::vector<std::optional<NestedCurve>> curves_;  // of milestones, if nested
  std::uint32_t sample_ = 0;                        // whose replications came last
};

}  // namespace materiel::experiment
