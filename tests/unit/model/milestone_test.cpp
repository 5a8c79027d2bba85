#include <gtest/gtest.h>

#include "support/small_model.h"

namespace materiel::testing {
namespace {

const std::string kStock =
    "[item.drone]\n[site.depot]\nstock = { drone = 10 }\n[demand.use]\nsite = \"depot\"\nitems = [\"drone\"]\nevery = "
    "10\nsize = 4\n";

std::string milestone(const std::string& name, const std::string& rest) {
  return "[milestone." + name + "]\n" + rest + "\n";
}

TEST(Milestone, NotesTheFirstTimeAndMissesWhatNeverHappens) {
  SmallRun r(head(50) + kStock + milestone("low", "metric = \"stock.depot.drone\"\nfalls_to = 2") +
             milestone("never", "metric = \"consumed.use\"\nreaches = 11") +
             milestone("first", "metric = \"consumed.use\"\nreaches = 1") +
             milestone("start", "metric = \"stock.depot.drone\"\nreaches = 10"));
  r.run();
  EXPECT_DOUBLE_EQ(r["milestone.low"], 20);
  EXPECT_DOUBLE_EQ(r["milestone.first"], 10);
  EXPECT_DOUBLE_EQ(r["milestone.start"], 0);
  EXPECT_TRUE(std::isnan(r["milestone.never"]));
}

TEST(Outcome, InfiniteOnesAreMissing) {
  SmallRun r(head(50) + kStock +
             "[outcome.ratio]\nvalue = \"consumed.use / stock.depot.drone\"\n[outcome.below]\nvalue = \"-1 / "
             "stock.depot.drone\"\n[outcome.large]\nvalue = \"10 ^ (1000 * consumed.use)\"\n[outcome.finite]\nvalue = "
             "\"1e300 * consumed.use\"\n");
  r.run();
  for (const char* name : {"outcome.ratio", "outcome.below", "outcome.large"}) EXPECT_TRUE(std::isnan(r[name])) << name;
  EXPECT_DOUBLE_EQ(r["outcome.finite"], 1e301);
}

TEST(Milestone, AHoldMustNotBeBroken) {
  const std::string refill = "[supply.new]\nsite = \"depot\"\nitem = \"drone\"\nschedule = [[22, 5]]\n";
  SmallRun r(head(100) + kStock + refill + milestone("low", "metric = \"stock.depot.drone\"\nfalls_to = 3\nfor = 5") +
             milestone("brief", "metric = \"stock.depot.drone\"\nfalls_to = 3\nfor = 2"));
  r.run();
  // At most 3 in [20, 22) and from day 30 on: noted at the end of the hold.
  EXPECT_DOUBLE_EQ(r["milestone.low"], 35);
  EXPECT_DOUBLE_EQ(r["milestone.brief"], 32) << "broken at day 22 before it had held for two days";
}

TEST(Milestone, WhatIsUndoneWithinAnInstantDoesNotCount) {
  // On day 10 a delivery of 5 and a demand of 4: the stock is 15 in between, 11 at the end of the instant.
  SmallRun r(head(50) + kStock + "[supply.new]\nsite = \"depot\"\nitem = \"drone\"\nschedule = [[10, 5]]\n" +
             milestone("high", "metric = \"stock.depot.drone\"\nreaches = 15"));
  EXPECT_TRUE(std::isnan(r.run()["milestone.high"]));
}

TEST(Milestone, DaysOfSupplyLookBackOver28Days) {
  SmallRun r(head(100, 1) +
             "[item.drone]\n[site.depot]\nstock = { drone = 100 }\n[demand.use]\nsite = \"depot\"\nitems = "
             "[\"drone\"]\nevery = 1\nsize = 1\n" +
             milestone("month", "metric = \"days_of_supply.depot.drone\"\nfalls_to = 30"));
  r.run();
  EXPECT_TRUE(std::isnan(r.observed(26, "days_of_supply.depot.drone")));
  EXPECT_DOUBLE_EQ(r.observed(27, "days_of_supply.depot.drone"), 72);
  EXPECT_DOUBLE_EQ(r["milestone.month"], 70);
}

TEST(Milestone, SharesOfTimeAreLookedAtWithEveryObservation) {
  // Empty from day 30 on, and nothing happens after that: the share is 1/2 on day 60.
  SmallRun r(head(100, 10) +
             "[item.drone]\n[site.depot]\nstock = { drone = 30 }\n[demand.use]\nsite = \"depot\"\nitems = "
             "[\"drone\"]\nevery = 1\nsize = 1\n" +
             milestone("empty_half_the_time", "metric = \"stockout.depot.drone\"\nreaches = 0.5") +
             milestone("for_long", "metric = \"stockout.depot.drone\"\nreaches = 0.5\nfor = 15"));
  r.run();
  EXPECT_DOUBLE_EQ(r["milestone.empty_half_the_time"], 60);
  EXPECT_DOUBLE_EQ(r["milestone.for_long"], 75);
}

TEST(Milestone, OutcomesNeedTheirMilestones) {
  SmallRun r(head(50) + kStock + milestone("low", "metric = \"stock.depot.drone\"\nfalls_to = 2") +
             milestone("never", "metric = \"consumed.use\"\nreaches = 11") +
             "[outcome.twice]\nvalue = \"2 * milestone.low\"\n[outcome.gone]\nvalue = \"milestone.never < 100\"\n"
             "[outcome.order]\nvalue = \"before(milestone.low, milestone.never)\"\n[outcome.seen]\nvalue = "
             "\"reached(milestone.never)\"\n"
             "[outcome.net]\nvalue = \"demanded.use - consumed.use\"\n");
  r.run();
  EXPECT_DOUBLE_EQ(r["outcome.twice"], 40);
  EXPECT_TRUE(std::isnan(r["outcome.gone"]));
  EXPECT_DOUBLE_EQ(r["outcome.order"], 1);
  EXPECT_DOUBLE_EQ(r["outcome.seen"], 0);
  EXPECT_DOUBLE_EQ(r["outcome.net"], 6);
}

}  // namespace
}  // namespace materiel::testing
