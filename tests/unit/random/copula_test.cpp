#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>
#include <span>
#include <vector>

#include <gtest/gtest.h>

#include <materiel/random/copula.h>
#include <materiel/random/stream.h>

#include "random/triangular_factor.h"

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
std::vector<std::vector<double>> draw(const Copula& copula, std::uint32_t n) {
  std::vector<double> normals;
  std::vector<std::vector<double>> columns(3);
  for (std::uint32_t i = 0; i < n; ++i) {
    double u[3];
    for (std::size_t k = 0; k < 3; ++k)
      u[k] = Stream(stream_key(7, "variable" + std::to_string(k), "value"), i, 0).uniform();
    copula.mix(u, normals);
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
  const Copula copula(3, pairs);
  double u[] = {0.125, 0.25, 0.5};
  std::vector<double> normals;
  copula.mix(u, normals);
  EXPECT_EQ(u[0], 0.125);
  EXPECT_EQ(u[1], 0.25);
  EXPECT_NE(u[2], 0.5);
}

TEST(Copula, PerfectCorrelationsArePossible) {
  const RankCorrelation pairs[] = {{0, 1, 1}, {0, 2, -1}, {1, 2, -1}};
  const Copula copula(3, pairs);
  ASSERT_FALSE(copula.impossible());
  double u[] = {0.125, 0.6, 0.7};
  std::vector<double> normals;
  copula.mix(u, normals);
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

/// A chain in which each variable follows the one before it.
std::vector<RankCorrelation> chain(std::size_t variables, double rho) {
  std::vector<RankCorrelation> pairs;
  for (std::size_t i = 0; i + 1 < variables; ++i) pairs.push_back({i, i + 1, rho});
  return pairs;
}

TEST(Copula, OfManyVariablesNamesAPairThatMakesItImpossible) {
  // More than have their eigenvalues worked out. Only the last three contradict one another.
  constexpr std::size_t kMany = 400;
  std::vector<RankCorrelation> pairs = chain(kMany - 3, 0.4);
  EXPECT_FALSE(Copula(kMany, pairs).impossible());
  const std::size_t first = pairs.size();
  pairs.push_back({kMany - 3, kMany - 2, 0.9});
  pairs.push_back({kMany - 2, kMany - 1, 0.9});
  pairs.push_back({kMany - 3, kMany - 1, -0.9});
  const auto wrong = Copula(kMany, pairs).impossible();
  ASSERT_TRUE(wrong);
  EXPECT_GE(*wrong, first);
  pairs.back().rho = 0.9;
  EXPECT_FALSE(Copula(kMany, pairs).impossible());
}

TEST(Copula, OfManyVariablesMayBeSingular) {
  constexpr std::size_t kMany = 400;
  const std::vector<RankCorrelation> pairs{{0, 1, 1}, {0, 399, -1}, {1, 399, -1}};
  const Copula copula(kMany, pairs);
  ASSERT_FALSE(copula.impossible());
  std::vector<double> u(kMany, 0.6), normals;
  u[0] = 0.125;
  copula.mix(u, normals);
  EXPECT_NEAR(u[1], 0.125, 1e-9);
  EXPECT_NEAR(u[399], 0.875, 1e-9);
  EXPECT_EQ(u[7], 0.6);
}

/// The factor by the textbook: entry by entry, each a sum over the columns before it.
std::vector<std::vector<double>> textbook_factor(const SymmetricRows& matrix, double least_pivot) {
  const std::size_t n = matrix.size();
  std::vector<std::vector<double>> full(n, std::vector<double>(n)), factor(n, std::vector<double>(n));
  for (std::size_t i = 0; i < n; ++i)
    for (const auto& [column, value] : matrix[i]) full[i][column] = value;
  for (std::size_t j = 0; j < n; ++j) {
    double squares = 0;
    for (std::size_t k = 0; k < j; ++k) squares += factor[j][k] * factor[j][k];
    if (1 - squares <= least_pivot) continue;
    factor[j][j] = std::sqrt(1 - squares);
    for (std::size_t i = j + 1; i < n; ++i) {
      double sum = 0;
      for (std::size_t k = 0; k < j; ++k) sum += factor[i][k] * factor[j][k];
      factor[i][j] = (full[i][j] - sum) / factor[j][j];
    }
  }
  return factor;
}

TEST(TriangularFactor, IsThatOfTheTextbookToTheBit) {
  std::mt19937 random{3};
  const auto unit = [&] { return static_cast<double>(random()) / 0x1p32; };
  for (std::size_t n = 1; n < 40; ++n) {
    SymmetricRows rows(n);
    for (std::uint32_t i = 0; i < n; ++i)
      for (std::uint32_t j = 0; j < i; ++j)
        if (unit() < 0.4) rows[i].emplace_back(j, (unit() - 0.5) * (n % 5 == 0 ? 2 : 0.4));
    const TriangularFactor made(rows, 1, 1e-9);
    const auto expected = textbook_factor(rows, 1e-9);
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j <= i; ++j) ASSERT_EQ(made(i, j), expected[i][j]) << n << ": " << i << ", " << j;
  }
}

TEST(TriangularFactor, ItsWitnessShowsThatAMatrixIsNone) {
  // 0.9, 0.9 and -0.9: whatever the second and third add up to, the first can't.
  const SymmetricRows rows{{}, {{0, 0.9}}, {{0, -0.9}, {1, 0.9}}, {{2, 0.1}}};
  const auto v = TriangularFactor(rows, 1, 0).witness();
  ASSERT_TRUE(v);
  double form = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    form += (*v)[i] * (*v)[i];
    for (const auto& [j, r] : rows[i]) form += 2 * r * (*v)[i] * (*v)[j];
  }
  EXPECT_LT(form, -0.1);
  EXPECT_FALSE(TriangularFactor({{}, {{0, 0.9}}, {{1, 0.3}}}, 1, 0).witness());
}

}  // namespace
}  // namespace materiel::random
