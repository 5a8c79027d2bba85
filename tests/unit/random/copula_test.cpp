#include <algorithm>
#include <cmath>
#include <numbers>
#include <span>
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

/// How many standard errors Spearman's coefficient of kDraws pairs lies from rho (Bonett and Wright 2000, on Fisher's
/// scale).
double z_of(double coefficient, double rho) {
  const double standard_error = std::sqrt((1 + rho * rho / 2) / (kDraws - 3.0));
  return (std::atanh(coefficient) - std::atanh(rho)) / standard_error;
}

constexpr double kMostErrors = 4;

/// sqrt(n) times the distance of Kolmogorov and Smirnov from the uniform distribution.
double uniform_distance(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const auto n = static_cast<double>(values.size());
  double distance = 0;
  for (std::size_t i = 0; i < values.size(); ++i)
    distance =
        std::max({distance, (static_cast<double>(i) + 1) / n - values[i], values[i] - static_cast<double>(i) / n});
  return distance * std::sqrt(n);
}

constexpr double kFarthest = 1.95;  // p = 0.001

TEST(Copula, GivesTheRankCorrelationsAskedFor) {
  const RankCorrelation pairs[] = {{0, 1, 0.7}, {1, 2, -0.5}};
  const auto u = draw(Copula(3, pairs), kDraws);
  EXPECT_LT(std::abs(z_of(spearman(u[0], u[1]), 0.7)), kMostErrors);
  EXPECT_LT(std::abs(z_of(spearman(u[1], u[2]), -0.5)), kMostErrors);
  EXPECT_LT(std::abs(z_of(spearman(u[0], u[2]), 0)), kMostErrors);
}

TEST(Copula, ABiasInTheConversionIsCaught) {
  // With Pearson's 0.7 instead of 2 sin(pi 0.7 / 6) = 0.717 the rank correlation is 0.683 (planted).
  const RankCorrelation pairs[] = {{0, 1, 6 / std::numbers::pi * std::asin(0.7 / 2)}};
  ASSERT_NEAR(normal_correlation(pairs[0].rho), 0.7, 1e-12);
  const auto u = draw(Copula(3, pairs), kDraws);
  EXPECT_GT(std::abs(z_of(spearman(u[0], u[1]), 0.7)), kMostErrors);
}

TEST(Copula, MarginsStayUniform) {
  const RankCorrelation pairs[] = {{0, 1, 0.9}, {0, 2, 0.8}};
  const auto columns = draw(Copula(3, pairs), kDraws);
  for (const auto& column : columns) EXPECT_LT(uniform_distance(column), kFarthest);
  std::vector<double> bent = columns[1];  // planted
  for (double& u : bent) u = std::pow(u, 1.1);
  EXPECT_GT(uniform_distance(bent), kFarthest) << "a bias in a margin must be caught";
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

TEST(Copula, APairMayBePossibleOnlyWithOneThatFollows) {
  // The first two alone leave the third pair uncorrelated, which they exclude.
  const RankCorrelation pairs[] = {{0, 1, 0.9}, {1, 2, 0.9}, {0, 2, 0.9}};
  EXPECT_FALSE(Copula(3, pairs).impossible());
  EXPECT_TRUE(Copula(3, std::span(pairs).first(2)).impossible());
}

}  // namespace
}  // namespace materiel::random
