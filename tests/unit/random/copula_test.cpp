#include <algorithm>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include <materiel/random/copula.h>
#include <materiel/random/stream.h>

namespace materiel::random {
namespace {

std::vector<double> ranks(const std::vector<double>& values) {
  std::vector<std::size_t> order(values.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  std::vector<double> rank(values.size());
  for (std::size_t i = 0; i < order.size(); ++i) rank[order[i]] = static_cast<double>(i);
  return rank;
}

double spearman(const std::vector<double>& x, const std::vector<double>& y) {
  const std::vector<double> a = ranks(x), b = ranks(y);
  const auto n = static_cast<double>(x.size());
  double squares = 0;
  for (std::size_t i = 0; i < a.size(); ++i) squares += (a[i] - b[i]) * (a[i] - b[i]);
  return 1 - 6 * squares / (n * (n * n - 1));
}

/// Three variables' uniform numbers, mixed.
std::vector<std::vector<double>> draw(Copula copula, std::uint32_t n) {
  std::vector<std::vector<double>> columns(3);
  for (std::uint32_t i = 0; i < n; ++i) {
    double u[3];
    for (std::size_t k = 0; k < 3; ++k)
      u[k] = Stream(stream_key(7, "variable" + std::to_string(k), "value"), i, 0).uniform();
    copula.mix(u);
    for (std::size_t k = 0; k < 3; ++k) columns[k].push_back(u[k]);
  }
  return columns;
}

constexpr std::uint32_t kDraws = 40000;
// Spearman's coefficient of a bivariate normal sample has a standard error below 1 / sqrt(n).
const double kTolerance = 4 / std::sqrt(static_cast<double>(kDraws));

TEST(Copula, GivesTheRankCorrelationsAskedFor) {
  const RankCorrelation pairs[] = {{0, 1, 0.7}, {1, 2, -0.5}};
  const auto u = draw(Copula(3, pairs), kDraws);
  EXPECT_NEAR(spearman(u[0], u[1]), 0.7, kTolerance);
  EXPECT_NEAR(spearman(u[1], u[2]), -0.5, kTolerance);
  EXPECT_NEAR(spearman(u[0], u[2]), 0, kTolerance);
}

TEST(Copula, ABiasInTheConversionIsCaught) {
  // With Pearson's 0.7 instead of 2 sin(pi 0.7 / 6) = 0.717 the rank correlation would be 0.683 (planted).
  const RankCorrelation pairs[] = {{0, 1, 6 / 3.14159265358979 * std::asin(0.7 / 2)}};
  const auto u = draw(Copula(3, pairs), kDraws);
  EXPECT_LT(spearman(u[0], u[1]), 0.7 - 0.5 * kTolerance);
}

TEST(Copula, MarginsStayUniform) {
  const RankCorrelation pairs[] = {{0, 1, 0.9}, {0, 2, 0.8}};
  auto u = draw(Copula(3, pairs), kDraws);
  for (auto& column : u) {
    std::sort(column.begin(), column.end());
    double distance = 0;  // Kolmogorov-Smirnov
    for (std::size_t i = 0; i < column.size(); ++i)
      distance = std::max(distance, std::abs(column[i] - (static_cast<double>(i) + 0.5) / kDraws));
    EXPECT_LT(distance * std::sqrt(static_cast<double>(kDraws)), 1.95);  // p = 0.001
  }
}

TEST(Copula, TheFirstAndThoseInNoPairKeepTheirNumbers) {
  const RankCorrelation pairs[] = {{0, 2, 0.9}};
  Copula copula(3, pairs);
  double u[] = {0.125, 0.25, 0.5};
  copula.mix(u);
  EXPECT_EQ(u[0], 0.125);
  EXPECT_EQ(u[1], 0.25);
  EXPECT_NE(u[2], 0.5);
}

TEST(Copula, PerfectCorrelationsArePossible) {
  const RankCorrelation pairs[] = {{0, 1, 1}, {0, 2, -1}, {1, 2, -1}};
  Copula copula(3, pairs);
  ASSERT_FALSE(copula.impossible());
  double u[] = {0.125, 0.6, 0.7};
  copula.mix(u);
  EXPECT_NEAR(u[1], 0.125, 1e-9);
  EXPECT_NEAR(u[2], 0.875, 1e-9);
}

TEST(Copula, NamesThePairThatMakesItImpossible) {
  const RankCorrelation pairs[] = {{0, 1, 0.9}, {1, 2, 0.9}, {0, 2, -0.9}};
  EXPECT_EQ(Copula(3, pairs).impossible(), 2U);
}

}  // namespace
}  // namespace materiel::random
