#include <gtest/gtest.h>

#include "support/small_model.h"

namespace materiel::testing {
namespace {

const char* const kPlant =
    "[item.drone]\n[site.plant]\n[production.line]\nsite = \"plant\"\nmakes = \"drone\"\n"
    "rate = 2\n";
const char* const kSupply = "[item.drone]\n[site.depot]\n[supply.parts]\nsite = \"depot\"\nitem = \"drone\"\n";

std::string disruption(const std::string& keys) {
  return "[disruption.outage]\n" + keys;
}

TEST(Disruption, AFactorSlowsProductionForAWhile) {
  SmallRun r(head(100, 1) + kPlant +
             disruption("at = 20\nlasts = 30\ntargets = [\"production.line\"]\nfactor = 0.5\n"));
  r.run();
  EXPECT_EQ(r.observed(18, "produced.line"), 38);
  EXPECT_EQ(r.observed(49, "produced.line"), 70);
  EXPECT_EQ(r["produced.line"], 169);  // 40 + 30 + 100 less the one due at the end
}

TEST(Disruption, ZeroClosesAndWorkInProcessIsKept) {
  SmallRun r(head(100, 0.25) + kPlant +
             disruption("at = 10.25\nlasts = 10\ntargets = [\"production.*\"]\nfactor = 0\n"));
  r.run();
  EXPECT_EQ(r.observed(80, "produced.line"), 20);  // day 20.25
  EXPECT_EQ(r.observed(81, "produced.line"), 21) << "the half unit made before is not made again";
}

TEST(Disruption, FactorsOfSeveralMultiply) {
  SmallRun r(head(100, 1) + kPlant +
             "[disruption.a]\nat = 0\nlasts = 100\ntargets = [\"production.line\"]\nfactor = 0.5\n"
             "[disruption.b]\nat = 50\nlasts = 100\ntargets = [\"production.line\"]\nfactor = 0.5\n");
  r.run();
  EXPECT_EQ(r.observed(49, "produced.line"), 50);
  EXPECT_EQ(r["produced.line"], 74);
}

TEST(Disruption, ALinearRecoveryGivesHalfOfItsTime) {
  SmallRun r(
      head(100, 1) + kPlant +
      disruption("at = 10\nlasts = 10\ntargets = [\"production.line\"]\nfactor = 0\nrecovery = { linear = 20.5 }\n"));
  r.run();
  // Day 40.5: 10 days at 2, none for 10, 20.5 days at 1 on average; then 2 a day.
  EXPECT_EQ(r.observed(39, "produced.line"), 39);
  EXPECT_EQ(r.observed(49, "produced.line"), 59);
}

TEST(Disruption, ItSlowsSuppliesOfEveryKind) {
  SmallRun rate(head(100, 1) + kSupply + "rate = 1\n" +
                disruption("at = 10.5\nlasts = 20\ntargets = [\"supply.parts\"]\nfactor = 0.25\n"));
  EXPECT_EQ(rate.run().observed(30, "supplied.parts"), 16);  // day 31: 10.5 + 5 + 0.5
  SmallRun lots(head(100, 1) + kSupply + "every = 10\nquantity = 7\n" +
                disruption("at = 15\nlasts = 20\ntargets = [\"supply.parts\"]\nfactor = 0\n"));
  EXPECT_EQ(lots.run().observed(38, "supplied.parts"), 7);
  EXPECT_EQ(lots.observed(39, "supplied.parts"), 14) << "the interval has stood still for 20 days";
  SmallRun dated(head(100) + kSupply + "schedule = [[5, 10], [20, 10], [50, 10]]\n" +
                 disruption("at = 15\nlasts = 20\ntargets = [\"supply.parts\"]\nfactor = 0.26\n"));
  EXPECT_EQ(dated.run()["supplied.parts"], 23);
}

TEST(Disruption, AUnitDueWhenItBeginsStillComes) {
  SmallRun r(head(100, 1) + kSupply + "rate = 0.1\n" +
             disruption("at = 30\nlasts = 20\ntargets = [\"supply.parts\"]\nfactor = 0\n"));
  r.run();
  EXPECT_EQ(r.observed(31, "supplied.parts"), 3);
  EXPECT_EQ(r.observed(60, "supplied.parts"), 4);
}

const char* const kSea =
    "[item.drone]\n[site.port]\nstock = { drone = 1000 }\n[site.depot]\n[route.sea]\n"
    "from = \"port\"\nto = \"depot\"\nitems = [\"drone\"]\ntransit = 1\nreturn = 4\nvehicles = 1\n"
    "capacity = 10\n";

TEST(Disruption, ARouteIsClosedOrCarriesLess) {
  SmallRun closed(head(100, 1) + kSea + disruption("at = 12\nlasts = 30\ntargets = [\"route.sea\"]\nfactor = 0\n"));
  closed.run();
  EXPECT_EQ(closed.observed(40, "shipped.sea"), 30);  // days 0, 5, 10
  EXPECT_EQ(closed.observed(41, "shipped.sea"), 40);  // open again on day 42
  SmallRun less(head(100, 1) + kSea + disruption("at = 12\nlasts = 30\ntargets = [\"route.*\"]\nfactor = 0.45\n"));
  less.run();
  EXPECT_EQ(less.observed(14, "shipped.sea"), 35);  // 4.5 is rounded up
}

TEST(Disruption, ItDestroysAShareOrAQuantity) {
  SmallRun share(head(20, 1) + "[item.drone]\n[site.depot]\nstock = { drone = 101 }\n" +
                 disruption("at = 5\ndestroys = { site = \"depot\", item = \"drone\", fraction = 0.5 }\n"));
  EXPECT_EQ(share.run()["destroyed.outage"], 51);
  EXPECT_EQ(share["stock.depot.drone"], 50);
  SmallRun quantity(head(20, 1) + "[item.drone]\n[site.depot]\nstock = { drone = 101 }\n" +
                    disruption("every = 4\ndestroys = { site = \"depot\", item = \"drone\", quantity = 40 }\n"));
  quantity.run();
  EXPECT_EQ(quantity.observed(7, "destroyed.outage"), 80);
  EXPECT_EQ(quantity["destroyed.outage"], 101) << "no more than is there";
}

TEST(Disruption, ItComesAgainAfterItsEnd) {
  SmallRun r(head(100, 1) + kPlant +
             disruption("every = 10\nlasts = 5\ntargets = [\"production.line\"]\nfactor = 0\n"));
  r.run();
  EXPECT_EQ(r.observed(29, "produced.line"), 40);  // days 0-10 and 15-25
}

TEST(Disruption, AfterAMilestoneAndBeforeTheStart) {
  SmallRun after(head(100, 1) + kPlant + "[milestone.ten]\nmetric = \"produced.line\"\nreaches = 10\n" +
                 disruption("after = \"ten\"\ndelay = 5\nlasts = 10\ntargets = [\"production.line\"]\nfactor = 0\n"));
  after.run();
  EXPECT_EQ(after.observed(18, "produced.line"), 20);
  EXPECT_EQ(after.observed(29, "produced.line"), 40);
  SmallRun before(head(100, 1) + kPlant +
                  disruption("at = -5\nlasts = 10\ntargets = [\"production.line\"]\nfactor = 0\n"));
  before.run();
  EXPECT_EQ(before.observed(9, "produced.line"), 10);
}

TEST(Disruption, ItHappensByChance) {
  SmallRun r(head(20) + "[item.drone]\n[site.depot]\nstock = { drone = 1 }\n" +
             disruption("at = 5\nchance = 0.3\ndestroys = { site = \"depot\", item = \"drone\", quantity = 1 }\n"));
  const Estimate e(r.many("destroyed.outage", 4000));
  EXPECT_LT(std::abs(e.z(0.3)), 4);
  EXPECT_GT(std::abs(e.z(0.36)), 4) << "a bias of 20 % must be caught";
}

TEST(Disruption, AFactorOfOneChangesNothing) {
  const std::string plant = head(300) +
                            "[item.drone]\n[site.plant]\n[production.line]\nsite = \"plant\"\n"
                            "makes = \"drone\"\nrate = 2\nvariability = \"poisson\"\n";
  SmallRun with(plant + disruption("every = 13\nlasts = 5\ntargets = [\"production.line\"]\nfactor = 1\n"));
  SmallRun without(plant);
  for (std::uint32_t i = 0; i < 20; ++i)
    EXPECT_EQ(with.run(i)["produced.line"], without.run(i)["produced.line"]) << "sample " << i;
}

}  // namespace
}  // namespace materiel::testing
