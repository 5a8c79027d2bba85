#include <gtest/gtest.h>

#include "support/small_model.h"

namespace materiel::testing {
namespace {

/// A plant with these keys, besides its site and item.
std::string plant(const std::string& keys) {
  return R"(
[item.drone]
[site.works]
[production.plant]
site = "works"
makes = "drone"
)" + keys;
}

TEST(Production, AContractCountsGoodUnits) {
  SmallRun r(head(400) + plant(R"(
rate = 1
yield = 0.8
total = 100
)"));
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
  SmallRun r(head(101) + plant(R"(
rate = 1
batch = 20
yield = 0.7
)"));
  const Estimate e(r.many("produced.plant", 4000));
  EXPECT_LT(std::abs(e.z(70)), 4);
  EXPECT_NEAR(e.variance / 21, 1, 4 * std::sqrt(2.0 / 4000));
}

TEST(Production, ExponentialTimesMakePoissonCounts) {
  SmallRun r(head(100) + plant(R"(
variability = "poisson"
rate = { ramp = "linear", from = 0, to = 2, begins = 2024-01-01, lasts = 50 }
)"));
  const Estimate e(r.many("produced.plant", 4000));
  EXPECT_LT(std::abs(e.z(150)), 4);
  EXPECT_NEAR(e.variance / 150, 1, 4 * std::sqrt(2.0 / 4000));
}

}  // namespace
}  // namespace materiel::testing
