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
  [[nodiscard]] std::string state() override;
  void restore(const std::string& state) override;

  /// Writes the summary and the milestones' curves of what it has so far, which ends with a whole sample.
  void finish(StudyResult& result);

  template <class Archive>
  void serialize(Archive& archive) {
    for (auto& outcome : outcomes_) std::visit([&](auto& statistics) { archive(statistics); }, outcome);
    for (NestedOutcome& outcome : nested_) archive(outcome);
    for (auto& curve : curves_)
      if (curve) archive(*curve);
    archive(sample_);
  }

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
