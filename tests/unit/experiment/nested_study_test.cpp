#include <algorithm>

#include <gtest/gtest.h>

#include "experiment/outcome_statistics.h"
#include "unit/experiment/synthetic_source.h"

namespace materiel::experiment {
namespace {

using Kind = model::OutcomeInfo::Kind;

// A value that owes as much variance to the sample's parameter as to chance: mean 0, variance 2.
model::ReplicationReport half_and_half(std::mt19937_64& bits, double parameter, std::span<double> cells,
                                       std::span<double> ends) {
  const double x = parameter + std::normal_distribution<double>()(bits);
  std::ranges::fill(cells, x);
  ends[0] = x;
  ends[1] = x <= 0 ? 50 + 10 * x : std::nan("");  // reached in time by half the runs
  ends[2] = x > 1 ? 1 : 0;
  return {};
}

const StudyShape kShape = shape_of(1, {30, 40, 45, 50}, {Kind::metric, Kind::milestone, Kind::expression});
const double kAboveOne = 0.5 * std::erfc(1 / std::sqrt(2) / std::sqrt(2));
constexpr double kP25 = -0.6744898 * 1.4142136;

TEST(NestedStudy, MeanErrorIsThatOfSampleMeans) {
  const StudyResult result = run_synthetic(kShape, half_and_half, {3, 500, 20, {}}).result;
  // The variance of a sample's mean is 1 + 1/20.
  const double truth = std::sqrt((1 + 1.0 / 20) / 500);
  const double slack = 4 * truth / std::sqrt(2 * 500.0);
  EXPECT_NEAR(line_of(result, 0, "mean").mcse, truth, slack);
  EXPECT_NEAR(result.series.front().mcse, truth, slack);
  EXPECT_GT(truth - slack, std::sqrt(2.0 / 10000) + slack);  // what independent runs would have
  EXPECT_EQ(result.series.front().n, 10000U);
}

TEST(NestedStudy, OfOneSampleIsThatOfIndependentRuns) {
  const StudyResult result = run_synthetic(kShape, half_and_half, {3, 1, 1000, {}}).result;
  EXPECT_NEAR(line_of(result, 0, "mean").mcse, 1 / std::sqrt(1000.0), 4 / std::sqrt(2 * 1000.0) / std::sqrt(1000.0));
}

// How often the intervals of repeated nested studies cover the truth, and how often those that take runs for
// independent would.
struct Coverage {
  int mean = 0, p25 = 0, event = 0, milestone = 0, curve = 0;
  int naive_mean = 0, naive_p25 = 0, naive_event = 0;
};

bool covers(const SummaryLine& line, double truth) {
  return line.lo <= truth && truth <= line.hi;
}

constexpr int kStudies = 500;

Coverage coverage() {
  constexpr std::uint64_t kSamples = 40, kReplications = 25;
  Coverage coverage;
  for (std::uint64_t seed = 0; seed < kStudies; ++seed) {
    NumberStatistics naive(false, false), naive_event(true, false);
    const auto both = [&](std::mt19937_64& bits, double parameter, std::span<double> cells, std::span<double> ends) {
      const model::ReplicationReport report = half_and_half(bits, parameter, cells, ends);
      naive.add(ends[0]);
      naive_event.add(ends[2]);
      return report;
    };
    const StudyResult result = run_synthetic(kShape, both, {seed, kSamples, kReplications, {}}, 1).result;
    coverage.mean += covers(line_of(result, 0, "mean"), 0);
    coverage.p25 += covers(line_of(result, 0, "p25"), kP25);
    coverage.event += covers(line_of(result, 2, "probability"), kAboveOne);
    coverage.milestone += covers(line_of(result, 1, "p25"), 50 + 10 * kP25);
    const MilestoneLine& by_40 = result.milestones[1];
    coverage.curve += by_40.lo <= kAboveOne && kAboveOne <= by_40.hi;
    StudyResult independent;
    naive.end_chunk(0);
    naive_event.end_chunk(0);
    stats::RankIntervals rank_intervals;
    independent.summary = naive.lines(0, rank_intervals);
    std::ranges::copy(naive_event.lines(2, rank_intervals), std::back_inserter(independent.summary));
    coverage.naive_mean += covers(line_of(independent, 0, "mean"), 0);
    coverage.naive_p25 += covers(line_of(independent, 0, "p25"), kP25);
    coverage.naive_event += covers(line_of(independent, 2, "probability"), kAboveOne);
  }
  return coverage;
}

TEST(NestedStudy, IntervalsCoverWhereThoseOfIndependentRunsDoNot) {
  const Coverage found = coverage();
  const double slack = 4 * std::sqrt(0.95 * 0.05 * kStudies);
  const double nominal = 0.95 * kStudies;
  EXPECT_NEAR(found.mean, nominal, slack);
  EXPECT_NEAR(found.event, nominal, slack);
  EXPECT_NEAR(found.curve, nominal, slack);
  EXPECT_NEAR(found.milestone, nominal, slack);
  EXPECT_GE(found.p25, nominal - slack);  // with the design effect of the mean it may be wider than it need be
  EXPECT_LT(found.naive_mean, nominal - 2 * slack);
  EXPECT_LT(found.naive_p25, nominal - slack);
  EXPECT_LT(found.naive_event, nominal - slack);
}

TEST(NestedStudy, AnEventThatNeverHappensCountsSamplesNotRuns) {
  const auto never = [](std::mt19937_64& bits, double parameter, std::span<double> cells, std::span<double> ends) {
    const model::ReplicationReport report = half_and_half(bits, parameter, cells, ends);
    ends[2] = 0;
    return report;
  };
  const StudyResult result = run_synthetic(kShape, never, {3, 100, 50, {}}).result;
  const SummaryLine& line = line_of(result, 2, "probability");
  EXPECT_EQ(line.estimate, 0);
  EXPECT_GT(line.hi, 0.036);  // 0 of 100; 0 of 5000 would be 0.0008
  EXPECT_LT(line.hi, 0.040);
}

}  // namespace
}  // namespace materiel::experiment
