#include <gtest/gtest.h>

#include "support/small_model.h"

namespace materiel::testing {
namespace {

const std::string kNetwork =
    R"(
[parameter.opens]
dist = "triangular"
min = 2024-02-01
mode = 2024-03-01
max = 2024-06-01
[parameter.rate]
dist = "lognormal"
mean = 1.5
cv = 0.3
[item.drone]
[site.plant]
[site.depot]
[production.works]
site = "plant"
makes = "drone"
opens = "opens"
rate = "rate"
variability = { cv = 0.7 }
yield = 0.9
[route.rail]
from = "plant"
to = "depot"
items = ["drone"]
vehicles = 3
capacity = 12
transit = { dist = "gamma", mean = 5, cv = 0.4 }
loss = 0.02
attrition = 0.01
[demand.front]
site = "depot"
items = ["drone"]
every = { dist = "exponential", mean = 4 }
size = { dist = "poisson", mean = 5 }
)";

TEST(Replicator, ARunDependsOnItsNumbersOnly) {
  SmallRun forward(head(300) + kNetwork), backward(head(300) + kNetwork);
  std::vector<std::vector<std::uint64_t>> first;
  for (std::uint32_t i = 0; i < 20; ++i) first.push_back(bits(forward.run(i, 9).observations()));
  for (std::uint32_t i = 20; i-- > 0;) EXPECT_EQ(bits(backward.run(i, 9).observations()), first[i]);
  EXPECT_NE(first[0], first[1]);
  EXPECT_NE(bits(forward.run(0, 10).observations()), first[0]);
}

TEST(Replicator, ADisruptionThatLastsToTheEndDoesNotReachTheNextRun) {
  const std::string text = head(20) +
                           R"(
[item.x]
[site.a]
[demand.d]
site = "a"
items = ["x"]
every = 1
size = 1
states = { one = { mean = 1000 }, other = { mean = 1000 } }
[disruption.late]
at = 10
lasts = 100
targets = ["demand.d"]
factor = 0
)";
  SmallRun r(text);
  for (int i = 0; i < 2; ++i) EXPECT_EQ(r.run()["demanded.d"], 10);
}

TEST(Replicator, AnUnconnectedProcessChangesNothingElse) {
  SmallRun alone(head(300) + kNetwork);
  SmallRun together(head(300) +
                    R"(
[item.ship]
[site.yard]
[parameter.ships]
dist = "uniform"
min = 1
max = 2
[supply.ships]
site = "yard"
item = "ship"
rate = "ships"
variability = "poisson"
)" + kNetwork);
  for (std::uint32_t i = 0; i < 10; ++i) {
    alone.run(i);
    together.run(i);
    for (const model::OutcomeInfo& outcome : alone.model().outcomes())
      EXPECT_EQ(bits({alone.outcome(outcome.name)}), bits({together.outcome(outcome.name)})) << outcome.name;
  }
}

TEST(Replicator, ParametersFollowTheirDistribution) {
  SmallRun r(head(30) + kNetwork);
  std::vector<double> opens, rates;
  for (std::uint32_t i = 0; i < 4000; ++i) {
    const auto drawn = r.run(i).parameters();
    opens.push_back(drawn[0]);
    rates.push_back(drawn[1]);
  }
  EXPECT_LT(std::abs(Estimate(opens).z((31 + 60 + 152) / 3.0)), 4);
  EXPECT_LT(std::abs(Estimate(rates).z(1.5)), 4);
}

TEST(Replicator, StopsAtTheLimitOfEventsAndSaysSo) {
  SmallRun r(head(300) + kNetwork, {.max_events = 50});
  r.run();
  EXPECT_FALSE(r.report().ok);
  EXPECT_EQ(r.report().events, 51U);
  EXPECT_NE(r.report().failure.find("more than 50 events"), std::string::npos) << r.report().failure;
}

TEST(Replicator, AnImpossibleSampleFailsTheRunAndNamesTheValue) {
  SmallRun r(head(300) +
             R"(
[parameter.x]
dist = "uniform"
min = -1
max = 3
[item.kit]
[site.depot]
[supply.parts]
site = "depot"
item = "kit"
rate = "x"
)");
  std::uint32_t failed = 0;
  for (std::uint32_t i = 0; i < 400; ++i) {
    r.run(i);
    EXPECT_EQ(r.report().ok, r.parameters()[0] >= 0);
    if (r.report().ok) continue;
    ++failed;
    EXPECT_NE(r.report().failure.find("supply.parts: rate must be at least 0"), std::string::npos)
        << r.report().failure;
  }
  EXPECT_NEAR(failed, 100, 4 * std::sqrt(75));
}

TEST(Replicator, ReplicationsOfASampleShareParametersOnly) {
  const auto model = small_model(head(300) + kNetwork);
  model::Replicator replicator(model);
  std::vector<double> first(model->outcomes().size()), second(first);
  ASSERT_TRUE(replicator.set_sample(1, 7));
  const std::vector<double> parameters(replicator.parameters().begin(), replicator.parameters().end());
  EXPECT_TRUE(replicator.run(0, {}, first).ok);
  EXPECT_TRUE(replicator.run(1, {}, second).ok);
  EXPECT_EQ(parameters, std::vector<double>(replicator.parameters().begin(), replicator.parameters().end()));
  EXPECT_NE(first, second);
}

TEST(Compile, RefusesWhatCanNotBeRun) {
  const std::string site = R"(
[item.kit]
[site.depot]
[supply.parts]
site = "depot"
item = "kit"
)";
  const auto refused = [&](const std::string& text, const std::string& why) {
    const std::string errors = compile_errors(text);
    EXPECT_NE(errors.find(why), std::string::npos) << "instead: " << errors;
  };
  refused(head(300) + site + "rate = 1e308", "adds up to");
  refused(head(300) + site + "rate = 1e8", "about 3e+10 events");
  refused(head(300) + site + R"(
every = 1
quantity = { dist = "normal", mean = 5, sd = 2 }
)",
          "goes down to");
  refused(head(300) + site + R"(
every = 1
quantity = { dist = "uniform", min = 5, max = 2 }
)",
          "max");
  refused(head(300, 0.0001) + site + "rate = 1", "raise `every` in [observe]");
  refused(head(300) + R"(
[parameter.p]
value = -2
)" + site + R"(rate = "p")",
          "at least 0");
  EXPECT_EQ(compile_errors(head(300) + site + "rate = 1"), "");
}

}  // namespace
}  // namespace materiel::testing
