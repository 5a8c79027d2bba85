#include "experiment/outcome_lane.h"

#include <cmath>
#include <iterator>

#include "experiment/lane_state.h"

namespace materiel::experiment {

OutcomeLane::OutcomeLane(const StudyShape& shape, bool nested) : shape_(&shape), is_nested_(nested) {
  using Kind = model::OutcomeInfo::Kind;
  outcomes_.reserve(shape.outcomes.size());
  for (const model::OutcomeInfo& info : shape.outcomes) {
    is_milestone_.push_back(info.kind == Kind::milestone);
    if (nested) {
      nested_.emplace_back(info.kind != Kind::metric);
      curves_.emplace_back();
      if (info.kind == Kind::milestone) curves_.back().emplace(shape.observation_days);
    }
    if (info.kind == Kind::milestone) {
      outcomes_.emplace_back(std::in_place_type<MilestoneStatistics>, shape.observation_days, nested);
    } else {
      outcomes_.emplace_back(std::in_place_type<NumberStatistics>, info.kind == Kind::expression, nested);
    }
  }
}

void OutcomeLane::round() {
  for (auto& outcome : outcomes_) std::visit([](auto& statistics) { statistics.round(); }, outcome);
}

bool OutcomeLane::take(const Chunk& chunk) {
  for (Eigen::Index r = 0; r < chunk.rows(); ++r) {
    end_samples(chunk.samples[static_cast<std::size_t>(r)]);
    Eigen::Index column = 0;
    for (auto& outcome : outcomes_) {
      const double value = chunk.outcomes(r, column++);
      std::visit([&](auto& statistics) { statistics.add(value); }, outcome);
    }
    add_nested(chunk, r);
  }
  for (auto& outcome : outcomes_) {
    std::visit([&](auto& statistics) { statistics.end_chunk(chunk.number); }, outcome);
  }
  end_samples(chunk.whole_samples);
  return true;
}

/// Of a milestone, whether it was reached.
void OutcomeLane::add_nested(const Chunk& chunk, Eigen::Index row) {
  for (std::size_t i = 0; i < nested_.size(); ++i) {
    const double value = chunk.outcomes(row, static_cast<Eigen::Index>(i));
    nested_[i].add(is_milestone_[i] ? (std::isnan(value) ? 0.0 : 1.0) : value);
    if (curves_[i]) curves_[i]->add(value);
  }
}

// Ends the samples before that one, those without a good replication too.
void OutcomeLane::end_samples(std::uint64_t end) {
  for (; is_nested_ && next_sample_ < end; ++next_sample_) {
    for (auto& outcome : outcomes_) {
      std::visit([this](auto& statistics) { statistics.end_sample(next_sample_); }, outcome);
    }
    for (NestedOutcome& outcome : nested_) outcome.end_sample(next_sample_);
    for (auto& curve : curves_)
      if (curve) curve->end_sample(next_sample_);
  }
}

std::string OutcomeLane::state() {
  return saved_state([this](StateWriter& archive) { archive(*this); });
}

void OutcomeLane::restore(std::string_view state) {
  load_state(state, [this](StateReader& archive) { archive(*this); });
}

void OutcomeLane::append(std::string_view state) {
  OutcomeLane later(*shape_, is_nested_);
  later.restore(state);
  for (std::size_t i = 0; i < outcomes_.size(); ++i) {
    std::visit(
        [&]<class Statistics>(Statistics& statistics) { statistics.append(std::get<Statistics>(later.outcomes_[i])); },
        outcomes_[i]);
  }
  for (std::size_t i = 0; i < nested_.size(); ++i) {
    nested_[i].append(later.nested_[i]);
    if (curves_[i]) curves_[i]->append(*later.curves_[i]);
  }
  next_sample_ = later.next_sample_;
}

void OutcomeLane::finish(StudyResult& result) const {
  stats::RankIntervals rank_intervals;
  for (std::size_t i = 0; i < nested_.size(); ++i) {
    std::ranges::copy(nested_[i].lines(i), std::back_inserter(result.nested));
    if (curves_[i]) std::ranges::copy(curves_[i]->lines(i), std::back_inserter(result.nested_milestones));
  }
  for (std::size_t i = 0; i < outcomes_.size(); ++i) {
    std::ranges::copy(
        std::visit([&](const auto& statistics) { return statistics.lines(i, rank_intervals); }, outcomes_[i]),
        std::back_inserter(result.summary));
    if (const auto* milestone = std::get_if<MilestoneStatistics>(&outcomes_[i])) {
      std::ranges::copy(milestone->curve().lines(i), std::back_inserter(result.milestones));
    }
  }
}

}  // namespace materiel::experiment
