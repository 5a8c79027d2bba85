#include <gtest/gtest.h>

#include "support/small_model.h"

namespace materiel::testing {
namespace {

const std::string kDepot = R"(
[item.kit]
[site.depot]
[supply.parts]
site = "depot"
item = "kit"
)";

TEST(Supply, PoissonCountsHaveTheirMeanAndVariance) {
  SmallRun r(head(100) + kDepot + R"(
rate = 0.8
variability = "poisson"
)");
  const Estimate e(r.many("supplied.parts", 4000));
  EXPECT_LT(std::abs(e.z(80)), 4);
  // The variance of a Poisson count is its mean; the sample variance has a standard error of about variance *
  // sqrt(2/n).
  EXPECT_NEAR(e.variance / 80, 1, 4 * std::sqrt(2.0 / 4000));
  EXPECT_GT(std::abs(e.z(80 * 1.02)), 4) << "a bias of 2 % must be caught";
}

TEST(Supply, GammaRenewalHasItsVariance) {
  SmallRun r(head(1000) + kDepot + R"(
rate = 1
variability = { cv = 0.5 }
)");
  const Estimate e(r.many("supplied.parts", 2000));
  // Renewal theory (Cox 1962): mean t/m + (cv^2 - 1)/2, variance t cv^2 / m for large t.
  EXPECT_LT(std::abs(e.z(1000 + (0.25 - 1) / 2)), 4);
  EXPECT_NEAR(e.variance / 250, 1, 4 * std::sqrt(2.0 / 2000));
}

}  // namespace
}  // namespace materiel::testing
