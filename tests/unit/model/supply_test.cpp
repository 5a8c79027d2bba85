#include <gtest/gtest.h>

#include "support/small_model.h"

namespace materiel::testing {
namespace {

const std::string kDepot = "[item.kit]\n[site.depot]\n[supply.parts]\nsite = \"depot\"\nitem = \"kit\"\n";

TEST(Supply, UnitNArrivesWhenTheIntegralReachesN) {
  SmallRun r(head(100) + kDepot + "rate = 0.25\n");
  r.run();
  // Units at days 4, 8, ..., 96; the one of day 100 falls on the end, which the run does not cover.
  EXPECT_EQ(r["supplied.parts"], 24);
  EXPECT_EQ(r["stock.depot.kit"], 24);
  EXPECT_EQ(r.observed(0, "supplied.parts"), 1);
  EXPECT_DOUBLE_EQ(r["mean_stock.depot.kit"], (24 * 100 - 4 * 24 * 25 / 2) / 100.0);
}

TEST(Supply, IntervalsBeginOneIntervalAfterBegins) {
  SmallRun r(head(50) + kDepot + "every = 10\nquantity = 7\nbegins = 2024-01-06\nends = 2024-02-05\n");
  r.run();
  // Days 15 and 25; day 35 is the end of its span.
  EXPECT_EQ(r["supplied.parts"], 14);
  EXPECT_EQ(r.observed(1, "supplied.parts"), 0);
  EXPECT_EQ(r.observed(2, "supplied.parts"), 7);
}

TEST(Supply, TheTotalStopsItInTheMiddleOfADelivery) {
  SmallRun r(head(50) + kDepot + "every = 10\nquantity = 7\ntotal = 10\n");
  EXPECT_EQ(r.run()["supplied.parts"], 10);
}

TEST(Supply, AScheduleDeliversOnItsDaysInAnyOrder) {
  SmallRun r(head(50) + kDepot + "schedule = [[2024-01-21, 5], [2024-01-03, 2], [2024-01-21, 1]]\n");
  r.run();
  EXPECT_EQ(r.observed(0, "supplied.parts"), 2);
  EXPECT_EQ(r.observed(1, "supplied.parts"), 2);
  EXPECT_EQ(r.observed(2, "supplied.parts"), 8);
}

TEST(Supply, WhatDoesNotFitIsTurnedAwayAndCountedAsLost) {
  SmallRun r(head(50) + "[item.kit]\n[site.depot]\ncapacity = { kit = 10 }\n" + kDepot.substr(kDepot.find("[supply")) +
             "every = 10\nquantity = 7\n");
  r.run();
  EXPECT_EQ(r["supplied.parts"], 28);
  EXPECT_EQ(r["stock.depot.kit"], 10);
  EXPECT_EQ(r["lost.parts"], 18);
}

TEST(Supply, WaitsForAMilestoneAndItsDelay) {
  SmallRun r(head(100) + kDepot + "rate = 1\n[site.far]\n[supply.later]\nsite = \"far\"\nitem = \"kit\"\nrate = 1\n" +
             "after = \"ten\"\ndelay = 20\n[milestone.ten]\nmetric = \"stock.depot.kit\"\nreaches = 10\n");
  r.run();
  EXPECT_DOUBLE_EQ(r["milestone.ten"], 10);
  EXPECT_EQ(r["supplied.later"], 69);  // from day 30: units at days 31 to 99
}

TEST(Supply, PoissonCountsHaveTheirMeanAndVariance) {
  SmallRun r(head(100) + kDepot + "rate = 0.8\nvariability = \"poisson\"\n");
  const Estimate e(r.many("supplied.parts", 4000));
  EXPECT_LT(std::abs(e.z(80)), 4);
  // The variance of a Poisson count is its mean; the sample variance has a standard error of about variance *
  // sqrt(2/n).
  EXPECT_NEAR(e.variance / 80, 1, 4 * std::sqrt(2.0 / 4000));
  EXPECT_GT(std::abs(e.z(80 * 1.02)), 4) << "a bias of 2 % must be caught";
}

TEST(Supply, GammaRenewalHasItsVariance) {
  SmallRun r(head(1000) + kDepot + "rate = 1\nvariability = { cv = 0.5 }\n");
  const Estimate e(r.many("supplied.parts", 2000));
  // Renewal theory (Cox 1962): mean t/m + (cv^2 - 1)/2, variance t cv^2 / m for large t.
  EXPECT_LT(std::abs(e.z(1000 + (0.25 - 1) / 2)), 4);
  EXPECT_NEAR(e.variance / 250, 1, 4 * std::sqrt(2.0 / 2000));
}

}  // namespace
}  // namespace materiel::testing
