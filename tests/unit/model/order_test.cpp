#include <gtest/gtest.h>

#include "support/small_model.h"

namespace materiel::testing {
namespace {

TEST(Order, BaseStockMatchesPalmsTheorem) {
  // Poisson demand of 2 a day, lead time exponential of mean 3 without bound on trips: units on order are Poisson with
  // mean 6 (Palm 1938). Base stock 8: backorders E[(N - 8)+], fill rate P(N < 8).
  SmallRun r(head(4000) + R"(
[item.part]
[site.depot]
stock = { part = 1000000 }
[site.shop]
stock = { part = 8 }
[route.truck]
from = "depot"
to = "shop"
items = ["part"]
transit = { dist = "exponential", mean = 3 }
order = { up_to = 8 }
[demand.use]
site = "shop"
items = ["part"]
rate = 2
variability = "poisson"
unmet = "backlog"
)");
  double backorders = 0, p = std::exp(-6.0);
  for (int n = 0; n < 100; ++n, p *= 6.0 / n) backorders += n > 8 ? (n - 8) * p : 0;
  const Estimate e(r.many("mean_backlog.use", 60));
  EXPECT_LT(std::abs(e.z(backorders)), 4);
  EXPECT_LT(e.standard_error, 0.02 * backorders);
  EXPECT_GT(std::abs(e.z(1.1 * backorders)), 4) << "a bias of 10 % must be caught";
}

}  // namespace
}  // namespace materiel::testing
