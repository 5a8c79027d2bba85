#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <materiel/study/evaluate.h>
#include <materiel/study/load.h>

#include "support/small_model.h"

namespace materiel::study {
namespace {

using materiel::testing::bits;

constexpr const char* kScenario = R"(format = 1
[scenario]
name = "one-of-two"
start = 2024-01-01
end = 2024-03-01
[item.kit]
[parameter.mean]
dist = "uniform"
min = 1
max = 4
[parameter.doubled]
value = "2 * mean"
[site.depot]
stock = { kit = 100 }
[supply.kits]
site = "depot"
item = "kit"
rate = "doubled"
variability = "poisson"
[demand.front]
site = "depot"
items = ["kit"]
every = { dist = "exponential", mean = 2 }
size = { dist = "poisson", mean = "mean" }
[outcome.both]
value = "doubled + stock.depot.kit"
)";

/// All of a study from text to outcomes, as one of two threads does it.
std::vector<double> outcomes_of(const std::string& text, std::uint64_t seed) {
  EvaluationRequest request;
  request.model = compile_variant(text, "two-studies").model;
  if (!request.model) return {};
  request.rows = 20;
  request.seeds = {seed};
  request.replications = 5;
  const auto result = evaluate(request, {.threads = 2});
  return result ? result->values : std::vector<double>{};
}

TEST(TwoStudies, InTwoThreadsGiveWhatEachGivesAlone) {
  const std::string one = kScenario;
  std::string other = one;
  other.replace(other.find("2 * mean"), 8, "3 + mean");
  const std::vector<double> one_alone = outcomes_of(one, 1), other_alone = outcomes_of(other, 2);
  ASSERT_EQ(one_alone.size(), other_alone.size());
  ASSERT_FALSE(one_alone.empty());
  ASSERT_NE(bits(one_alone), bits(other_alone));
  for (int repetition = 0; repetition < 5; ++repetition) {
    std::vector<double> one_beside, other_beside;
    std::thread first([&] { one_beside = outcomes_of(one, 1); });
    std::thread second([&] { other_beside = outcomes_of(other, 2); });
    first.join();
    second.join();
    EXPECT_EQ(bits(one_beside), bits(one_alone));
    EXPECT_EQ(bits(other_beside), bits(other_alone));
  }
}

}  // namespace
}  // namespace materiel::study
