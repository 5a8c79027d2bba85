// Who gets a scarce unit (docs/model.md, section 4).

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/small_model.h"

namespace materiel::testing {
namespace {

std::string sites(const std::string& depot, std::initializer_list<const char*> others) {
  std::string text = "[item.x]\n[item.y]\n[site.depot]\nstock = { " + depot + " }\n";
  for (const char* site : others) text += fmt::format("[site.{}]\n", site);
  return text;
}

std::string schedule(const std::string& name, const std::string& deliveries) {
  return fmt::format("[supply.{}]\nsite = \"depot\"\nitem = \"x\"\nschedule = [{}]\n", name, deliveries);
}

/// A base that lost one unit on a day and orders it from the depot.
std::string base(const std::string& name, int day, const std::string& more = {}) {
  return fmt::format(
      "[demand.at_{0}]\nsite = \"{0}\"\nitems = [\"x\"]\nevery = 100\nsize = 1\nbegins = {1}\nunmet = \"backlog\"\n"
      "[route.to_{0}]\nfrom = \"depot\"\nto = \"{0}\"\nitems = [\"x\"]\ntransit = 1\norder = {{ up_to = 0 }}\n{2}",
      name, day - 100, more);
}

TEST(Claims, OfOrdersAreServedByTheirTimeNotByName) {
  SmallRun run(head(20, 1) + sites("x = 0", {"a", "b"}) + base("a", 5) + base("b", 3) +
               schedule("s", "[8, 1], [12, 1]"));
  run.run();
  ASSERT_TRUE(run.report().ok) << run.report().failure;
  EXPECT_EQ(run.observed(7, "shipped.to_b"), 1);  // day 8
  EXPECT_EQ(run.observed(7, "shipped.to_a"), 0);
  EXPECT_EQ(run.observed(11, "shipped.to_a"), 1);
}

TEST(Claims, OfOnePriorityAndTimeAreServedByName) {
  SmallRun run(head(20, 1) + sites("x = 0", {"a", "b"}) + base("b", 3) + base("a", 3) + schedule("s", "[8, 1]"));
  EXPECT_EQ(run.run()["shipped.to_a"], 1);
  EXPECT_EQ(run["shipped.to_b"], 0);
}

TEST(Claims, OfASmallerPriorityNumberComeFirstHoweverYoung) {
  SmallRun run(head(20, 1) + sites("x = 0", {"a", "b"}) + base("a", 5, "priority = -1\n") + base("b", 3) +
               schedule("s", "[8, 1]"));
  EXPECT_EQ(run.run()["shipped.to_a"], 1);
  EXPECT_EQ(run["shipped.to_b"], 0);
}

TEST(Claims, OfDifferentKindsStandInOneLine) {
  // A base orders on day 3, a demand at the depot is made on day 4, a plant turns to its batch on day 5.
  SmallRun run(
      head(30, 1) + sites("x = 0", {"b"}) + base("b", 3) +
      "[demand.local]\nsite = \"depot\"\nitems = [\"x\"]\nevery = 100\nsize = 1\nbegins = -96\nunmet = \"backlog\"\n"
      "[production.plant]\nsite = \"depot\"\nmakes = \"y\"\nuses = { x = 1 }\nrate = 1\nopens = 5\ntotal = 1\n" +
      schedule("s", "[10, 1], [12, 1], [14, 1]"));
  run.run();
  EXPECT_EQ(run.observed(9, "shipped.to_b"), 1);
  EXPECT_EQ(run.observed(9, "consumed.local"), 0);
  EXPECT_EQ(run.observed(11, "consumed.local"), 1);
  EXPECT_EQ(run.observed(13, "stock.depot.x"), 0);
  EXPECT_EQ(run.observed(14, "produced.plant"), 1);
}

TEST(Claims, ThatAreNotAbleArePassedOverAndHoldNothingBack) {
  SmallRun run(
      head(30, 1) + sites("x = 0", {}) +
      "[production.plant]\nsite = \"depot\"\nmakes = \"y\"\nuses = { x = 5 }\nrate = 1\nopens = 1\ntotal = 1\n"
      "[demand.d]\nsite = \"depot\"\nitems = [\"x\"]\nevery = 100\nbegins = -97\nsize = 2\nunmet = \"backlog\"\n" +
      schedule("s", "[4, 1], [6, 1], [20, 5]"));
  run.run();
  EXPECT_EQ(run.observed(5, "consumed.d"), 2);  // both single units, though the plant waits since day 1
  EXPECT_EQ(run.observed(19, "stock.depot.x"), 0);
  EXPECT_EQ(run["produced.plant"], 1);
}

TEST(Claims, OfAPlantComeBeforeRoutesThatPushAndBehindThemIfThesePrecedeByPriority) {
  const auto text = [](const char* priority) {
    return head(30, 1) + sites("x = 0", {"b"}) +
           "[production.plant]\nsite = \"depot\"\nmakes = \"y\"\nuses = { x = 5 }\nrate = 1\n" + priority +
           "[route.push]\nfrom = \"depot\"\nto = \"b\"\nitems = [\"x\"]\ntransit = 1\n" + schedule("s", "[4, 5]");
  };
  EXPECT_EQ(SmallRun(text("")).run()["produced.plant"], 1 * 1);
  EXPECT_EQ(SmallRun(text("")).run()["shipped.push"], 0);
  EXPECT_EQ(SmallRun(text("priority = 1\n")).run()["shipped.push"], 5);
}

TEST(Claims, OfOneTripAreLoadedInTheirOrderAndAnotherBetweenThemTakesFirst) {
  // Orders of 4 on day 1 and of 4 on day 3 share a trip; a demand of day 2 takes its 3 of the 10 between them.
  SmallRun run(
      head(30, 1) + sites("x = 0", {"b"}) +
      "[demand.at_b]\nsite = \"b\"\nitems = [\"x\"]\nevery = 2\nbegins = -1\nends = 4\nsize = 4\nunmet = "
      "\"backlog\"\n[route.r]\nfrom = \"depot\"\nto = \"b\"\nitems = [\"x\"]\ntransit = 1\norder = { up_to = 0 }\n"
      "[demand.d]\nsite = \"depot\"\nitems = [\"x\"]\nevery = 100\nbegins = -98\nsize = 3\nunmet = \"backlog\"\n" +
      schedule("s", "[5, 9]"));
  run.run();
  EXPECT_EQ(run["consumed.d"], 3);
  EXPECT_EQ(run["shipped.r"], 6);
  EXPECT_EQ(run.observed(4, "in_transit.r"), 6);
}

TEST(Claims, AreMadeInTheDemandStepAfterRoutesHavePushed) {
  // Units, a departure and an urgent demand fall on day 4: the route goes first, whatever the demand's priority.
  SmallRun run(
      head(10, 1) + sites("x = 0", {"b"}) + schedule("s", "[4, 2]") +
      "[route.r]\nfrom = \"depot\"\nto = \"b\"\nitems = [\"x\"]\ntransit = 1\n"
      "[demand.d]\nsite = \"depot\"\nitems = [\"x\"]\nevery = 4\nends = 5\nsize = 2\nunmet = \"backlog\"\npriority = "
      "-9\n");
  EXPECT_EQ(run.run()["shipped.r"], 2);
  EXPECT_EQ(run["consumed.d"], 0);
}

TEST(Claims, OfLostDemandsAreServedAtTheirTurnByPriority) {
  SmallRun run(head(10, 1) + sites("x = 3", {}) +
               "[demand.a]\nsite = \"depot\"\nitems = [\"x\"]\nevery = 4\nends = 5\nsize = 2\npriority = 1\n"
               "[demand.b]\nsite = \"depot\"\nitems = [\"x\"]\nevery = 4\nends = 5\nsize = 2\nunmet = \"backlog\"\n");
  EXPECT_EQ(run.run()["consumed.b"], 2);
  EXPECT_EQ(run["consumed.a"], 1);
}

TEST(PushingRoutes, ShareWhatIsThereByTheirShares) {
  const std::string route = "from = \"depot\"\nto = \"b\"\nitems = [\"x\"]\ntransit = 1\ncapacity = 2\n";
  SmallRun run(head(10, 1) + sites("x = 60", {"b"}) + "[route.p]\nshare = 2\n" + route + "[route.q]\n" + route);
  EXPECT_EQ(run.run()["shipped.p"], 40);
  EXPECT_EQ(run["shipped.q"], 20);
}

TEST(PushingRoutes, GetNoAdvantageFromTimesWhenTheyWereClosed) {
  // One unit a day. q is closed until day 20; from then on each takes every other unit.
  const std::string route = "from = \"depot\"\nto = \"b\"\nitems = [\"x\"]\ntransit = 1\ncapacity = 1\n";
  SmallRun run(
      head(41, 1) + sites("x = 0", {"b"}) + "[route.p]\n" + route + "[route.q]\n" + route +
      "closed = [{ from = 0, to = 20 }]\n[supply.s]\nsite = \"depot\"\nitem = \"x\"\nevery = 1\nquantity = 1\n");
  run.run();
  EXPECT_EQ(run.observed(18, "shipped.p"), 19);
  EXPECT_NEAR(run["shipped.q"], 10, 1);
  EXPECT_EQ(run["shipped.p"] + run["shipped.q"], 40);
}

TEST(PushingRoutes, AreNotHeldBackByALackOfStock) {
  // Both wait for stock for ten days: that changes no tag, and they share from the first unit on.
  const std::string route = "from = \"depot\"\nto = \"b\"\nitems = [\"x\"]\ntransit = 1\ncapacity = 1\n";
  SmallRun run(head(20, 1) + sites("x = 0", {"b"}) + "[route.p]\n" + route + "[route.q]\n" + route +
               schedule("s", "[10, 4]"));
  EXPECT_EQ(run.run()["shipped.p"], 2);
  EXPECT_EQ(run["shipped.q"], 2);
}

TEST(AnInstant, WithoutAnEndFailsTheRunAndNamesThoseWhoActInIt) {
  // One unit goes round between two sites without a transit time.
  const std::string route = "items = [\"x\"]\ntransit = 0\n";
  SmallRun run(head(10, 1) + sites("x = 1", {"b"}) + "[route.there]\nfrom = \"depot\"\nto = \"b\"\n" + route +
               "[route.back]\nfrom = \"b\"\nto = \"depot\"\n" + route);
  EXPECT_FALSE(run.run().report().ok);
  EXPECT_THAT(run.report().failure,
              ::testing::HasSubstr("route.back, route.there: more than 1002000 events at one instant"));
  EXPECT_EQ(run.report().failed_at, 0);
}

TEST(AnInstant, MayBeFullOfWhatOneRouteDoes) {
  // Two million trips of one route leave at one instant and arrive at another; that is no standing still.
  SmallRun run(head(10, 1) + sites("x = 2000000", {"b"}) +
               "[route.r]\nfrom = \"depot\"\nto = \"b\"\nitems = [\"x\"]\ntransit = 1\ncapacity = 1\n");
  EXPECT_TRUE(run.run().report().ok) << run.report().failure;
  EXPECT_EQ(run["arrived.r"], 2000000);
}

}  // namespace
}  // namespace materiel::testing
