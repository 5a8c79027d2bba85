#include <algorithm>
#include <cmath>
#include <random>

#include <gtest/gtest.h>

#include <materiel/stats/information_value.h>

namespace materiel::stats {
namespace {

/// Two alternatives: nothing, or a gain of mean + a * first + b * second + noise, all standard normal; a third
/// parameter says nothing.
struct Choice {
  std::vector<std::vector<double>> parameters;
  std::vector<double> nothing, gain;

  Choice(double mean, double a, double b, double noise, std::size_t rows, unsigned seed)
      : parameters(3, std::vector<double>(rows)), nothing(rows, 0.0), gain(rows) {
    std::mt19937_64 bits(seed);
    std::normal_distribution<double> normal;
    for (std::size_t i = 0; i < rows; ++i) {
      for (auto& column : parameters) column[i] = normal(bits);
      gain[i] = mean + a * parameters[0][i] + b * parameters[1][i] + noise * normal(bits);
    }
  }

  [[nodiscard]] DecisionValue value(bool maximise = true) const {
    return decision_value({parameters.begin(), parameters.end()}, {nothing, gain}, maximise, {.resamples = 100});
  }
};

/// E[max(0, X)] - max(0, mean) of a normal X: the unit normal loss (Raiffa & Schlaifer 1961).
double exact_value(double mean, double sd) {
  const double u = std::abs(mean) / sd;
  return sd * (std::exp(-u * u / 2) / std::sqrt(2 * std::acos(-1.0)) - u * std::erfc(u / std::sqrt(2)) / 2);
}

bool agrees(const InformationValue& found, double exact) {
  // Classes of the parameter lose a little: 2 % of the value.
  return std::abs(found.gain.value - exact) <= 4 * found.gain.conf / 1.959964 + 0.02 * exact;
}

TEST(DecisionValue, OfANormalChoiceIsTheUnitNormalLoss) {
  const DecisionValue found = Choice(0.5, 2, 1, 0.5, 20000, 1).value();
  EXPECT_EQ(found.best, 1U);
  EXPECT_NEAR(found.means[1], 0.5, 0.1);
  EXPECT_TRUE(agrees(found.each[0], exact_value(0.5, 2))) << found.each[0].gain.value;
  EXPECT_TRUE(agrees(found.each[1], exact_value(0.5, 1))) << found.each[1].gain.value;
  EXPECT_TRUE(agrees(found.perfect, exact_value(0.5, std::sqrt(5.25)))) << found.perfect.gain.value;
  EXPECT_FALSE(agrees(found.each[0], exact_value(0.5, 2) * 1.15)) << "a planted bias";
  EXPECT_FALSE(agrees(found.each[0], found.perfect.gain.value));
  EXPECT_NEAR(found.each[2].gain.value, 0, 0.02);
}

TEST(DecisionValue, TakesOffWhatChanceGains) {
  double with = 0, without = 0;
  for (unsigned seed = 0; seed < 100; ++seed) {
    const InformationValue found = Choice(0, 0, 0, 1, 400, seed).value().each[0];
    with += (found.gain.value + std::max(found.bias, 0.0)) / 100;
    without += found.gain.value / 100;
    EXPECT_GE(found.gain.lo, 0);
  }
  EXPECT_GT(with, 0.01);  // of a parameter that says nothing
  EXPECT_LT(without, 0.75 * with);
}

// 0.1 + 0.2 is not 0.3: sums in another order leave gains of 1e-17 behind, which are none.
TEST(DecisionValue, OfRoundingIsZero) {
  std::mt19937_64 bits(1);
  std::uniform_real_distribution<double> uniform;
  std::vector<double> parameter(3000), first(3000), second(3000);
  for (std::size_t i = 0; i < parameter.size(); ++i) {
    parameter[i] = uniform(bits);
    first[i] = 1000 * uniform(bits);
    second[i] = first[i] - 0.3;  // never the better one
  }
  const DecisionValue found = decision_value({parameter}, {first, second}, true, {.resamples = 100});
  for (const InformationValue& value : {found.perfect, found.each[0]}) {
    EXPECT_EQ(value.gain.value, 0);
    EXPECT_EQ(value.gain.hi, 0);
    EXPECT_EQ(value.bias, 0);
  }
}

TEST(DecisionValue, OfTheLeastIsThatOfTheMostOfTheOpposite) {
  Choice choice(0.3, 1, 0.5, 0.5, 2000, 3);
  const DecisionValue most = choice.value();
  for (double& y : choice.gain) y = -y;
  const DecisionValue least = choice.value(false);
  EXPECT_EQ(least.best, most.best);
  EXPECT_EQ(least.means[1], -most.means[1]);
  EXPECT_EQ(least.each[0].gain.value, most.each[0].gain.value);
}

}  // namespace
}  // namespace materiel::stats
