#include <gtest/gtest.h>

#include "support/small_model.h"

namespace materiel::testing {
namespace {

/// A depot of endless stock, a shop that orders from it, and a demand there.
std::string shop(const std::string& stock, const std::string& order, const std::string& demand,
                 const std::string& transit = "3") {
  return "[item.part]\n[site.depot]\nstock = { part = 1000000 }\n[site.shop]\nstock = { part = " + stock +
         " }\n[route.truck]\nfrom = \"depot\"\nto = \"shop\"\nitems = [\"part\"]\ntransit = " + transit +
         "\norder = " + order + "\n[demand.use]\nsite = \"shop\"\nitems = [\"part\"]\n" + demand;
}

TEST(Order, BaseStockOrdersWhatIsTaken) {
  SmallRun r(head(30, 1) + shop("10", "{ up_to = 10 }", "every = 5\nsize = 4\nunmet = \"backlog\"\n"));
  r.run();
  EXPECT_EQ(r.observed(3, "ordered.truck"), 0);
  EXPECT_EQ(r.observed(4, "ordered.truck"), 4) << "at the instant of the demand, after it";
  EXPECT_EQ(r.observed(4, "shipped.truck"), 4) << "dispatched at that instant";
  EXPECT_EQ(r.observed(7, "stock.shop.part"), 10);
  EXPECT_EQ(r["ordered.truck"], 20);
  EXPECT_EQ(r["orders.truck"], 5);
}

TEST(Order, BaseStockBeginsByFillingUp) {
  SmallRun r(head(10, 1) + shop("3", "{ up_to = 10 }", "every = 100\nsize = 1\n"));
  r.run();
  EXPECT_EQ(r.observed(0, "in_transit.truck"), 7);
  EXPECT_EQ(r["stock.shop.part"], 10);
}

TEST(Order, PointAndUpToWaitForTheReorderPoint) {
  SmallRun r(head(30, 1) + shop("10", "{ point = 3, up_to = 12 }", "every = 2\nsize = 1\n"));
  r.run();
  EXPECT_EQ(r.observed(11, "ordered.truck"), 0);  // day 12: position 4
  EXPECT_EQ(r.observed(13, "ordered.truck"), 9);  // day 14: position 3, up to 12
  EXPECT_EQ(r["orders.truck"], 1);
}

TEST(Order, PointAndQuantityOrderMultiples) {
  SmallRun r(head(20, 1) + shop("10", "{ point = 4, quantity = 5 }", "every = 10\nsize = 20\nunmet = \"backlog\"\n"));
  r.run();
  // Position -10 on day 10: three lots of 5 give 5, which is above 4.
  EXPECT_EQ(r["ordered.truck"], 15);
  EXPECT_EQ(r["orders.truck"], 1);
}

TEST(Order, PeriodicReviewLooksAtItsTimesOnly) {
  SmallRun r(head(30, 1) + shop("10", "{ up_to = 10, review = 7 }", "every = 5\nsize = 1\n"));
  r.run();
  EXPECT_EQ(r.observed(5, "ordered.truck"), 0);
  EXPECT_EQ(r.observed(6, "ordered.truck"), 1);   // day 7, for day 5
  EXPECT_EQ(r.observed(13, "ordered.truck"), 2);  // day 14, for day 10
  EXPECT_EQ(r["orders.truck"], 4);
}

TEST(Order, AnEmptyDepotOwesWhatWasOrdered) {
  SmallRun r(head(40, 1) +
             "[item.part]\n[site.depot]\nstock = { part = 2 }\n[site.shop]\nstock = { part = 5 }\n[route.truck]\n"
             "from = \"depot\"\nto = \"shop\"\nitems = [\"part\"]\ntransit = 1\norder = { up_to = 5 }\n"
             "[supply.more]\nsite = \"depot\"\nitem = \"part\"\nschedule = [[30, 10]]\n"
             "[demand.use]\nsite = \"shop\"\nitems = [\"part\"]\nevery = 10\nsize = 5\nends = 15\n");
  r.run();
  EXPECT_EQ(r.observed(10, "arrived.truck"), 2);
  EXPECT_EQ(r.observed(28, "arrived.truck"), 2);
  EXPECT_EQ(r.observed(31, "arrived.truck"), 5);
  EXPECT_EQ(r["stock.depot.part"], 7) << "no more than was ordered leaves";
}

TEST(Order, AChainCountsWhatWasOrderedFromIt) {
  // The depot must order for the shop's order that it could not fill yet.
  SmallRun r(
      head(40, 1) +
      "[item.part]\n[site.plant]\nstock = { part = 100 }\n[site.depot]\nstock = { part = 4 }\n"
      "[site.shop]\nstock = { part = 4 }\n"
      "[route.rail]\nfrom = \"plant\"\nto = \"depot\"\nitems = [\"part\"]\ntransit = 5\norder = { up_to = 4 }\n"
      "[route.truck]\nfrom = \"depot\"\nto = \"shop\"\nitems = [\"part\"]\ntransit = 1\norder = { up_to = 4 }\n"
      "[demand.use]\nsite = \"shop\"\nitems = [\"part\"]\nevery = 10\nsize = 9\nunmet = \"backlog\"\nends = 15\n");
  r.run();
  EXPECT_EQ(r.observed(9, "ordered.truck"), 9);
  EXPECT_EQ(r.observed(9, "shipped.truck"), 4);
  EXPECT_EQ(r.observed(9, "ordered.rail"), 9);
  EXPECT_EQ(r["stock.shop.part"], 4);
  EXPECT_EQ(r["stock.depot.part"], 4);
}

TEST(Order, LostUnitsAreOrderedAgain) {
  SmallRun r(head(20, 1) + shop("0", "{ up_to = 6 }\nloss = 1", "every = 100\nsize = 1\n"));
  r.run();
  EXPECT_EQ(r.observed(1, "ordered.truck"), 6);
  EXPECT_EQ(r.observed(2, "ordered.truck"), 12);  // lost on day 3
}

TEST(Order, BaseStockMatchesPalmsTheorem) {
  // Poisson demand of 2 a day, lead time exponential of mean 3 without bound on trips: units on order are Poisson with
  // mean 6 (Palm 1938). Base stock 8: backorders E[(N - 8)+], fill rate P(N < 8).
  SmallRun r(head(4000) + shop("8", "{ up_to = 8 }", "rate = 2\nvariability = \"poisson\"\nunmet = \"backlog\"\n",
                               "{ dist = \"exponential\", mean = 3 }"));
  double backorders = 0, p = std::exp(-6.0);
  for (int n = 0; n < 100; ++n, p *= 6.0 / n) backorders += n > 8 ? (n - 8) * p : 0;
  const Estimate e(r.many("mean_backlog.use", 60));
  EXPECT_LT(std::abs(e.z(backorders)), 4);
  EXPECT_LT(e.standard_error, 0.02 * backorders);
  EXPECT_GT(std::abs(e.z(1.1 * backorders)), 4) << "a bias of 10 % must be caught";
}

TEST(Order, ACircleInWhichNoSiteHasEnoughFailsTheRun) {
  const std::string circle =
      "[item.part]\n[site.a]\nstock = { part = 30 }\n[site.b]\n"
      "[route.there]\nfrom = \"a\"\nto = \"b\"\nitems = [\"part\"]\ntransit = 1\n"
      "order = { point = 5, quantity = 10 }\n"
      "[route.back]\nfrom = \"b\"\nto = \"a\"\nitems = [\"part\"]\ntransit = 1\n"
      "order = { point = 5, quantity = 10 }\n"
      "[demand.use]\nsite = \"b\"\nitems = [\"part\"]\nevery = 1\nsize = 1\nends = ";
  EXPECT_TRUE(SmallRun(head(60) + circle + "5\n").run().report().ok);
  SmallRun starved(head(60) + circle + "50\n");
  EXPECT_FALSE(starved.run().report().ok);
  EXPECT_NE(starved.report().failure.find("in a circle"), std::string::npos) << starved.report().failure;
}

}  // namespace
}  // namespace materiel::testing
