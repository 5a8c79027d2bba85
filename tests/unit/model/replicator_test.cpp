#include <gtest/gtest.h>

#include "support/small_model.h"

namespace materiel::testing {
namespace {

const std::string kNetwork =
    "[parameter.opens]\ndist = \"triangular\"\nmin = 2024-02-01\nmode = 2024-03-01\nmax = 2024-06-01\n"
    "[parameter.rate]\ndist = \"lognormal\"\nmean = 1.5\ncv = 0.3\n"
    "[item.drone]\n[site.plant]\n[site.depot]\n"
    "[production.works]\nsite = \"plant\"\nmakes = \"drone\"\nopens = \"opens\"\nrate = \"rate\"\nvariability = { cv = "
    "0.7 }\nyield = 0.9\n"
    "[route.rail]\nfrom = \"plant\"\nto = \"depot\"\nitems = [\"drone\"]\nvehicles = 3\ncapacity = 12\n"
    "transit = { dist = \"gamma\", mean = 5, cv = 0.4 }\nloss = 0.02\nattrition = 0.01\n"
    "[demand.front]\nsite = \"depot\"\nitems = [\"drone\"]\nevery = { dist = \"exponential\", mean = 4 }\nsize = { "
    "dist = \"poisson\", mean = 5 }\n";

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
                           "[item.x]\n[site.a]\n[demand.d]\nsite = \"a\"\nitems = [\"x\"]\nevery = 1\nsize = 1\n"
                           "states = { one = { mean = 1000 }, other = { mean = 1000 } }\n"
                           "[disruption.late]\nat = 10\nlasts = 100\ntargets = [\"demand.d\"]\nfactor = 0\n";
  SmallRun r(text);
  for (int i = 0; i < 2; ++i) EXPECT_EQ(r.run()["demanded.d"], 10);
}

TEST(Replicator, AnUnconnectedProcessChangesNothingElse) {
  SmallRun alone(head(300) + kNetwork);
  SmallRun together(head(300) +
                    "[item.ship]\n[site.yard]\n[parameter.ships]\ndist = \"uniform\"\nmin = 1\nmax = 2\n"
                    "[supply.ships]\nsite = \"yard\"\nitem = \"ship\"\nrate = \"ships\"\nvariability = \"poisson\"\n" +
                    kNetwork);
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

TEST(Replicator, ExpressionsSeeOtherParametersInAnyFileOrder) {
  SmallRun r(head(10) +
             "[parameter.c]\nvalue = \"2 * b\"\n[parameter.b]\nvalue = \"a + 1\"\n[parameter.a]\nvalue = 4\n"
             "[item.kit]\n[site.depot]\nstock = { kit = \"c\" }\n");
  EXPECT_EQ(r.run()["stock.depot.kit"], 10);
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
             "[parameter.x]\ndist = \"uniform\"\nmin = -1\nmax = 3\n[item.kit]\n[site.depot]\n"
             "[supply.parts]\nsite = \"depot\"\nitem = \"kit\"\nrate = \"x\"\n");
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
  const std::string site = "[item.kit]\n[site.depot]\n[supply.parts]\nsite = \"depot\"\nitem = \"kit\"\n";
  const auto refused = [&](const std::string& text, const std::string& why) {
    const std::string errors = compile_errors(text);
    EXPECT_NE(errors.find(why), std::string::npos) << "instead: " << errors;
  };
  refused(head(300) + site + "rate = 1e308\n", "adds up to");
  refused(head(300) + site + "rate = 1e8\n", "about 3e+10 events");
  refused(head(300) + site + "every = 1\nquantity = { dist = \"normal\", mean = 5, sd = 2 }\n", "goes down to");
  refused(head(300) + site + "every = 1\nquantity = { dist = \"uniform\", min = 5, max = 2 }\n", "max");
  refused(head(300, 0.0001) + site + "rate = 1\n", "raise `every` in [observe]");
  refused(head(300) + "[parameter.p]\nvalue = -2\n" + site + "rate = \"p\"\n", "at least 0");
  EXPECT_EQ(compile_errors(head(300) + site + "rate = 1\n"), "");
}

}  // namespace
}  // namespace materiel::testing
