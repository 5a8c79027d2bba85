#include <gtest/gtest.h>

#include "support/small_model.h"

namespace materiel::testing {
namespace {

std::string front(const std::string& stock, const std::string& demand) {
  return "[item.drone]\n[item.missile]\n[site.front]\nstock = { " + stock + " }\n[demand.use]\nsite = \"front\"\n" +
         demand;
}

TEST(Demand, WhatIsNotThereIsLost) {
  SmallRun r(head(50) + front("drone = 25", "items = [\"drone\"]\nevery = 10\nsize = 8\n"));
  r.run();
  EXPECT_EQ(r["demanded.use"], 32);
  EXPECT_EQ(r["consumed.use"], 25);
  EXPECT_EQ(r["unmet.use"], 7);
  EXPECT_DOUBLE_EQ(r["fill_rate.use"], 25.0 / 32);
  EXPECT_DOUBLE_EQ(r["stockout.front.drone"], 10.0 / 50);  // empty from day 40
}

TEST(Demand, TakesItemsInOrderAndLeavesTheReserve) {
  SmallRun r(head(12) +
             front("drone = 6, missile = 9", "items = [\"drone\", \"missile\"]\nevery = 10\nsize = 8\nreserve = 2\n"));
  r.run();
  EXPECT_EQ(r["consumed.use.drone"], 4);
  EXPECT_EQ(r["consumed.use.missile"], 4);
  EXPECT_EQ(r["consumed.use"], 8);
}

TEST(Demand, BacklogIsFilledWhenStockArrives) {
  SmallRun r(head(40, 1) + front("drone = 3", "items = [\"drone\"]\nevery = 10\nsize = 8\nunmet = \"backlog\"\n") +
             "[supply.new]\nsite = \"front\"\nitem = \"drone\"\nschedule = [[15, 4], [25, 20]]\n");
  r.run();
  EXPECT_EQ(r.observed(9, "backlog.use"), 5);
  EXPECT_EQ(r.observed(14, "backlog.use"), 1);
  EXPECT_EQ(r.observed(19, "backlog.use"), 9);
  EXPECT_EQ(r.observed(24, "backlog.use"), 0);
  EXPECT_EQ(r["consumed.use"], 24);
  EXPECT_EQ(r["stock.front.drone"], 3);
  EXPECT_EQ(r["unmet.use"], 0);
}

TEST(Demand, ARateTakesOneUnitATime) {
  SmallRun r(head(100) + front("drone = 1000", "items = [\"drone\"]\nrate = \"2/week\"\nbegins = 2024-01-15\n"));
  EXPECT_EQ(r.run()["consumed.use"], 24);  // 86 days at 2/7: unit 24 on day 14 + 84
}

TEST(Demand, CompoundPoissonDemandHasItsMeanAndVariance) {
  SmallRun r(head(200) + front("drone = 1000000",
                               "items = [\"drone\"]\nevery = { dist = \"exponential\", mean = 2 }\n"
                               "size = { dist = \"negative_binomial\", mean = 6, dispersion = 1.5 }\n"));
  const Estimate e(r.many("consumed.use", 4000));
  // Events: Poisson with mean 100. Mean 100 m; variance 100 (v + m^2) with v = m + m^2 / dispersion = 30.
  EXPECT_LT(std::abs(e.z(600)), 4);
  EXPECT_NEAR(e.variance / 6600, 1, 4 * std::sqrt(2.0 / 4000) * 1.1);
  EXPECT_GT(std::abs(e.z(600 * 1.02)), 4) << "a bias of 2 % must be caught";
}

TEST(Demand, TimeToDepletionOfAPoissonDrainedStockIsErlang) {
  SmallRun r(head(1000) + front("drone = 20", "items = [\"drone\"]\nrate = 0.5\nvariability = \"poisson\"\n") +
             "[milestone.empty]\nmetric = \"stock.front.drone\"\nfalls_to = 0\n");
  const Estimate e(r.many("milestone.empty", 4000));
  EXPECT_LT(std::abs(e.z(40)), 4);  // Erlang(20, 0.5): mean 40, variance 80
  EXPECT_NEAR(e.variance / 80, 1, 4 * std::sqrt((2 + 6.0 / 20) / 4000));
}

TEST(Demand, LostSalesInASingleSlotMatchErlangLoss) {
  // One unit of stock, replaced an exponential time (mean 2) after it is taken, is Erlang's loss system with one
  // server: the share of demand lost is a / (1 + a), a = 0.6 * 2. A production of one with room for one is that server.
  SmallRun r(head(20000) + "[item.drone]\n[site.front]\nstock = { drone = 1 }\ncapacity = { drone = 1 }\n" +
             "[production.refill]\nsite = \"front\"\nmakes = \"drone\"\nrate = 0.5\nvariability = \"poisson\"\n" +
             "[demand.use]\nsite = \"front\"\nitems = [\"drone\"]\nrate = 0.6\nvariability = \"poisson\"\n");
  const Estimate e(r.many("fill_rate.use", 60));
  EXPECT_LT(std::abs(e.z(1 / 2.2)), 4);
  EXPECT_LT(e.standard_error, 0.002);
}

}  // namespace
}  // namespace materiel::testing
