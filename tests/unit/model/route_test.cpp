#include <gtest/gtest.h>

#include "support/small_model.h"

namespace materiel::testing {
namespace {

std::string network(const std::string& stock, const std::string& route) {
  return "[item.drone]\n[item.kit]\n[site.port]\n" + stock +
         "\n[site.depot]\n[route.sea]\nfrom = \"port\"\nto = \"depot\"\n" + route;
}

TEST(Route, PushesAllItMayAndIsTransitLater) {
  SmallRun r(head(20, 1) + network("stock = { drone = 10 }", "items = [\"drone\"]\ntransit = 2.5\n"));
  r.run();
  EXPECT_EQ(r.observed(1, "in_transit.sea"), 10);
  EXPECT_EQ(r.observed(2, "in_transit.sea"), 0);
  EXPECT_EQ(r["arrived.sea"], 10);
  EXPECT_EQ(r["stock.depot.drone"], 10);
}

TEST(Route, VehiclesAndCapacityBoundTheThroughput) {
  SmallRun r(head(100) +
             network("stock = { drone = 1000 }", "items = [\"drone\"]\ntransit = 4\nvehicles = 2\ncapacity = 10\n"));
  r.run();
  // Each vehicle takes 8 days for there and back: it arrives on days 4, 12, ..., 92 with 10 units, and was
  // dispatched on days 0, 8, ..., 96.
  EXPECT_EQ(r["arrived.sea"], 2 * 12 * 10);
  EXPECT_EQ(r["shipped.sea"], 2 * 13 * 10);
}

TEST(Route, ReturnMayDifferFromTransit) {
  SmallRun r(head(100) + network("stock = { drone = 1000 }",
                                 "items = [\"drone\"]\ntransit = 4\nreturn = 16\nvehicles = 1\ncapacity = 10\n"));
  EXPECT_EQ(r.run()["shipped.sea"], 50);  // days 0, 20, 40, 60, 80
}

TEST(Route, WaitsForTheMinimumLoadButNotForEver) {
  const std::string supply = "[supply.parts]\nsite = \"port\"\nitem = \"drone\"\nrate = 1\nends = 2024-01-26\n";
  SmallRun patient(head(60) + network("", "items = [\"drone\"]\ntransit = 1\nminimum = 10\n") + supply);
  EXPECT_EQ(patient.run()["shipped.sea"], 20);  // units of days 1 to 24: two loads of 10, 4 wait
  SmallRun hurried(head(60) + network("", "items = [\"drone\"]\ntransit = 1\nminimum = 10\nmax_wait = 15\n") + supply);
  EXPECT_EQ(hurried.run()["shipped.sea"], 24);
  SmallRun eager(head(60, 1) + network("", "items = [\"drone\"]\ntransit = 1\nminimum = 10\nmax_wait = 3\n") + supply);
  eager.run();
  EXPECT_EQ(eager.observed(2, "shipped.sea"), 0);
  EXPECT_EQ(eager.observed(3, "shipped.sea"), 4);  // the unit of day 1 has waited 3 days on day 4
}

TEST(Route, LeavesOnlyOnScheduleOneVehicleATime) {
  SmallRun r(head(30, 1) +
             network("stock = { drone = 100 }",
                     "items = [\"drone\"]\ntransit = 1\ncapacity = 10\ndeparts = { every = 7, first = 2024-01-04 }\n"));
  r.run();
  EXPECT_EQ(r.observed(1, "shipped.sea"), 0);
  EXPECT_EQ(r.observed(2, "shipped.sea"), 10);
  EXPECT_EQ(r["shipped.sea"], 40);  // days 3, 10, 17, 24
}

TEST(Route, ClosedWindowsStopDeparturesNotTrips) {
  SmallRun r(head(120, 1) + network("stock = { drone = 1000 }",
                                    "items = [\"drone\"]\ntransit = 4\nvehicles = 1\ncapacity = 10\nreturn = 0\n"
                                    "closed = [{ from = \"01-10\", to = \"02-09\" }]\n"));
  r.run();
  // Departures on days 0, 4, 8; closed from day 9 to day 39; then days 39, 43, ..., 119.
  EXPECT_EQ(r.observed(11, "arrived.sea"), 30);
  EXPECT_EQ(r.observed(37, "shipped.sea"), 30);
  EXPECT_EQ(r.observed(38, "shipped.sea"), 40);
  EXPECT_EQ(r["shipped.sea"], 30 + 10 * 21);
}

TEST(Route, YearlyWindowsMayCrossNewYear) {
  SmallRun r(head(500, 1) +
             network("stock = { drone = 9 }",
                     "items = [\"drone\"]\ntransit = 1\nclosed = [{ from = \"12-01\", to = \"03-01\" }]\n"));
  r.run();
  EXPECT_EQ(r.observed(58, "shipped.sea"), 0);
  EXPECT_EQ(r.observed(59, "shipped.sea"), 9);  // 2024-03-01 is day 60
}

TEST(Route, ItemsLoadInOrderOfPriorityAboveTheReserve) {
  SmallRun r(
      head(5) +
      network("stock = { drone = 8, kit = 20 }",
              "items = [\"kit\", \"drone\"]\ntransit = 1\nvehicles = 1\ncapacity = 18\nreserve = 5\nreturn = 100\n"));
  r.run();
  EXPECT_EQ(r["shipped.sea.kit"], 15);
  EXPECT_EQ(r["shipped.sea.drone"], 3);
  EXPECT_EQ(r["shipped.sea"], 18);
  EXPECT_EQ(r["stock.port.kit"], 5);
}

TEST(Route, LossTakesWholeTripsAndAttritionSingleUnits) {
  const std::string trips = "items = [\"drone\"]\ntransit = 1\nvehicles = 1\ncapacity = 10\nreturn = 0\n";
  SmallRun lossy(head(101) + network("stock = { drone = 100000 }", trips + "loss = 0.1\n"));
  const Estimate lost(lossy.many("lost.sea", 2000));
  // 100 trips have arrived by day 100: lost units are 10 Binomial(100, 0.1).
  EXPECT_LT(std::abs(lost.z(100)), 4);
  EXPECT_NEAR(lost.variance / 900, 1, 4 * std::sqrt(2.0 / 2000));
  SmallRun worn(head(101) + network("stock = { drone = 100000 }", trips + "attrition = 0.1\n"));
  const Estimate attrition(worn.many("lost.sea", 2000));
  EXPECT_LT(std::abs(attrition.z(100)), 4);
  EXPECT_NEAR(attrition.variance / 90, 1, 4 * std::sqrt(2.0 / 2000));
  EXPECT_GT(std::abs(attrition.z(102)), 4) << "a bias of 2 % must be caught";
}

TEST(Route, AVehicleMayGoDownWithItsTrip) {
  SmallRun r(
      head(50) +
      network("stock = { drone = 1000 }",
              "items = [\"drone\"]\ntransit = 1\nvehicles = 3\ncapacity = 10\nloss = 1\nloses_vehicle = true\n"));
  r.run();
  EXPECT_EQ(r["shipped.sea"], 30);
  EXPECT_EQ(r["lost.sea"], 30);
  EXPECT_EQ(r["arrived.sea"], 0);
}

TEST(Route, ATripWaitsForRoomWithItsVehicle) {
  SmallRun r(head(50, 1) +
             "[item.drone]\n[site.port]\nstock = { drone = 100 }\n[site.depot]\ncapacity = { drone = 12 }\n" +
             "[route.sea]\nfrom = \"port\"\nto = \"depot\"\nitems = [\"drone\"]\ntransit = 1\nreturn = 1\nvehicles = "
             "1\ncapacity = 10\n" +
             "[demand.front]\nsite = \"depot\"\nitems = [\"drone\"]\nevery = 20\nsize = 4\n");
  r.run();
  EXPECT_EQ(r.observed(0, "stock.depot.drone"), 10);
  EXPECT_EQ(r.observed(4, "stock.depot.drone"), 12);  // the second trip unloads 2 of its 10 on day 3
  EXPECT_EQ(r.observed(4, "in_transit.sea"), 8);
  EXPECT_EQ(r.observed(19, "stock.depot.drone"), 12);  // demand of day 20 makes room for 4 more
  EXPECT_EQ(r.observed(19, "in_transit.sea"), 4);
  EXPECT_EQ(r["arrived.sea"], 20);
}

TEST(Route, MeanWaitForAFullBatchIsHalfTheTimeToFillIt) {
  // Units arrive one a day and leave 10 at a time: a unit waits (10 - 1) / 2 days on average (batch service).
  SmallRun r(head(1000) + network("", "items = [\"drone\"]\ntransit = 1\nminimum = 10\n") +
             "[supply.parts]\nsite = \"port\"\nitem = \"drone\"\nrate = 1\n");
  EXPECT_NEAR(r.run()["mean_stock.port.drone"], 4.5, 0.02);
}

}  // namespace
}  // namespace materiel::testing
