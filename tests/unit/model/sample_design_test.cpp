#include <memory>

#include <gtest/gtest.h>

#include "support/small_model.h"

namespace materiel::testing {
namespace {

const std::string kText = head(60) +
                          R"(
[parameter.a]
dist = "uniform"
min = 0
max = 2
[parameter.b]
dist = "uniform"
min = 1
max = 3
[item.x]
[site.s]
[supply.s]
site = "s"
item = "x"
rate = "a + b"
variability = "poisson"
)";

/// The parameters and outcomes of each of a design's samples.
std::vector<std::vector<double>> samples_of(const model::SampleDesign& design) {
  const auto model = small_model(kText);
  model::Replicator replicator(model, {}, std::make_shared<const model::SampleDesign>(design));
  std::vector<std::vector<double>> all;
  for (std::uint32_t i = 0; i < design.samples(); ++i) {
    replicator.set_sample(1, i);
    std::vector<double> outcomes(model->outcomes().size());
    EXPECT_TRUE(replicator.run(0, {}, outcomes).ok);
    all.emplace_back(replicator.parameters().begin(), replicator.parameters().end());
    all.back().insert(all.back().end(), outcomes.begin(), outcomes.end());
  }
  return all;
}

TEST(SampleDesign, GivesTheQuantilesOfItsParametersAndNoOthers) {
  const auto samples = samples_of({.parameters = {1}, .numbers = {0.25, 0.5, 0.75}, .chance = {}});
  SmallRun own(kText);
  for (std::uint32_t i = 0; i < 3; ++i) {
    EXPECT_EQ(samples[i][0], own.run(i).parameters()[0]);
    EXPECT_DOUBLE_EQ(samples[i][1], 1.5 + 0.5 * i);
  }
}

TEST(SampleDesign, SamplesThatShareTheirChanceAndParametersAreEqual) {
  const auto samples =
      samples_of({.parameters = {0, 1}, .numbers = {0.5, 0.5, 0.5, 0.5, 0.5, 0.5}, .chance = {7, 7, 8}});
  EXPECT_EQ(bits(samples[0]), bits(samples[1]));
  EXPECT_NE(bits(samples[0]), bits(samples[2]));
}

}  // namespace
}  // namespace materiel::testing
