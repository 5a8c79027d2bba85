#include <gtest/gtest.h>

#include "support/small_model.h"

namespace materiel::testing {
namespace {

/// A route of which a trip of 10 units leaves every day, and a key of it.
std::string daily_trips(const std::string& key) {
  return head(101) + R"(
[item.drone]
[site.port]
stock = { drone = 100000 }
[site.depot]
[route.sea]
from = "port"
to = "depot"
items = ["drone"]
transit = 1
vehicles = 1
capacity = 10
return = 0
)" + key;
}

TEST(Route, LossTakesWholeTripsAndAttritionSingleUnits) {
  SmallRun lossy(daily_trips("loss = 0.1"));
  const Estimate lost(lossy.many("lost.sea", 2000));
  // 100 trips have arrived by day 100: lost units are 10 Binomial(100, 0.1).
  EXPECT_LT(std::abs(lost.z(100)), 4);
  EXPECT_NEAR(lost.variance / 900, 1, 4 * std::sqrt(2.0 / 2000));
  SmallRun worn(daily_trips("attrition = 0.1"));
  const Estimate attrition(worn.many("lost.sea", 2000));
  EXPECT_LT(std::abs(attrition.z(100)), 4);
  EXPECT_NEAR(attrition.variance / 90, 1, 4 * std::sqrt(2.0 / 2000));
  EXPECT_GT(std::abs(attrition.z(102)), 4) << "a bias of 2 % must be caught";
}

}  // namespace
}  // namespace materiel::testing
