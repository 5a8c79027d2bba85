#include <cmath>

#include <gtest/gtest.h>

#include <materiel/model/parameter_quantiles.h>

#include "support/small_model.h"

namespace materiel::model {
namespace {

constexpr std::uint32_t kSamples = 10'000;

std::vector<ParameterQuantiles> quantiles_of(const std::string& parameters, std::uint32_t samples = kSamples) {
  return parameter_quantiles(*testing::small_model(testing::head(100) + parameters), 1, samples);
}

TEST(ParameterQuantiles, OfANumberAreTheNumber) {
  const auto quantiles = quantiles_of(R"(
[parameter.a]
value = 7
[parameter.b]
value = "2*a"
)");
  EXPECT_EQ(quantiles[0].p05, 7);
  EXPECT_EQ(quantiles[0].p95, 7);
  EXPECT_EQ(quantiles[1].p50, 14);
  EXPECT_FALSE(quantiles[1].sampled);
}

TEST(ParameterQuantiles, AreExactWhereArgumentsAreCertain) {
  const auto quantiles = quantiles_of(R"(
[parameter.top]
value = 200
[parameter.a]
dist = "uniform"
min = 100
max = "top"
)");
  EXPECT_FALSE(quantiles[1].sampled);
  EXPECT_NEAR(quantiles[1].p05, 105, 1e-9);
  EXPECT_NEAR(quantiles[1].p50, 150, 1e-9);
  EXPECT_NEAR(quantiles[1].p95, 195, 1e-9);
}

TEST(ParameterQuantiles, CountInTheDaysOfTheirUnit) {
  const auto quantiles = quantiles_of(R"(
[parameter.a]
dist = "uniform"
min = 1
max = 3
unit = "week"
)");
  EXPECT_NEAR(quantiles[0].p50, 14, 1e-9);
}

/// The sum of two uniform numbers in [0, 1] is triangular: its 5 % quantile is sqrt(0.1), with density sqrt(0.1) there.
TEST(ParameterQuantiles, OfWhatDependsOnUncertainParametersAreThoseOfItsDistribution) {
  const std::string uniform = R"(
dist = "uniform"
min = 0
max = 1
)";
  const std::string text = "[parameter.a]" + uniform + "[parameter.b]" + uniform + R"(
[parameter.sum]
value = "a + b"
)";
  const ParameterQuantiles sum = quantiles_of(text)[2];
  EXPECT_TRUE(sum.sampled);
  const double exact = std::sqrt(0.1);
  const double error = std::sqrt(0.05 * 0.95 / kSamples) / std::sqrt(0.1);
  EXPECT_NEAR(sum.p05, exact, 4 * error);
  EXPECT_NEAR(sum.p95, 2 - exact, 4 * error);
  EXPECT_NEAR(sum.p50, 1, 4 * std::sqrt(0.25 / kSamples));
  const double both_at_their_quantile = 0.05 + 0.05;  // what a wrong way to reckon it would give
  EXPECT_GT(std::abs(both_at_their_quantile - exact), 8 * error);
}

TEST(ParameterQuantiles, FollowThroughAChainOfDistributions) {
  const auto quantiles = quantiles_of(
      R"(
[parameter.c]
dist = "uniform"
min = "b"
max = "b + 1"
[parameter.a]
dist = "uniform"
min = 0
max = 1
[parameter.b]
value = "a"
)");
  EXPECT_TRUE(quantiles[0].sampled);
  EXPECT_FALSE(quantiles[1].sampled);
  EXPECT_TRUE(quantiles[2].sampled);
  EXPECT_NEAR(quantiles[0].p50, 1, 4 * std::sqrt(0.25 / kSamples));
}

TEST(ParameterQuantiles, AreUnknownWithoutSamples) {
  const auto quantiles = quantiles_of(R"(
[parameter.a]
dist = "uniform"
min = 0
max = 1
[parameter.b]
value = "2*a"
)",
                                      0);
  EXPECT_TRUE(std::isnan(quantiles[1].p50));
}

}  // namespace
}  // namespace materiel::model
