#include <gtest/gtest.h>

#include "support/small_model.h"

namespace materiel::testing {
namespace {

std::string barter(const std::string& deliveries, const std::string& exchange, const std::string& bank = "") {
  return "[item.drone]\n[item.aircraft]\n[site.front]\n[site.base]\n" + bank +
         "[supply.drones]\nsite = \"front\"\nitem = \"drone\"\nschedule = " + deliveries + "\n[exchange.barter]\n" +
         exchange;
}

TEST(Exchange, DeliveriesEarnUnitsAfterTheLeadTime) {
  SmallRun r(head(60, 1) + barter("[[10, 250], [20, 250]]",
                                  "for = { site = \"front\", item = \"drone\", quantity = 100 }\n"
                                  "gives = { site = \"base\", item = \"aircraft\", quantity = 1 }\nlead_time = 30\n"));
  r.run();
  EXPECT_EQ(r.observed(38, "exchanged.barter"), 0);
  EXPECT_EQ(r.observed(40, "exchanged.barter"), 2);  // 2.5: a half is carried
  EXPECT_EQ(r.observed(50, "exchanged.barter"), 5);
  EXPECT_EQ(r["stock.base.aircraft"], 5);
}

TEST(Exchange, QuantitiesMayBeFractionsOfEachOther) {
  SmallRun r(head(60) + barter("[[10, 7], [20, 1]]",
                               "for = { site = \"front\", item = \"drone\", quantity = 2.5 }\n"
                               "gives = { site = \"base\", item = \"aircraft\", quantity = 10 }\nlead_time = 0\n"));
  EXPECT_EQ(r.run()["exchanged.barter"], 32);  // 4 each
}

TEST(Exchange, WhatFindsNoRoomIsLost) {
  SmallRun r(head(60) + barter("[[10, 50]]",
                               "for = { site = \"front\", item = \"drone\", quantity = 1 }\n"
                               "gives = { site = \"base\", item = \"aircraft\", quantity = 1 }\nlead_time = 1\n",
                               "capacity = { aircraft = 30 }\n"));
  r.run();
  EXPECT_EQ(r["exchanged.barter"], 50);
  EXPECT_EQ(r["lost.barter"], 20);
  EXPECT_EQ(r["stock.base.aircraft"], 30);
}

TEST(Exchange, OnlyRoutesAndSuppliesEarn) {
  SmallRun r(head(60) +
             "[item.drone]\n[item.money]\n[site.port]\nstock = { drone = 40 }\n[site.front]\nstock = { drone = 5 }\n"
             "[site.bank]\n[route.sea]\nfrom = \"port\"\nto = \"front\"\nitems = [\"drone\"]\ntransit = 3\n"
             "[production.workshop]\nsite = \"front\"\nmakes = \"drone\"\nrate = 1\n"
             "[exchange.pay]\nfor = { site = \"front\", item = \"drone\", quantity = 1 }\n"
             "gives = { site = \"bank\", item = \"money\", quantity = 3 }\nlead_time = 5\n");
  EXPECT_EQ(r.run()["exchanged.pay"], 120);
}

}  // namespace
}  // namespace materiel::testing
