#include "experiment/outcome_lane.h"

#include <iterator>

namespace materiel::experiment {

OutcomeLane::OutcomeLane(const StudyShape& shape, bool nested) {
  using Kind = model::OutcomeInfo::Kind;
  outcomes_.reserve(shape.outcomes.size());
  for (const model::OutcomeInfo& info : shape.outcomes) {
    if (info.kind == Kind::milestone) {
      outcomes_.emplace_back(std::in_place_type<MilestoneStatistics>, shape.observation_days, nested);
    } else {
      outcomes_.emplace_back(std::in_place_type<NumberStatistics>, info.kind == Kind::expression, nested);
    }
  }
}

bool OutcomeLane::take(const Chunk& chunk) {
  for (Eigen::Index r = 0; r < chunk.rows(); ++r) {
    const std::uint32_t sample = chunk.samples[static_cast<std::size_t>(r)];
    if (sample != sample_) end_sample();
    sample_ = sample;
    Eigen::Index column = 0;
    for (auto& outcome : outcomes_) {
      const double value = chunk.outcomes(r, column++);
      std::visit([&](auto& statistics) { statistics.add(value); }, outcome);
    }
  }
  return true;
}

void OutcomeLane::end_sample() {
  for (auto& outcome : outcomes_) {
    std::visit([](auto& statistics) { statistics.end_sample(); }, outcome);
  }
}

void OutcomeLane::finish(StudyResult& result) {
  end_sample();
  for (std::size_t i = 0; i < outcomes_.size(); ++i) {
    std::ranges::copy(std::visit([&](const auto& statistics) { return statistics.lines(i); }, outcomes_[i]),
                      std::back_inserter(result.summary));
    if (const auto* milestone = std::get_if<MilestoneStatistics>(&outcomes_[i])) {
      std::ranges::copy(milestone->curve().lines(i), std::back_inserter(result.milestones));
    }
  }
}

}  // namespace materiel::experiment
