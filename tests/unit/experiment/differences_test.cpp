#include <cmath>
#include <random>

#include <gtest/gtest.h>

#include <materiel/experiment/differences.h>

namespace materiel::experiment {
namespace {

using Kind = model::OutcomeInfo::Kind;

const double kNaN = std::nan("");

OutcomeRows rows(std::vector<double> values) {
  OutcomeRows rows{.columns = 1, .values = std::move(values), .ok = {}};
  rows.ok.assign(rows.values.size(), 1);
  return rows;
}

std::vector<model::OutcomeInfo> one(Kind kind) {
  return {{.name = "x", .unit = "", .label = "", .kind = kind}};
}

TEST(PairedDifferences, AreThoseOfAHandReckonedTable) {
  // Differences 1, 2, 3, -2: mean 1, variance 14/3.
  OutcomeRows first = rows({5, 7, 9, 2, kNaN, 3}), second = rows({4, 5, 6, 4, 1, 3});
  first.ok[5] = 0;
  const DifferenceLine line = paired_differences(one(Kind::metric), first, second, 1).at(0);
  EXPECT_EQ(line.statistic, Statistic::mean);
  EXPECT_EQ(line.n, 4U);
  EXPECT_EQ(line.n_missing, 2U) << "a missing value and a failed run";
  EXPECT_DOUBLE_EQ(line.first, 5.75);
  EXPECT_DOUBLE_EQ(line.second, 4.75);
  EXPECT_DOUBLE_EQ(line.estimate, 1);
  EXPECT_DOUBLE_EQ(line.mcse, std::sqrt(14.0 / 3 / 4));
  EXPECT_NEAR(line.hi - line.estimate, 3.182446 * line.mcse, 1e-5);
  EXPECT_DOUBLE_EQ(line.larger, 0.75);
  EXPECT_EQ(line.equal, 0);
  // Variances 107/12 - ... by hand: first 8.9166667, second 0.9166667.
  EXPECT_NEAR(line.gain, (8.9166667 + 0.9166667) / (14.0 / 3), 1e-6);
  EXPECT_NEAR(line.correlation, (8.9166667 + 0.9166667 - 14.0 / 3) / (2 * std::sqrt(8.9166667 * 0.9166667)), 1e-6);
}

TEST(PairedDifferences, AMilestoneHasItsProbabilityAndNoDayUnlessAllReachedIt) {
  const OutcomeRows first = rows({10, kNaN, 30, kNaN}), second = rows({20, 20, 20, kNaN});
  const auto lines = paired_differences(one(Kind::milestone), first, second, 1);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0].statistic, Statistic::probability);
  EXPECT_DOUBLE_EQ(lines[0].estimate, -0.25);
  EXPECT_EQ(lines[1].statistic, Statistic::day);
  EXPECT_TRUE(std::isnan(lines[1].estimate)) << "a censored day is no number";
  EXPECT_DOUBLE_EQ(lines[1].larger, 0.5) << "later on day 30 and where it was not reached";
  EXPECT_DOUBLE_EQ(lines[1].equal, 0.25);
  EXPECT_DOUBLE_EQ(paired_differences(one(Kind::milestone), rows({10, 12}), rows({11, 11}), 1)[1].estimate, 0);
}

TEST(PairedDifferences, EqualAlternativesDifferByNothing) {
  const DifferenceLine line = paired_differences(one(Kind::metric), rows({1, 5, 2}), rows({1, 5, 2}), 1).at(0);
  EXPECT_EQ(line.estimate, 0);
  EXPECT_EQ(line.lo, 0);
  EXPECT_EQ(line.hi, 0);
  EXPECT_EQ(line.equal, 1);
  EXPECT_DOUBLE_EQ(line.correlation, 1);
  EXPECT_TRUE(std::isnan(line.gain));
}

TEST(PairedDifferences, CountWhatDiffersFromTheCommonest) {
  std::vector<double> first(64, 5.0), second(64, 3.0);
  DifferenceLine line = paired_differences(one(Kind::metric), rows(first), rows(second), 1).at(0);
  EXPECT_EQ(line.differing, 0U);
  EXPECT_EQ(line.commonest, 2);
  for (std::size_t i = 0; i < 3; ++i) first[7 * i] = 6;
  line = paired_differences(one(Kind::metric), rows(first), rows(second), 1).at(0);
  EXPECT_EQ(line.differing, 3U);
  // The replications of a sample count as one.
  first.assign(64, 5.0);
  std::fill(first.begin(), first.begin() + 16, 9.0);
  line = paired_differences(one(Kind::metric), rows(first), rows(second), 8).at(0);
  EXPECT_EQ(line.differing, 2U);
  EXPECT_EQ(line.commonest, 2);
}

TEST(PairedDifferences, OfEventsThatAllAgreeAreNoCertainty) {
  const OutcomeRows none = rows(std::vector<double>(64, kNaN)), all = rows(std::vector<double>(64, 3.0));
  const DifferenceLine same = paired_differences(one(Kind::milestone), none, none, 1).at(0);
  EXPECT_EQ(same.estimate, 0);
  EXPECT_LT(same.lo, -0.03);
  EXPECT_GT(same.hi, 0.03);
  const DifferenceLine opposite = paired_differences(one(Kind::milestone), all, none, 1).at(0);
  EXPECT_EQ(opposite.estimate, 1);
  EXPECT_LT(opposite.lo, 0.97);
  EXPECT_EQ(opposite.hi, 1);
  const OutcomeRows zeros = rows(std::vector<double>(64, 0.0));
  const DifferenceLine agreeing = paired_differences(one(Kind::expression), zeros, zeros, 1).at(0);
  EXPECT_GT(agreeing.hi, 0.03);
  EXPECT_EQ(agreeing.differing, 0U) << "it may be no event";
  EXPECT_EQ(same.differing, stats::CommonestValue::kEnough) << "a milestone is one";
  EXPECT_EQ(paired_differences(one(Kind::metric), zeros, zeros, 1).at(0).hi, 0) << "a metric is no event";
}

/// How often the interval covers `claimed` where the true difference is 1: skewed pairs with a common part, in samples
/// of several replications that share a part of the difference.
double coverage(std::uint64_t replications, double claimed) {
  constexpr int kStudies = 2000;
  constexpr std::uint64_t kSamples = 60;
  std::mt19937_64 bits(3);
  std::exponential_distribution<double> common(1);
  std::normal_distribution<double> unit;
  int covered = 0;
  for (int study = 0; study < kStudies; ++study) {
    std::vector<double> a, b;
    for (std::uint64_t sample = 0; sample < kSamples; ++sample) {
      const double effect = common(bits);
      for (std::uint64_t i = 0; i < replications; ++i) {
        const double x = 10 * common(bits);
        a.push_back(x + effect + 0.5 * unit(bits));
        b.push_back(x);
      }
    }
    const auto lines = paired_differences(one(Kind::metric), rows(std::move(a)), rows(std::move(b)), replications);
    covered += lines[0].lo <= claimed && claimed <= lines[0].hi ? 1 : 0;
  }
  return covered / static_cast<double>(kStudies);
}

TEST(PairedDifferences, IntervalsCoverTheTruth) {
  // Student's t of 60 skewed effects (exponential) covers a point or two less than 95 %.
  const double slack = 3.3 * std::sqrt(0.95 * 0.05 / 2000);
  EXPECT_NEAR(coverage(1, 1), 0.94, slack);
  EXPECT_NEAR(coverage(5, 1), 0.94, slack);
  EXPECT_LT(coverage(1, 1.4), 0.5) << "a difference that is off must be missed";
}

}  // namespace
}  // namespace materiel::experiment
