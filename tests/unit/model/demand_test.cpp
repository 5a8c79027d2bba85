#include <gtest/gtest.h>

#include "support/small_model.h"

namespace materiel::testing {
namespace {

TEST(Demand, CompoundPoissonDemandHasItsMeanAndVariance) {
  SmallRun r(head(200) + R"(
[item.drone]
[site.front]
stock = { drone = 1000000 }
[demand.use]
site = "front"
items = ["drone"]
every = { dist = "exponential", mean = 2 }
size = { dist = "negative_binomial", mean = 6, dispersion = 1.5 }
)");
  const Estimate e(r.many("consumed.use", 4000));
  // Events: Poisson with mean 100. Mean 100 m; variance 100 (v + m^2) with v = m + m^2 / dispersion = 30.
  EXPECT_LT(std::abs(e.z(600)), 4);
  EXPECT_NEAR(e.variance / 6600, 1, 4 * std::sqrt(2.0 / 4000) * 1.1);
  EXPECT_GT(std::abs(e.z(600 * 1.02)), 4) << "a bias of 2 % must be caught";
}

TEST(Demand, TimeToDepletionOfAPoissonDrainedStockIsErlang) {
  SmallRun r(head(1000) + R"(
[item.drone]
[site.front]
stock = { drone = 20 }
[demand.use]
site = "front"
items = ["drone"]
rate = 0.5
variability = "poisson"
[milestone.empty]
metric = "stock.front.drone"
falls_to = 0
)");
  const Estimate e(r.many("milestone.empty", 4000));
  EXPECT_LT(std::abs(e.z(40)), 4);  // Erlang(20, 0.5): mean 40, variance 80
  EXPECT_NEAR(e.variance / 80, 1, 4 * std::sqrt((2 + 6.0 / 20) / 4000));
}

TEST(Demand, LostSalesInASingleSlotMatchErlangLoss) {
  // One unit of stock, replaced an exponential time (mean 2) after it is taken, is Erlang's loss system with one
  // server: the share of demand lost is a / (1 + a), a = 0.6 * 2. A production of one with room for one is that server.
  SmallRun r(head(20000) + R"(
[item.drone]
[site.front]
stock = { drone = 1 }
capacity = { drone = 1 }
[production.refill]
site = "front"
makes = "drone"
rate = 0.5
variability = "poisson"
[demand.use]
site = "front"
items = ["drone"]
rate = 0.6
variability = "poisson"
)");
  const Estimate e(r.many("fill_rate.use", 60));
  EXPECT_LT(std::abs(e.z(1 / 2.2)), 4);
  EXPECT_LT(e.standard_error, 0.002);
}

}  // namespace
}  // namespace materiel::testing
