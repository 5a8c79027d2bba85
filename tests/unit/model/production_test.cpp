#include <gtest/gtest.h>

#include "support/small_model.h"

namespace materiel::testing {
namespace {

const std::string kItems = "[item.drone]\n[item.kit]\n[item.engine]\n";
const std::string kPlant = "[production.plant]\nsite = \"works\"\nmakes = \"drone\"\n";

TEST(Production, MakesAtItsRateWhileOpen) {
  SmallRun r(head(100) + kItems + "[site.works]\n" + kPlant + "rate = 0.5\nopens = 2024-01-11\ncloses = 2024-02-20\n");
  r.run();
  EXPECT_EQ(r["produced.plant"], 19);  // open from day 10 to day 50; the unit due on day 50 is too late
  EXPECT_DOUBLE_EQ(r["utilisation.plant"], 0.4);
}

TEST(Production, StarvesWithoutInputsAndGoesOnWhenTheyCome) {
  SmallRun r(head(60) + kItems + "[site.works]\nstock = { kit = 4, engine = 100 }\n" + kPlant +
             "rate = 1\nuses = { kit = 2, engine = 1 }\n[supply.kits]\nsite = \"works\"\nitem = \"kit\"\n" +
             "schedule = [[2024-01-31, 6]]\n");
  r.run();
  // Two units by day 2, starved until day 30, then three more by day 33.
  EXPECT_EQ(r["produced.plant"], 5);
  EXPECT_EQ(r["stock.works.kit"], 0);
  EXPECT_EQ(r["stock.works.engine"], 95);
  EXPECT_DOUBLE_EQ(r["utilisation.plant"], 5.0 / 60);
  EXPECT_EQ(r["in_process.plant"], 0);
}

TEST(Production, TakesInputsWhenWorkOnTheBatchBegins) {
  SmallRun r(head(7) + kItems + "[site.works]\nstock = { kit = 10 }\n" + kPlant +
             "rate = 0.5\nbatch = 5\nuses = { kit = 1 }\n");
  r.run();
  EXPECT_EQ(r["stock.works.kit"], 5);  // the batch is done on day 10
  EXPECT_EQ(r["in_process.plant"], 5);
  EXPECT_EQ(r["produced.plant"], 0);
}

TEST(Production, IsBlockedByTheCapacityOfItsSite) {
  SmallRun r(head(50) + kItems + "[site.works]\ncapacity = { drone = 3 }\n" + kPlant + "rate = 1\n" +
             "[demand.front]\nsite = \"works\"\nitems = [\"drone\"]\nevery = 10\nsize = 2\n");
  r.run();
  // 3 by day 3, then 2 more after each demand of days 10, 20, 30, 40.
  EXPECT_EQ(r["produced.plant"], 11);
  EXPECT_EQ(r["stock.works.drone"], 3);
  EXPECT_DOUBLE_EQ(r["utilisation.plant"], 11.0 / 50);
}

TEST(Production, CapacityOfAllItemsTogetherBlocksToo) {
  SmallRun r(head(50) + kItems + "[site.works]\nstock = { kit = 6 }\ncapacity = 10\n" + kPlant + "rate = 1\n");
  EXPECT_EQ(r.run()["produced.plant"], 4);
}

TEST(Production, AContractCountsGoodUnits) {
  SmallRun r(head(400) + kItems + "[site.works]\n" + kPlant + "rate = 1\nyield = 0.8\ntotal = 100\n");
  r.run();
  EXPECT_EQ(r["produced.plant"], 100);
  EXPECT_GT(r["scrapped.plant"], 0);
  const Estimate e(r.many("scrapped.plant", 2000));
  // Failures before the 100th success: negative binomial with mean 100 * 0.2 / 0.8 and variance 100 * 0.2 / 0.64.
  EXPECT_LT(std::abs(e.z(25)), 4);
  EXPECT_NEAR(e.variance / 31.25, 1, 4 * std::sqrt(2.0 / 2000) * 1.2);
  EXPECT_GT(std::abs(e.z(25 * 1.05)), 4) << "a bias of 5 % must be caught";
}

TEST(Production, YieldOfABatchIsBinomial) {
  SmallRun r(head(101) + kItems + "[site.works]\n" + kPlant + "rate = 1\nbatch = 20\nyield = 0.7\n");
  const Estimate e(r.many("produced.plant", 4000));
  EXPECT_LT(std::abs(e.z(70)), 4);
  EXPECT_NEAR(e.variance / 21, 1, 4 * std::sqrt(2.0 / 4000));
}

TEST(Production, ExponentialTimesMakePoissonCounts) {
  SmallRun r(
      head(100) + kItems + "[site.works]\n" + kPlant +
      "variability = \"poisson\"\nrate = { ramp = \"linear\", from = 0, to = 2, begins = 2024-01-01, lasts = 50 }\n");
  const Estimate e(r.many("produced.plant", 4000));
  EXPECT_LT(std::abs(e.z(150)), 4);
  EXPECT_NEAR(e.variance / 150, 1, 4 * std::sqrt(2.0 / 4000));
}

TEST(Production, WorkInProcessIsKeptOverAPause) {
  // Blocked from day 1.5 (a delivery fills the site) to day 10 (demand empties it): half a unit is kept.
  SmallRun r(head(20) + kItems + "[site.works]\ncapacity = { drone = 5 }\n" + kPlant + "rate = 1\ntotal = 2\n" +
             "[supply.gift]\nsite = \"works\"\nitem = \"drone\"\nschedule = [[1.5, 4]]\n" +
             "[demand.front]\nsite = \"works\"\nitems = [\"drone\"]\nevery = 10\nsize = 5\n" +
             "[milestone.second]\nmetric = \"produced.plant\"\nreaches = 2\n");
  r.run();
  EXPECT_DOUBLE_EQ(r["milestone.second"], 10.5);
}

TEST(Production, StartsAfterAMilestone) {
  SmallRun r(head(100) + kItems + "[site.works]\n[supply.kits]\nsite = \"works\"\nitem = \"kit\"\nrate = 1\n" + kPlant +
             "rate = 1\nafter = \"enough\"\ndelay = 5\n" +
             "[milestone.enough]\nmetric = \"supplied.kits\"\nreaches = 30\n[milestone.first]\nmetric = "
             "\"produced.plant\"\nreaches = 1\n");
  r.run();
  EXPECT_DOUBLE_EQ(r["milestone.enough"], 30);
  EXPECT_DOUBLE_EQ(r["milestone.first"], 36);
}

}  // namespace
}  // namespace materiel::testing
