#include <cmath>
#include <set>

#include <gtest/gtest.h>

#include <materiel/stats/point_designs.h>

namespace materiel::stats {
namespace {

/// Whether every dimension has one point in each nth part.
bool is_stratified(const std::vector<double>& points, std::size_t dimensions) {
  const std::size_t n = points.size() / dimensions;
  for (std::size_t d = 0; d < dimensions; ++d) {
    std::set<std::size_t> parts;
    for (std::size_t i = 0; i < n; ++i)
      parts.insert(static_cast<std::size_t>(points[i * dimensions + d] * static_cast<double>(n)));
    if (parts.size() != n || *parts.rbegin() != n - 1) return false;
  }
  return true;
}

/// The mean over designs of the estimate of E[prod (x_d + 1/2)], which is 1, and its standard error.
template <class Design>
std::pair<double, double> mean_product(const Design& design, double bias = 0) {
  constexpr int kDesigns = 400;
  constexpr std::size_t kPoints = 16, kDimensions = 3;
  double sum = 0, squares = 0;
  for (int seed = 0; seed < kDesigns; ++seed) {
    const std::vector<double> x = design({kPoints, kDimensions, static_cast<std::uint64_t>(seed)});
    double mean = 0;
    for (std::size_t i = 0; i < kPoints; ++i)
      mean += (x[3 * i] + 0.5 + bias) * (x[3 * i + 1] + 0.5) * (x[3 * i + 2] + 0.5) / kPoints;
    sum += mean;
    squares += mean * mean;
  }
  const double average = sum / kDesigns;
  return {average, std::sqrt((squares / kDesigns - average * average) / kDesigns)};
}

TEST(PointDesigns, LatinHypercubesHaveOnePointInEachPart) {
  for (const std::size_t n : {1U, 2U, 7U, 100U}) {
    EXPECT_TRUE(is_stratified(latin_hypercube({n, 5, 3}), 5)) << n;
    EXPECT_TRUE(is_stratified(maximin_hypercube({n, 5, 3}), 5)) << n;
  }
}

TEST(PointDesigns, SobolPointsAreStratifiedAtEveryPowerOfTwo) {
  for (std::size_t n = 1; n <= 1024; n *= 2) EXPECT_TRUE(is_stratified(scrambled_sobol({n, 12, 5}), 12)) << n;
}

TEST(PointDesigns, ScrambledSobolPointsAreANetInTwoDimensions) {
  // The first two dimensions are a (0, 8, 2)-net: each of the 256 boxes of every shape holds one point.
  const std::vector<double> x = scrambled_sobol({256, 2, 9});
  for (unsigned k = 0; k <= 8; ++k) {
    std::set<std::pair<int, int>> boxes;
    for (std::size_t i = 0; i < 256; ++i)
      boxes.emplace(static_cast<int>(std::ldexp(x[2 * i], static_cast<int>(k))),
                    static_cast<int>(std::ldexp(x[2 * i + 1], static_cast<int>(8 - k))));
    EXPECT_EQ(boxes.size(), 256U) << k;
  }
}

TEST(PointDesigns, AFaultInOneCoordinateIsSeen) {
  std::vector<double> x = scrambled_sobol({64, 3, 5});
  x[10] = x[13];
  EXPECT_FALSE(is_stratified(x, 3));
  EXPECT_FALSE(is_stratified(random_points({64, 3, 5}), 3));
}

TEST(PointDesigns, MorePointsBeginWithTheFewer) {
  for (const auto design : {random_points, scrambled_sobol}) {
    const std::vector<double> few = design({100, 4, 8}), many = design({1000, 4, 8});
    EXPECT_TRUE(std::equal(few.begin(), few.end(), many.begin()));
  }
}

TEST(PointDesigns, AreUnbiasedAndABiasIsCaught) {
  for (const auto design : {random_points, latin_hypercube, scrambled_sobol}) {
    const auto [mean, error] = mean_product(design);
    EXPECT_NEAR(mean, 1, 4 * error);
    const auto [biased, biased_error] = mean_product(design, 0.1);
    EXPECT_GT(std::abs(biased - 1), 4 * biased_error);
  }
}

TEST(PointDesigns, StratifiedDesignsAreMorePreciseThanRandomOnes) {
  const double random = mean_product(random_points).second;
  EXPECT_LT(mean_product(latin_hypercube).second, random / 2);
  EXPECT_LT(mean_product(scrambled_sobol).second, random / 2);
}

TEST(PointDesigns, MaximinKeepsPointsApart) {
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    const PointPlan plan{30, 3, seed};
    EXPECT_GT(least_distance(maximin_hypercube(plan), 3), 1.5 * least_distance(latin_hypercube(plan), 3)) << seed;
    EXPECT_EQ(maximin_hypercube(plan), maximin_hypercube(plan));
  }
}

TEST(PointDesigns, OtherSeedsGiveOtherPointsInside) {
  for (const auto design : {random_points, latin_hypercube, maximin_hypercube, scrambled_sobol}) {
    EXPECT_NE(design({20, 2, 1}), design({20, 2, 2}));
    for (const double x : design({500, 2, 1})) {
      EXPECT_GT(x, 0);
      EXPECT_LT(x, 1);
    }
  }
}

TEST(PointDesigns, TheLeastDistanceIsThatOfTheNearestPair) {
  EXPECT_DOUBLE_EQ(least_distance(std::vector<double>{0, 0, 3, 4, 3, 3}, 2), 1);
  EXPECT_TRUE(std::isinf(least_distance(std::vector<double>{0, 0}, 2)));
}

}  // namespace
}  // namespace materiel::stats
