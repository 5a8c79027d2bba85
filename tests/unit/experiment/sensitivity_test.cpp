#include <cmath>
#include <limits>
#include <set>

#include <gtest/gtest.h>

#include <materiel/experiment/sensitivity.h>

namespace materiel::experiment {
namespace {

const std::vector<SensitivityFactor> kFactors = {{"a", {3}}, {"b", {5, 1}}, {"chance", {}}};

TEST(SobolDesign, ExchangesWholeFactorsAndChance) {
  const stats::SobolLayout layout{3, true};
  const auto design = sobol_design(kFactors, layout, 4, 7);
  ASSERT_EQ(design->samples(), 4 * layout.columns());
  EXPECT_EQ(design->parameters, (std::vector<std::uint32_t>{3, 5, 1}));
  const auto at = [&](std::size_t sample, std::size_t p) { return design->numbers[3 * sample + p]; };
  for (std::size_t block = 0; block < 4; ++block) {
    const std::size_t first = block * layout.columns();
    for (std::size_t column = 0; column < layout.columns(); ++column) {
      const std::size_t factor_of[] = {0, 1, 1};
      for (std::size_t p = 0; p < 3; ++p)
        EXPECT_EQ(at(first + column, p), at(first + (layout.from_b(column, factor_of[p]) ? 1 : 0), p));
      EXPECT_EQ(design->chance[first + column], 2 * block + (layout.from_b(column, 2) ? 1 : 0));
    }
    EXPECT_NE(at(first, 0), at(first + 1, 0));
  }
}

TEST(SobolDesign, IsEvenAndGrowsWithoutChange) {
  const std::vector<SensitivityFactor> one = {{"a", {0}}};
  const auto design = sobol_design(one, {1, false}, 64, 3);
  const auto shorter = sobol_design(one, {1, false}, 16, 3);
  std::set<int> parts;
  for (std::size_t block = 0; block < 64; ++block) {
    const double u = design->numbers[3 * block];
    EXPECT_GT(u, 0);
    EXPECT_LT(u, 1);
    parts.insert(static_cast<int>(64 * u));
    if (block < 16) {
      EXPECT_EQ(u, shorter->numbers[3 * block]);
    }
  }
  EXPECT_EQ(parts.size(), 64U);  // one in each 64th: random numbers would fill about 41
  EXPECT_NE(design->numbers, sobol_design(one, {1, false}, 64, 4)->numbers);
}

TEST(MorrisSamples, OfATrajectoryShareTheirChance) {
  const std::vector<SensitivityFactor> factors = {{"a", {2}}, {"b", {0}}};
  const stats::MorrisDesign design = stats::morris_design({{0, 1}, 5, 4, 1});
  const auto samples = morris_samples(factors, design);
  ASSERT_EQ(samples->samples(), 15U);
  for (std::size_t i = 0; i < 15; ++i) EXPECT_EQ(samples->chance[i], i / 3);
  for (const double u : samples->numbers) EXPECT_TRUE(u == 0.125 || u == 0.375 || u == 0.625 || u == 0.875);
}

TEST(OutcomeTable, KeepsChosenOutcomesOfGoodRuns) {
  OutcomeTable table({2, 0}, 2);
  model::ReplicationReport good, bad;
  bad.ok = false;
  const double outcomes[] = {1, 2, 3};
  table.take({0, 0, 0, bad, {}, outcomes});
  table.take({1, 1, 0, good, {}, outcomes});
  EXPECT_TRUE(std::isnan(table.column(0)[0]));
  EXPECT_FALSE(table.ok(0));
  EXPECT_EQ(table.column(0)[1], 3);
  EXPECT_EQ(table.column(1)[1], 1);
}

TEST(MilestoneMeasure, CountsWhatWasNotReachedAsTheEndOrAsZero) {
  constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();
  std::vector<double> days = {12, kMissing}, events = days;
  EXPECT_EQ(count_milestone(days, 365, MilestoneMeasure::day), 1U);
  EXPECT_EQ(days, (std::vector<double>{12, 365}));
  EXPECT_EQ(count_milestone(events, 365, MilestoneMeasure::reached), 1U);
  EXPECT_EQ(events, (std::vector<double>{1, 0}));
}

}  // namespace
}  // namespace materiel::experiment
