#include <algorithm>
#include <cmath>
#include <random>

#include <gtest/gtest.h>

#include <materiel/stats/given_indices.h>
#include <materiel/stats/partial_rank_correlation.h>
#include <materiel/stats/ranks.h>

namespace materiel::stats {
namespace {

/// A linear model with normal parameters: the outcome's correlation with parameter i is weights[i].
struct Linear {
  std::vector<std::vector<double>> parameters;
  std::vector<double> outcome;

  Linear(const std::vector<double>& weights, std::size_t rows, unsigned seed) {
    std::mt19937_64 bits(seed);
    std::normal_distribution<double> normal;
    parameters.assign(weights.size(), std::vector<double>(rows));
    outcome.assign(rows, 0.0);
    for (std::size_t i = 0; i < rows; ++i)
      for (std::size_t p = 0; p < weights.size(); ++p) outcome[i] += weights[p] * (parameters[p][i] = normal(bits));
  }

  [[nodiscard]] std::vector<std::span<const double>> columns() const { return {parameters.begin(), parameters.end()}; }
};

double normal_cdf(double z) {
  return std::erfc(-z / std::sqrt(2)) / 2;
}

/// Delta of a parameter whose correlation with a normal outcome is r, by integration.
double exact_delta(double r) {
  const double sd = std::sqrt(1 - r * r);
  double sum = 0;
  for (double x = -5; x < 5; x += 0.02) {
    double difference = 0;
    for (double y = -6; y < 6; y += 0.01) {
      const double conditional = std::exp(-std::pow((y - r * x) / sd, 2) / 2) / sd;
      difference += std::abs(conditional - std::exp(-y * y / 2)) * 0.01;
    }
    sum += difference * std::exp(-x * x / 2) * 0.02;
  }
  return sum / 2 / (2 * std::acos(-1.0));
}

/// PAWN's maximum: in the outermost tenth of the parameter.
double exact_pawn_max(double r) {
  const double edge = 1.2815515655446004, sd = std::sqrt(1 - r * r);
  double largest = 0;
  for (double y = -4; y < 4; y += 0.02) {
    double below = 0;
    for (double x = edge; x < 7; x += 0.005)
      below += normal_cdf((y - r * (x + 0.0025)) / sd) * std::exp(-std::pow(x + 0.0025, 2) / 2) * 0.005;
    largest = std::max(largest, std::abs(below / std::sqrt(2 * std::acos(-1.0)) / 0.1 - normal_cdf(y)));
  }
  return largest;
}

bool agrees(const IndexEstimate& estimate, double value, double slack = 0) {
  return std::abs(estimate.value - value) <= 4 * estimate.conf / 1.959964 + slack;
}

TEST(GivenIndices, OfANormalModelAreExactWithinTheirErrors) {
  const double weights[] = {0.8, 0.52, 0.3, 0};
  const Linear linear({0.8, 0.52, 0.3, 0}, 20000, 1);  // 0.64 + 0.27 + 0.09 = 1
  const auto found = given_indices(linear.columns(), linear.outcome, {.resamples = 50});
  for (std::size_t p = 0; p < 4; ++p) {
    const double share = std::pow(weights[p], 2) / (0.64 + 0.52 * 0.52 + 0.09), r = std::sqrt(share);
    EXPECT_TRUE(agrees(found[p].first_order, share)) << p << ' ' << found[p].first_order.value;
    if (p == 3) continue;  // the others of a parameter that says nothing are those of noise
    EXPECT_TRUE(agrees(found[p].delta, exact_delta(r))) << p << ' ' << found[p].delta.value << ' ' << exact_delta(r);
    EXPECT_TRUE(agrees(found[p].pawn_max, exact_pawn_max(r), 0.005)) << p << ' ' << found[p].pawn_max.value;
  }
  EXPECT_LT(found[0].first_order.conf, 0.02);
  EXPECT_FALSE(agrees(found[0].first_order, 0.64 * 1.1)) << "a planted bias";
  EXPECT_FALSE(agrees(found[1].delta, exact_delta(0.62))) << "a planted bias";
  EXPECT_FALSE(agrees(found[2].pawn_max, exact_pawn_max(0.4), 0.005)) << "a planted bias";
  EXPECT_NEAR(found[3].first_order.value, 0, 0.005);
  EXPECT_LT(found[3].delta.value, 0.03);
  EXPECT_LT(found[3].pawn_median.value, 0.05);
}

TEST(GivenIndices, OfTheParameterItselfAreThoseOfItsSlices) {
  std::vector<double> x(10000);
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<double>((i * 7919) % x.size());
  const auto found = given_indices({x}, x, {.resamples = 20});
  EXPECT_NEAR(found[0].first_order.value, 1, 0.003);
  EXPECT_NEAR(found[0].pawn_max.value, 0.9, 0.01);
  EXPECT_NEAR(found[0].pawn_median.value, 0.7, 0.01);  // of 0.9, 0.8, 0.7, 0.6, 0.5, twice each
  EXPECT_GT(found[0].delta.value, 0.85);
}

// An event happens with probability 0.2, or 0.8 if the parameter is high: delta is the mean of |p - 0.5|.
TEST(GivenIndices, AnEventHasNoDensity) {
  std::mt19937_64 bits(3);
  std::uniform_real_distribution<double> uniform;
  std::vector<double> x(20000), event(20000), coin(20000);
  for (std::size_t i = 0; i < x.size(); ++i) {
    x[i] = uniform(bits);
    event[i] = uniform(bits) < (x[i] > 0.5 ? 0.8 : 0.2) ? 1 : 0;
    coin[i] = bits() % 2 == 0 ? 1 : 0;
  }
  const auto found = given_indices({x, coin}, event, {.resamples = 50});
  EXPECT_TRUE(agrees(found[0].delta, 0.3, 0.003)) << found[0].delta.value;
  EXPECT_TRUE(agrees(found[0].first_order, 0.36, 0.003)) << found[0].first_order.value;
  EXPECT_TRUE(agrees(found[1].first_order, 0)) << found[1].first_order.value;
  EXPECT_NEAR(found[1].delta.value, 0, 0.02);
}

TEST(GivenIndices, DeltaDoesNotDependOnTheScaleOfTheOutcome) {
  const Linear linear({0.8, 0.6}, 3000, 2);
  std::vector<double> stretched;
  for (const double y : linear.outcome) stretched.push_back(std::exp(5 * y));
  const auto plain = given_indices(linear.columns(), linear.outcome, {.resamples = 20});
  const auto other = given_indices(linear.columns(), stretched, {.resamples = 20});
  EXPECT_EQ(plain[0].delta.value, other[0].delta.value);
  EXPECT_EQ(plain[1].pawn_max.lo, other[1].pawn_max.lo);
}

TEST(GivenIndices, OfAConstantOutcomeOrFewRowsAreMissing) {
  const std::vector<double> x = {1, 2, 3}, same(100, 2.0), many(100, 1.0);
  EXPECT_TRUE(std::isnan(given_indices({x}, x, {})[0].delta.value));
  EXPECT_TRUE(std::isnan(given_indices({many}, same, {})[0].first_order.value));
  std::vector<double> rounded(100, 0.3), rising(100);
  for (std::size_t i = 0; i < rounded.size(); ++i) {
    rising[i] = static_cast<double>(i);
    if (i > 50) rounded[i] = 0.1 + 0.2;
  }
  EXPECT_TRUE(std::isnan(given_indices({rising}, rounded, {})[0].first_order.value));
  EXPECT_TRUE(std::isnan(partial_rank_correlations({rising}, rounded, 0.95)[0].value));
}

// The correlations of ranks of a normal model are 6 / pi asin(r / 2); their partial correlation by the textbook's
// recursion (Kendall 1942) for two parameters.
TEST(PartialRankCorrelation, OfANormalModelIsExactWithinItsError) {
  const Linear linear({0.8, 0.6}, 20000, 4);
  const auto found = partial_rank_correlations(linear.columns(), linear.outcome, 0.95);
  const auto of_ranks = [](double r) { return 6 / std::acos(-1.0) * std::asin(r / 2); };
  const double first = of_ranks(0.8), second = of_ranks(0.6);
  const double exact[] = {first / std::sqrt(1 - second * second), second / std::sqrt(1 - first * first)};
  for (std::size_t i = 0; i < 2; ++i) {
    const double error = (found[i].hi - found[i].lo) / 4;
    EXPECT_NEAR(found[i].value, exact[i], 4 * error);
    EXPECT_GT(std::abs(found[i].value - exact[i] * 0.97), 4 * error) << "a planted bias";
    EXPECT_LT(found[i].p_value, 1e-9);
  }
}

TEST(PartialRankCorrelation, OfAnUnrelatedParameterHasUniformPValues) {
  int small = 0;
  for (unsigned seed = 0; seed < 400; ++seed) {
    const Linear linear({1, 0}, 40, 1000 + seed);
    std::vector<double> noisy = linear.outcome;
    std::mt19937_64 bits(seed);
    std::normal_distribution<double> normal;
    for (double& y : noisy) y += normal(bits);
    if (partial_rank_correlations(linear.columns(), noisy, 0.95)[1].p_value < 0.1) ++small;
  }
  EXPECT_NEAR(small / 400.0, 0.1, 4 * std::sqrt(0.1 * 0.9 / 400));
}

TEST(PartialRankCorrelation, OfAParameterThatOthersDetermineIsMissing) {
  Linear linear({0.8, 0.6}, 100, 5);
  const auto alone = partial_rank_correlations(linear.columns(), linear.outcome, 0.95);
  linear.parameters.push_back(linear.parameters[0]);
  linear.parameters.emplace_back(100, 3.0);
  const auto found = partial_rank_correlations(linear.columns(), linear.outcome, 0.95);
  EXPECT_NEAR(found[0].value, alone[0].value, 1e-12);
  EXPECT_NEAR(found[1].lo, alone[1].lo, 1e-12);
  EXPECT_TRUE(std::isnan(found[2].value));
  EXPECT_TRUE(std::isnan(found[3].p_value));
  for (const auto& one : partial_rank_correlations(linear.columns(), linear.parameters[1], 0.95))
    EXPECT_TRUE(std::isnan(one.value));
}

TEST(Ranks, OfEqualValuesAreTheirMean) {
  const std::vector<double> values = {3, 1, 3, 2};
  EXPECT_EQ(mid_ranks(values), (std::vector<double>{3.5, 1, 3.5, 2}));
  EXPECT_EQ(equal_classes(mid_ranks(values), 2), (std::vector<std::size_t>{1, 0, 1, 0}));
  EXPECT_EQ(class_count(100000), 47U);
}

}  // namespace
}  // namespace materiel::stats
