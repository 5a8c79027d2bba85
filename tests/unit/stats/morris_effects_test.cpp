#include <cmath>
#include <numeric>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include <materiel/stats/moments.h>
#include <materiel/stats/morris_effects.h>

namespace materiel::stats {
namespace {

constexpr std::size_t kFactors = 20;

// Morris (1991), with his fixed coefficients; the others, which he drew, are (-1)^i and (-1)^(i + j).
double morris_function(const std::vector<double>& x) {
  std::vector<double> w(kFactors);
  for (std::size_t i = 0; i < kFactors; ++i)
    w[i] = 2 * ((i == 2 || i == 4 || i == 6 ? 1.1 * x[i] / (x[i] + 0.1) : x[i]) - 0.5);
  double y = 0;
  for (std::size_t i = 0; i < kFactors; ++i) {
    y += (i < 10 ? 20 : i % 2 == 0 ? -1 : 1) * w[i];
    for (std::size_t j = i + 1; j < kFactors; ++j) {
      y += (j < 6 ? -15 : (i + j) % 2 == 0 ? 1 : -1) * w[i] * w[j];
      for (std::size_t l = j + 1; l < 5; ++l) {
        y += -10 * w[i] * w[j] * w[l];
        for (std::size_t s = l + 1; s < 4; ++s) y += 5 * w[i] * w[j] * w[l] * w[s];
      }
    }
  }
  return y;
}

std::vector<std::size_t> alone(std::size_t parameters) {
  std::vector<std::size_t> groups(parameters);
  std::iota(groups.begin(), groups.end(), std::size_t{0});
  return groups;
}

template <class Function>
std::vector<double> outcomes_of(const MorrisDesign& design, const Function& f) {
  std::vector<double> outcomes, x(design.parameters);
  for (std::size_t at = 0; at < design.grid.size(); at += design.parameters) {
    for (std::size_t p = 0; p < design.parameters; ++p) x[p] = design.quantile(design.grid[at + p]);
    outcomes.push_back(f(x));
  }
  return outcomes;
}

/// Elementary effects at independent random places of the same grid, without trajectories.
std::vector<Moments> independent_effects(std::size_t factor, int draws) {
  std::mt19937_64 bits(5);
  std::vector<Moments> moments(2);  // with sign, absolute
  std::vector<double> x(kFactors);
  for (int i = 0; i < draws; ++i) {
    for (double& u : x) u = (static_cast<double>(bits() % 4) + 0.5) / 4;
    x[factor] = (static_cast<double>(bits() % 2) + 0.5) / 4;
    const double low = morris_function(x);
    x[factor] += 0.5;
    const double effect = (morris_function(x) - low) / 0.5;
    moments[0].add(effect);
    moments[1].add(std::abs(effect));
  }
  return moments;
}

TEST(MorrisEffects, OfMorrisFunctionAreThoseAtRandomPlaces) {
  const MorrisDesign design = morris_design({alone(kFactors), 2000, 4, 3});
  const MorrisEffects found = morris_effects(design, outcomes_of(design, morris_function), {.resamples = 200});
  for (const std::size_t i : {0U, 2U, 4U, 5U, 6U, 8U, 9U, 12U, 19U}) {
    const std::vector<Moments> exact = independent_effects(i, 40000);
    const MorrisEffect& effect = found.effects[i];
    const double error = std::hypot(exact[0].sd() / std::sqrt(40000), effect.sigma / std::sqrt(2000));
    EXPECT_NEAR(effect.mu, exact[0].mean(), 4 * error + 1e-9) << i;
    EXPECT_NEAR(effect.mu_star.value, exact[1].mean(), 4 * error + 1e-9) << i;
    EXPECT_NEAR(effect.sigma, exact[0].sd(), 0.1 * exact[0].sd() + 1e-9) << i;
    EXPECT_LE(effect.mu_star.lo, effect.mu_star.value);
    EXPECT_GE(effect.mu_star.hi, effect.mu_star.value);
  }
  // Factor 9 acts alone but for pairs with coefficients of 1; only factors 3, 5 and 7 have a mean that isn't 0.
  double mean = 0;
  for (const double x : {0.125, 0.375, 0.625, 0.875}) mean += 2 * (1.1 * x / (x + 0.1) - 0.5) / 4;
  const double exact = 2 * (20 + 3 * mean), error = found.effects[8].sigma / std::sqrt(2000);
  EXPECT_NEAR(found.effects[8].mu, exact, 4 * error);
  EXPECT_GT(std::abs(found.effects[8].mu - exact * 1.05), 4 * error) << "a planted bias";
}

TEST(MorrisEffects, TellMorrisThreeKindsOfFactorsApartWithFewTrajectories) {
  const MorrisDesign design = morris_design({alone(kFactors), 20, 4, 1});
  const MorrisEffects found = morris_effects(design, outcomes_of(design, morris_function), {.resamples = 100});
  for (std::size_t i = 0; i < 20; ++i) {
    const MorrisEffect& effect = found.effects[i];
    EXPECT_EQ(effect.sigma > 9, i < 7) << i << ' ' << effect.sigma;
    EXPECT_EQ(effect.mu_star.value > 15, i < 10) << i << ' ' << effect.mu_star.value;
  }
}

TEST(MorrisDesign, MovesEachParameterOnceByHalfTheLevels) {
  const MorrisDesign design = morris_design({alone(5), 12, 6, 9});
  ASSERT_EQ(design.grid.size(), 12U * 6 * 5);
  for (std::size_t t = 0; t < 12; ++t) {
    std::set<std::uint32_t> moved;
    for (std::size_t step = 0; step < 5; ++step) {
      const std::uint16_t* before = design.grid.data() + (t * 6 + step) * 5;
      const std::uint32_t p = design.moved[t * 5 + step];
      moved.insert(p);
      for (std::uint32_t i = 0; i < 5; ++i)
        EXPECT_EQ(int{before[5 + i]} - int{before[i]}, i == p ? 3 * design.direction[t * 5 + step] : 0);
    }
    EXPECT_EQ(moved.size(), 5U);
  }
}

// The effect of one parameter on the product of two is the other's value: on 4 levels with mean 1.5 / 3 and, in levels,
// variance 5 / 4. Trajectories chosen for their distance from one another keep to the outermost levels, which shows
// with few of them: their sigma is 1.25 times that.
TEST(MorrisEffects, AreThoseOfTheGridWithFewTrajectoriesToo) {
  Moments mean, variance, mean_absolute, outermost;
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    const MorrisDesign design = morris_design({alone(3), 10, 4, seed});
    const auto product = [](const auto& x) {
      return (4 * x[0] - 0.5) * (4 * x[1] - 0.5) + (x[2] - 0.25) * (x[2] - 0.25);
    };
    const MorrisEffects found = morris_effects(design, outcomes_of(design, product), {.resamples = 2});
    for (const std::size_t factor : {0U, 1U}) {
      mean.add(found.effects[factor].mu / 4);
      variance.add(found.effects[factor].sigma * found.effects[factor].sigma / 16);
    }
    mean_absolute.add(found.effects[2].mu_star.value);
    for (const std::uint16_t level : design.grid) outermost.add(level == 0 || level == 3 ? 1 : 0);
  }
  const auto error = [](const Moments& m) { return 4 * m.sd() / std::sqrt(static_cast<double>(m.n()) / 2); };
  EXPECT_NEAR(mean.mean(), 1.5, error(mean));
  EXPECT_NEAR(variance.mean(), 1.25, error(variance));
  EXPECT_GT(std::abs(1.25 * 1.2 - variance.mean()), error(variance)) << "a planted bias";
  // (x - 1/4)^2 changes by 1/8 or 3/8 over 1/2.
  EXPECT_NEAR(mean_absolute.mean(), 0.5, error(mean_absolute));
  EXPECT_NEAR(outermost.mean(), 0.5, error(outermost));
}

TEST(MorrisEffects, OfRoundingAreZero) {
  const MorrisDesign design = morris_design({alone(2), 10, 4, 1});
  const auto rounded = [](const auto& x) { return x[0] > 0.5 ? 0.1 + 0.2 : 0.3; };
  const MorrisEffects found = morris_effects(design, outcomes_of(design, rounded), {.resamples = 20});
  EXPECT_EQ(found.effects[0].mu_star.value, 0);
  EXPECT_EQ(found.effects[0].sigma, 0);
}

TEST(MorrisEffects, OfAGroupHaveNoDirection) {
  const MorrisDesign design = morris_design({{0, 1, 0}, 30, 4, 1});
  const MorrisEffects found = morris_effects(
      design, outcomes_of(design, [](const auto& x) { return x[0] - x[2] + 5 * x[1]; }), {.resamples = 50});
  ASSERT_EQ(found.effects.size(), 2U);
  EXPECT_TRUE(std::isnan(found.effects[0].mu));
  EXPECT_TRUE(std::isnan(found.effects[0].sigma));
  EXPECT_NEAR(found.effects[0].mu_star.value, 1, 0.7);  // 0 or 2
  EXPECT_NEAR(found.effects[1].mu, 5, 1e-12);
  EXPECT_NEAR(found.effects[1].sigma, 0, 1e-12);
}

TEST(MorrisEffects, AFailedRunDropsItsTrajectory) {
  const MorrisDesign design = morris_design({alone(3), 10, 4, 1});
  std::vector<double> outcomes = outcomes_of(design, [](const auto& x) { return x[0]; });
  outcomes[6] = std::nan("");
  const MorrisEffects found = morris_effects(design, outcomes, {.resamples = 20});
  EXPECT_EQ(found.trajectories, 9U);
  EXPECT_EQ(found.dropped, 1U);
  EXPECT_NEAR(found.effects[0].mu, 1, 1e-12);
  const MorrisEffects none = morris_effects(design, std::vector<double>(40, std::nan("")), {});
  EXPECT_TRUE(std::isnan(none.effects[0].mu_star.value));
}

}  // namespace
}  // namespace materiel::stats
