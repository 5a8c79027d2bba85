#include <algorithm>
#include <cmath>
#include <random>

#include <gtest/gtest.h>

#include <materiel/stats/prim.h>

namespace materiel::stats {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// Uniform parameters and an event.
struct Sample {
  std::vector<std::vector<double>> parameters;
  std::vector<double> outcome;

  template <class Event>
  Sample(std::size_t dimensions, std::size_t rows, unsigned seed, const Event& event) {
    std::mt19937_64 bits(seed);
    std::uniform_real_distribution<double> uniform;
    parameters.assign(dimensions, std::vector<double>(rows));
    for (std::size_t i = 0; i < rows; ++i) {
      std::vector<double> row;
      for (std::vector<double>& column : parameters) row.push_back(column[i] = uniform(bits));
      outcome.push_back(event(row, uniform(bits)) ? 1 : 0);
    }
  }

  [[nodiscard]] PrimTable table() const { return {{parameters.begin(), parameters.end()}, outcome}; }
};

/// The event happens where x0 > 0.7 and x2 is between 0.2 and 0.6: nine times of ten there, once of fifty elsewhere.
bool planted(const std::vector<double>& x, double chance) {
  const bool inside = x[0] > 0.7 && x[2] > 0.2 && x[2] < 0.6;
  return chance < (inside ? 0.9 : 0.02);
}

bool finds_the_planted_box(const PrimBox& box) {
  constexpr double kNear = 0.04;  // a peel takes 5 % of what is left
  const auto near = [](double a, double b) { return std::abs(a - b) < kNear; };
  const auto noise = {1, 3, 4, 5, 6, 7};
  return near(box[0].lower, 0.7) && box[0].upper > 0.96 && near(box[2].lower, 0.2) && near(box[2].upper, 0.6) &&
         std::none_of(noise.begin(), noise.end(), [&](int p) { return box[static_cast<std::size_t>(p)].restricts(); });
}

TEST(Prim, FindsAPlantedBoxAndLeavesNoiseAlone) {
  const Sample sample(8, 4000, 11, planted);
  const std::vector<PrimFinding> found = prim_boxes(sample.table(), {}, 1);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_TRUE(finds_the_planted_box(found[0].box));
  // Density 0.9 and coverage 0.9 * 0.12 / (0.9 * 0.12 + 0.02 * 0.88) = 0.86, by the way the events were made.
  EXPECT_NEAR(found[0].quality.density, 0.9, 0.05);
  EXPECT_NEAR(found[0].quality.coverage, 0.86, 0.06);
  EXPECT_NEAR(found[0].quality.mass, 0.12, 0.02);
  EXPECT_LT(found[0].p_values[0], 1e-10);
  EXPECT_LT(found[0].p_values[2], 1e-10);
  EXPECT_TRUE(std::isnan(found[0].p_values[1]));
}

TEST(Prim, ThePlantedBoxIsMissedWhereItIsElsewhere) {
  // The criterion of the test above must catch a bias of a tenth in one limit.
  const Sample moved(8, 4000, 11, [](const std::vector<double>& x, double chance) {
    return planted({x[0] + 0.1, x[1], x[2]}, chance);
  });
  EXPECT_FALSE(finds_the_planted_box(prim_boxes(moved.table(), {}, 1)[0].box));
}

/// All peels of a table of distinct values, by sorting; the mean of the best.
double best_mean_by_force(const Sample& sample, const PrimRows& rows, double alpha) {
  double best = -1;
  const auto taken = static_cast<std::size_t>(alpha * static_cast<double>(rows.size()));
  for (const std::vector<double>& column : sample.parameters) {
    PrimRows order = rows;
    std::sort(order.begin(), order.end(), [&](auto a, auto b) { return column[a] < column[b]; });
    double low = 0, high = 0;
    for (std::size_t i = taken; i < order.size(); ++i) low += sample.outcome[order[i]];
    for (std::size_t i = 0; i < order.size() - taken; ++i) high += sample.outcome[order[i]];
    best = std::max({best, low, high});
  }
  return best / static_cast<double>(rows.size() - taken);
}

TEST(Prim, EveryPeelIsTheBestOfAllByBruteForce) {
  const Sample sample(5, 700, 3, planted);
  const PrimTable table = sample.table();
  const PrimOptions options{.alpha = 0.1, .min_mass = 0.03};
  const std::vector<PrimStep> steps = prim_trajectory(table, all_rows(table), options);
  ASSERT_GT(steps.size(), 10U);
  for (std::size_t i = 1; i < steps.size(); ++i) {
    const PrimRows before = rows_within(table, all_rows(table), steps[i - 1].box);
    EXPECT_DOUBLE_EQ(steps[i].quality.density, best_mean_by_force(sample, before, options.alpha)) << i;
    EXPECT_EQ(steps[i].quality.rows, before.size() - before.size() / 10) << i;
    EXPECT_GE(steps[i].quality.mass, options.min_mass);
  }
}

/// The probability of at least so many successes, summed term by term.
double binomial_tail(std::uint64_t trials, double successes, double share) {
  const auto n = static_cast<double>(trials);
  double sum = 0;
  for (double k = successes; k <= n; ++k)
    sum += std::exp(std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1) + k * std::log(share) +
                    (n - k) * std::log1p(-share));
  return sum;
}

TEST(Prim, QuasiPValuesAreBinomialTails) {
  const Sample sample(3, 500, 5, planted);
  const PrimTable table = sample.table();
  const PrimBox box = {{0.6, kInfinity}, {}, {0.1, 0.7}};
  const std::vector<double> found = quasi_p_values(table, all_rows(table), box);
  const PrimQuality inside = prim_quality(table, all_rows(table), box);
  for (const std::size_t p : {std::size_t{0}, std::size_t{2}}) {
    PrimBox wider = box;
    wider[p] = {};
    double rows = 0, events = 0;
    for (std::size_t i = 0; i < sample.outcome.size(); ++i) {
      if (!wider[0].allows(sample.parameters[0][i]) || !wider[2].allows(sample.parameters[2][i])) continue;
      ++rows;
      events += sample.outcome[i];
    }
    const double share = events / rows;
    EXPECT_NEAR(found[p] / binomial_tail(inside.rows, inside.events, share), 1, 1e-9);
    // The criterion must catch a count that is off by one, the usual mistake with tails.
    EXPECT_GT(std::abs(found[p] / binomial_tail(inside.rows, inside.events + 1, share) - 1), 1e-3);
  }
  EXPECT_TRUE(std::isnan(found[1]));
}

TEST(Prim, AParameterOfTwoValuesIsPeeledAtOnce) {
  Sample sample(2, 400, 9, [](const std::vector<double>& x, double) { return x[0] > 0.5; });
  for (double& x : sample.parameters[0]) x = x > 0.5 ? 1 : 0;
  const std::vector<PrimFinding> found = prim_boxes(sample.table(), {}, 1);
  EXPECT_EQ(found[0].trajectory.size(), 2U);
  EXPECT_EQ(found[0].box[0], (PrimLimit{1, kInfinity}));
  EXPECT_EQ(found[0].quality.density, 1);
  EXPECT_EQ(found[0].quality.coverage, 1);
}

TEST(Prim, PastingGivesBackWhatCostsNoDensity) {
  const Sample sample(2, 1000, 21, [](const std::vector<double>& x, double) { return x[0] > 0.5; });
  const PrimTable table = sample.table();
  const PrimBox narrow = {{0.8, kInfinity}, {0.3, 0.6}};
  const PrimBox wide = prim_pasted(table, all_rows(table), narrow, 0.05);
  const PrimQuality quality = prim_quality(table, all_rows(table), wide);
  EXPECT_EQ(quality.density, 1);
  EXPECT_GT(quality.coverage, 0.9);
  EXPECT_FALSE(wide[1].restricts());
}

TEST(Prim, FurtherBoxesCoverWhatIsLeft) {
  const Sample sample(4, 4000, 31, [](const std::vector<double>& x, double) {
    return (x[0] > 0.8 && x[1] > 0.5) || (x[2] < 0.15 && x[3] < 0.5);
  });
  const std::vector<PrimFinding> found = prim_boxes(sample.table(), {}, 2);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_GT(found[0].quality.density, 0.9);
  EXPECT_GT(found[1].quality.density, 0.9);
  EXPECT_GT(found[0].quality.coverage + found[1].quality.coverage, 0.85);
  EXPECT_LT(found[0].quality.coverage + found[1].quality.coverage, 1.0 + 1e-12);
}

TEST(Prim, AMinimalDensityChoosesTheWidestBoxThatHasIt) {
  const Sample sample(8, 4000, 11, planted);
  const PrimTable table = sample.table();
  const std::vector<PrimStep> steps = prim_trajectory(table, all_rows(table), {});
  const std::size_t chosen = choose_step(steps, 0.5);
  EXPECT_GE(steps[chosen].quality.density, 0.5);
  EXPECT_LT(steps[chosen - 1].quality.density, 0.5);
  const std::size_t densest = choose_step(steps, 1);
  for (const PrimStep& step : steps) EXPECT_LE(step.quality.density, steps[densest].quality.density);
}

TEST(Prim, WithoutAPatternABoxGainsLittle) {
  const Sample sample(3, 2000, 41, [](const std::vector<double>&, double chance) { return chance < 0.3; });
  const std::vector<PrimFinding> found = prim_boxes(sample.table(), {}, 3);
  ASSERT_FALSE(found.empty());
  EXPECT_LT(found[0].quality.density, 0.45);
}

}  // namespace
}  // namespace materiel::stats
