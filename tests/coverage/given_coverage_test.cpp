#include <array>
#include <cmath>
#include <cstdio>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <materiel/stats/given_indices.h>

// The intervals of indices from given data, for functions whose indices are known.
namespace materiel::stats {
namespace {

constexpr int kStudies = 200;
const double kError = std::sqrt(0.95 * 0.05 / kStudies);
const double kPi = std::acos(-1.0);

/// One parameter of a function: what its indices are.
struct Truth {
  std::string name;
  double first_order, delta;
};

struct Counts {
  int first_order = 0, delta = 0, narrow = 0;
  double sum_first = 0, sum_delta = 0;
};

void draw_ishigami(std::mt19937_64& bits, std::array<double, 4>& x, double& y) {
  std::uniform_real_distribution<double> angle(-kPi, kPi);
  for (double& one : x) one = angle(bits);
  y = std::sin(x[0]) + 7 * std::pow(std::sin(x[1]), 2) + 0.1 * std::pow(x[2], 4) * std::sin(x[0]);
}

void draw_linear(std::mt19937_64& bits, std::array<double, 4>& x, double& y) {
  std::normal_distribution<double> normal;
  for (double& one : x) one = normal(bits);
  y = std::sqrt(0.8) * x[0] + std::sqrt(0.15) * x[1] + std::sqrt(0.05) * x[2];
}

template <class Function>
void expect_coverage(const Function& draw, const std::array<Truth, 4>& truth, std::size_t n) {
  std::array<Counts, 4> counts;
  for (unsigned seed = 0; seed < kStudies; ++seed) {
    std::mt19937_64 bits(seed);
    std::vector<std::vector<double>> columns(4, std::vector<double>(n));
    std::vector<double> outcome(n);
    std::array<double, 4> x{};
    for (std::size_t i = 0; i < n; ++i) {
      draw(bits, x, outcome[i]);
      for (std::size_t p = 0; p < 4; ++p) columns[p][i] = x[p];
    }
    const auto found =
        given_indices({columns.begin(), columns.end()}, outcome, {.seed = seed, .resamples = kGivenResamples});
    for (std::size_t p = 0; p < 4; ++p) {
      const auto covers = [](const IndexEstimate& estimate, double exact) {
        return estimate.lo <= exact && exact <= estimate.hi ? 1 : 0;
      };
      counts[p].first_order += covers(found[p].first_order, truth[p].first_order);
      counts[p].delta += covers(found[p].delta, truth[p].delta);
      counts[p].narrow += std::abs(found[p].first_order.value - truth[p].first_order) <= found[p].first_order.conf / 2;
      counts[p].sum_first += found[p].first_order.value / kStudies;
      counts[p].sum_delta += found[p].delta.value / kStudies;
    }
  }
  for (std::size_t p = 0; p < 4; ++p) {
    const double first = counts[p].first_order / double{kStudies}, delta = counts[p].delta / double{kStudies};
    std::printf("%s, %zu runs: S1 %.3f (%.3f) %5.1f %%, delta %.3f (%.3f) %5.1f %%\n", truth[p].name.c_str(), n,
                counts[p].sum_first, truth[p].first_order, 100 * first, counts[p].sum_delta, truth[p].delta,
                100 * delta);
    EXPECT_GE(first, 0.92 - 2 * kError) << truth[p].name;
    EXPECT_GE(delta, 0.92 - 2 * kError) << truth[p].name;
    if (truth[p].first_order == 0) continue;
    EXPECT_LE(first, 0.97 + 2 * kError) << truth[p].name;
    EXPECT_LT(counts[p].narrow, 0.85 * kStudies) << "intervals of half the width must be seen";
    EXPECT_NEAR(counts[p].sum_first, truth[p].first_order, 0.01) << truth[p].name;
    EXPECT_NEAR(counts[p].sum_delta, truth[p].delta, 0.1 * truth[p].delta) << truth[p].name;
  }
}

// First orders: 0.3139, 0.4424, 0 (Ishigami & Homma 1990). Delta by integration over a fine grid.
TEST(GivenCoverage, OfIshigamisFunction) {
  const std::array<Truth, 4> truth = {
      {{"Ishigami x1", 0.3139, 0.261}, {"Ishigami x2", 0.4424, 0.4256}, {"Ishigami x3", 0, 0.2097}, {"idle", 0, 0}}};
  expect_coverage(draw_ishigami, truth, 1000);
}

// Delta of parameters with correlations of sqrt(0.8), sqrt(0.15) and sqrt(0.05), by integration.
TEST(GivenCoverage, OfALinearNormalModel) {
  const std::array<Truth, 4> truth = {
      {{"normal 0.80", 0.8, 0.5055}, {"normal 0.15", 0.15, 0.1350}, {"normal 0.05", 0.05, 0.0735}, {"idle", 0, 0}}};
  expect_coverage(draw_linear, truth, 1000);
}

}  // namespace
}  // namespace materiel::stats
