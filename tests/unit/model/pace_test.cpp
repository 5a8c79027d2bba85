// Learning raises the rate of a production by Wright's law.

#include <gtest/gtest.h>

#include "support/small_model.h"

namespace materiel::testing {
namespace {

/// A production of rate 1 that learns.
std::string line(const std::string& learning) {
  return R"(
[item.drone]
[site.plant]
[production.line]
site = "plant"
makes = "drone"
rate = 1
learning = )" +
         learning;
}

TEST(Learning, FollowsWrightsLaw) {
  // Unit n takes (n / reference)^(-b) days at a rate of 1, b = -log2 0.8.
  SmallRun r(head(400, 1) + line("{ slope = 0.8, reference = 50 }"));
  r.run();
  const double b = -std::log2(0.8);
  double time = 0;
  int units = 0;
  for (;; ++units) {
    time += std::pow((units + 1) / 50.0, -b);
    if (time >= 400) break;
  }
  EXPECT_EQ(r["produced.line"], units);
  EXPECT_GT(units, 450);
}

TEST(Learning, StopsAtTheCeiling) {
  SmallRun r(head(400, 1) + line("{ slope = 0.8, reference = 50, ceiling = 1.2 }"));
  r.run();
  const double b = -std::log2(0.8);
  double time = 0;
  int units = 0;
  for (;; ++units) {
    time += std::max(std::pow((units + 1) / 50.0, -b), 1 / 1.2);
    if (time >= 400) break;
  }
  EXPECT_EQ(r["produced.line"], units);
}

}  // namespace
}  // namespace materiel::testing
