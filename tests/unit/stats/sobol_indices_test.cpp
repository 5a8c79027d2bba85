#include <cmath>
#include <functional>
#include <numbers>
#include <random>

#include <gtest/gtest.h>

#include <materiel/stats/sobol_indices.h>

namespace materiel::stats {
namespace {

using Function = std::function<double(const std::vector<double>&)>;
constexpr double kPi = std::numbers::pi;

/// The outcomes of a design whose factors are uniform on 0 ... 1.
std::vector<double> outcomes_of(const SobolLayout& layout, const Function& f, std::size_t blocks, unsigned seed) {
  std::mt19937_64 bits(seed);
  std::uniform_real_distribution<double> uniform;
  std::vector<double> outcomes, a(layout.factors), b(layout.factors), x(layout.factors);
  for (std::size_t block = 0; block < blocks; ++block) {
    for (double& u : a) u = uniform(bits);
    for (double& u : b) u = uniform(bits);
    for (std::size_t column = 0; column < layout.columns(); ++column) {
      for (std::size_t i = 0; i < layout.factors; ++i) x[i] = layout.from_b(column, i) ? b[i] : a[i];
      outcomes.push_back(f(x));
    }
  }
  return outcomes;
}

SobolIndices indices_of(const SobolLayout& layout, const Function& f, std::size_t blocks, unsigned seed = 1) {
  return sobol_indices(layout, outcomes_of(layout, f, blocks, seed), {.seed = 7, .resamples = 200});
}

/// Whether an estimate lies within four of its standard errors of a value.
bool agrees(const IndexEstimate& estimate, double value) {
  return std::abs(estimate.value - value) <= 4 * estimate.conf / 1.959964 + 1e-12;
}

double ishigami(const std::vector<double>& u) {
  const auto x = [&](std::size_t i) { return kPi * (2 * u[i] - 1); };
  return std::sin(x(0)) + 7 * std::pow(std::sin(x(1)), 2) + 0.1 * std::pow(x(2), 4) * std::sin(x(0));
}

// Ishigami & Homma (1990), with a = 7, b = 0.1.
const double kOne = std::pow(1 + 0.1 * std::pow(kPi, 4) / 5, 2) / 2, kTwo = 49.0 / 8;
const double kOneThree = 8 * 0.01 * std::pow(kPi, 8) / 225;
const double kIshigami = kOne + kTwo + kOneThree;

TEST(SobolIndices, OfIshigamisFunctionAreExactWithinTheirErrors) {
  const SobolIndices found = indices_of({3, true}, ishigami, 4000);
  const double first[] = {kOne / kIshigami, kTwo / kIshigami, 0};
  const double total[] = {(kOne + kOneThree) / kIshigami, kTwo / kIshigami, kOneThree / kIshigami};
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_TRUE(agrees(found.first_order[i], first[i])) << i << ' ' << found.first_order[i].value;
    EXPECT_TRUE(agrees(found.total[i], total[i])) << i << ' ' << found.total[i].value;
    EXPECT_LT(found.total[i].conf, 0.06);  // so that the test can fail
  }
  const double pairs[] = {0, kOneThree / kIshigami, 0};  // 1-2, 1-3, 2-3
  for (std::size_t i = 0; i < 3; ++i)
    EXPECT_TRUE(agrees(found.second_order[i].index, pairs[i])) << found.second_order[i].index.value;
  EXPECT_FALSE(agrees(found.first_order[0], first[0] + 0.1)) << "a planted bias";
  EXPECT_FALSE(agrees(found.total[2], total[2] * 0.8)) << "a planted bias";
  EXPECT_FALSE(agrees(found.second_order[1].index, 0)) << "a planted bias";
}

TEST(SobolIndices, OfSobolsGAreExactWithinTheirErrors) {
  const double a[] = {0, 1, 4.5, 9, 99, 99};
  const auto g = [&](const std::vector<double>& x) {
    double product = 1;
    for (std::size_t i = 0; i < 6; ++i) product *= (std::abs(4 * x[i] - 2) + a[i]) / (1 + a[i]);
    return product;
  };
  double variance = 1;
  const auto part = [&](std::size_t i) { return 1 / (3 * std::pow(1 + a[i], 2)); };
  for (std::size_t i = 0; i < 6; ++i) variance *= 1 + part(i);
  const SobolIndices found = indices_of({6, false}, g, 8000);
  for (std::size_t i = 0; i < 6; ++i) {
    const double first = part(i) / (variance - 1), total = part(i) * variance / (1 + part(i)) / (variance - 1);
    EXPECT_TRUE(agrees(found.first_order[i], first)) << i << ' ' << found.first_order[i].value << ' ' << first;
    EXPECT_TRUE(agrees(found.total[i], total)) << i << ' ' << found.total[i].value << ' ' << total;
  }
  EXPECT_NEAR(found.variance, variance - 1, 0.05);
  EXPECT_FALSE(agrees(found.total[1], part(1) / (variance - 1))) << "a planted bias: the first order";
}

// Chance is a factor: the third number stands for all that varies between runs.
TEST(SobolIndices, ChanceHasItsShare) {
  const auto f = [](const std::vector<double>& x) { return 3 * x[0] + x[1] - 2 * x[2]; };
  const SobolIndices found = indices_of({3, false}, f, 4000);
  const double shares[] = {9.0 / 14, 1.0 / 14, 4.0 / 14};
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_TRUE(agrees(found.first_order[i], shares[i])) << found.first_order[i].value;
    EXPECT_TRUE(agrees(found.total[i], shares[i])) << found.total[i].value;
  }
}

TEST(SobolIndices, IntervalsCoverAsOftenAsTheySay) {
  int covered = 0, total_covered = 0;
  constexpr int kTimes = 300;
  for (unsigned i = 0; i < kTimes; ++i) {
    const SobolIndices found = indices_of({3, false}, ishigami, 256, 100 + i);
    const auto holds = [](const IndexEstimate& e, double truth) { return e.lo <= truth && truth <= e.hi; };
    covered += holds(found.first_order[0], kOne / kIshigami) ? 1 : 0;
    total_covered += holds(found.total[0], (kOne + kOneThree) / kIshigami) ? 1 : 0;
  }
  // Four standard errors of a coverage of 95 %, and 2 % for the bootstrap of a ratio at 256 blocks.
  const double least = 0.93 - 4 * std::sqrt(0.95 * 0.05 / kTimes);
  EXPECT_GT(covered / double{kTimes}, least);
  EXPECT_GT(total_covered / double{kTimes}, least);
}

TEST(SobolIndices, AFailedRunDropsItsBlock) {
  const SobolLayout layout{3, true};
  std::vector<double> outcomes = outcomes_of(layout, ishigami, 50, 1);
  std::vector<double> fewer(outcomes.begin() + 8, outcomes.end());
  outcomes[5] = std::nan("");
  const SobolIndices dropped = sobol_indices(layout, outcomes, {.resamples = 10});
  const SobolIndices without = sobol_indices(layout, fewer, {.resamples = 10});
  EXPECT_EQ(dropped.dropped, 1U);
  EXPECT_EQ(dropped.blocks, 49U);
  EXPECT_EQ(dropped.total[0].value, without.total[0].value);
  EXPECT_EQ(dropped.second_order[2].index.hi, without.second_order[2].index.hi);
}

TEST(SobolIndices, OfAConstantOutcomeAreMissing) {
  const SobolIndices found = indices_of(
      {2, false}, [](const auto&) { return 0.1; }, 20);
  EXPECT_TRUE(std::isnan(found.first_order[0].value));
  EXPECT_TRUE(std::isnan(found.total[1].lo));
  const SobolIndices none = sobol_indices({2, false}, std::vector<double>(8, std::nan("")), {});
  EXPECT_EQ(none.blocks, 0U);
  EXPECT_TRUE(std::isnan(none.total[0].value));
}

}  // namespace
}  // namespace materiel::stats
