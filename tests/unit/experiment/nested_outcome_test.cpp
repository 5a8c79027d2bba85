#include "experiment/nested_outcome.h"

#include <cmath>
#include <random>

#include <gtest/gtest.h>

#include "unit/experiment/synthetic_source.h"

namespace materiel::experiment {
namespace {

using Kind = model::OutcomeInfo::Kind;

double estimate_of(const std::vector<NestedLine>& lines, std::size_t outcome, NestedStatistic statistic,
                   std::optional<Statistic> quantile = {}) {
  for (const NestedLine& line : lines)
    if (line.outcome == outcome && line.statistic == statistic && line.quantile == quantile) return line.estimate;
  throw std::out_of_range("there is no such line");
}

/// A number that owes 1 of its variance of 5 to the sample's parameter; an event and a milestone that depend on it.
model::ReplicationReport synthesis(std::mt19937_64& bits, double parameter, std::span<double>, std::span<double> ends) {
  const double x = parameter + 2 * std::normal_distribution<double>()(bits);
  ends[0] = x;
  ends[1] = x > 0 ? 1 : 0;
  ends[2] = x > 0 ? 15 : std::nan("");
  return {};
}

const StudyShape kShape = shape_of(0, {10, 20, 30}, {Kind::metric, Kind::expression, Kind::milestone});

double normal_probability(double z) {
  return 0.5 * std::erfc(-z / std::sqrt(2.0));
}

TEST(NestedOutcome, SplitsTheVarianceAndTakesTheChanceOutOfTheSpread) {
  const StudyResult result = run_synthetic(kShape, synthesis, {7, 4000, 10, {}, {}}).result;
  EXPECT_NEAR(estimate_of(result.nested, 0, NestedStatistic::share_parameters), 0.2, 0.015);
  EXPECT_NEAR(estimate_of(result.nested, 0, NestedStatistic::share_chance), 0.8, 0.015);
  EXPECT_NEAR(estimate_of(result.nested, 0, NestedStatistic::variance), 5, 0.2);
  // The expected value is the parameter: standard normal. The samples' means would have a sd of sqrt(1.4).
  EXPECT_NEAR(estimate_of(result.nested, 0, NestedStatistic::expected, Statistic::p05), -1.645, 0.12);
  EXPECT_NEAR(estimate_of(result.nested, 0, NestedStatistic::expected, Statistic::p95), 1.645, 0.12);
  // P(x > 0 | parameter) = Phi(parameter / 2).
  EXPECT_NEAR(estimate_of(result.nested, 1, NestedStatistic::probability, Statistic::p05),
              normal_probability(-1.645 / 2), 0.04);
  EXPECT_NEAR(estimate_of(result.nested, 1, NestedStatistic::probability, Statistic::p50), 0.5, 0.03);
  EXPECT_EQ(estimate_of(result.nested, 2, NestedStatistic::probability, Statistic::p95),
            estimate_of(result.nested, 1, NestedStatistic::probability, Statistic::p95));
}

TEST(NestedOutcome, MilestonesHaveTheirProbabilityByEachDay) {
  const StudyResult result = run_synthetic(kShape, synthesis, {7, 1000, 10, {}, {}}).result;
  ASSERT_EQ(result.nested_milestones.size(), 3U);
  EXPECT_EQ(result.nested_milestones[0].mean, 0);
  EXPECT_EQ(result.nested_milestones[0].quantiles[4], 0);
  EXPECT_NEAR(result.nested_milestones[1].mean, 0.5, 0.03);
  EXPECT_EQ(result.nested_milestones[1].quantiles, result.nested_milestones[2].quantiles);
  EXPECT_NEAR(result.nested_milestones[2].quantiles[2], 0.5, 0.05);
  EXPECT_LT(result.nested_milestones[2].quantiles[0], 0.3);
}

TEST(NestedOutcome, OneReplicationASampleHasNone) {
  EXPECT_TRUE(run_synthetic(kShape, synthesis, {7, 50, 1, {}, {}}).result.nested.empty());
  EXPECT_TRUE(run_synthetic(kShape, synthesis, {7, 1, 50, {}, {}}).result.nested.empty());
}

TEST(NestedOutcome, DoesNotDependOnThreads) {
  const StudyResult one = run_synthetic(kShape, synthesis, {7, 300, 7, {}, {}}, 1).result;
  const StudyResult many = run_synthetic(kShape, synthesis, {7, 300, 7, {}, {}}, 5).result;
  ASSERT_EQ(one.nested.size(), many.nested.size());
  for (std::size_t i = 0; i < one.nested.size(); ++i) EXPECT_EQ(one.nested[i].estimate, many.nested[i].estimate);
}

}  // namespace
}  // namespace materiel::experiment
