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

  /// Has quantiles rounded from now on: the study has more than kExactOutcomes runs, or will have.
  void round();

  void begin_at(std::uint64_t sample) override { next_sample_ = is_nested_ ? sample : 0; }

  bool take(const Chunk& chunk) override;
  [[nodiscard]] std::string state() override;
  void restore(std::string_view state) override;
  void append(std::string_view state) override;

  /// Writes the summary and the milestones' curves of what it has so far, which ends with a whole sample.
  void finish(StudyResult& result) const;

  template <class Archive>
  void serialize(Archive& archive) {
    for (auto& outcome : outcomes_) std::visit([&](auto& statistics) { archive(statistics); }, outcome);
    for (NestedOutcome& outcome : nested_) archive(outcome);
    for (auto& curve : curves_)
      if (curve) archive(*curve);
    archive(next_sample_);
  }

 private:
  void end_samples(std::uint64_t end);

  void add_nested(const Chunk& chunk, Eigen::Index row);

  const StudyShape* shape_;
  bool is_nested_;
  std::vector<std::variant<NumberStatistics, MilestoneStatistics>> outcomes_;
  std::vector<bool> is_milestone_;
  std::vector<NestedOutcome> nested_;               // empty unless nested
  std::vector<std::optional<NestedCurve>> curves_;  // of milestones, if nested
  std::uint64_t next_sample_ = 0;                   // the first that is not complete, if nested
};

}  // namespace materiel::experiment
