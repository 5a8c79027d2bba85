// What changes a production's pace: breakdowns and learning.

#include <gtest/gtest.h>

#include "support/small_model.h"

namespace materiel::testing {
namespace {

std::string line(const std::string& keys) {
  return "[item.drone]\n[site.plant]\n[production.line]\nsite = \"plant\"\nmakes = \"drone\"\n" + keys;
}

TEST(Breakdowns, UpAndDownInTurn) {
  SmallRun r(head(100, 1) + line("rate = 2\nbreakdowns = { uptime = 20.25, repair = 10 }\n"));
  r.run();
  EXPECT_EQ(r.observed(20, "produced.line"), 40);
  EXPECT_EQ(r.observed(29, "produced.line"), 40);
  EXPECT_EQ(r.observed(30, "produced.line"), 42) << "work in process is kept: units on days 30.5 and 31";
  EXPECT_NEAR(r["utilisation.line"], (3 * 20.25 + 9.25) / 100, 1e-12);
}

TEST(Breakdowns, UptimeCountsFromTheOpening) {
  SmallRun r(head(100, 1) + line("rate = 1\nopens = 10\nbreakdowns = { uptime = 20, repair = 1000 }\n"));
  EXPECT_EQ(r.run()["produced.line"], 20);
}

TEST(Breakdowns, AvailabilityIsThatOfAnAlternatingRenewalProcess) {
  // Share of time up in the long run: 8 / (8 + 2); from a beginning when up, the exponential pair is a bit above it:
  // mean over T: A + (1 - A) (1 - exp(-s T)) / (s T), s = 1/8 + 1/2.
  SmallRun r(head(2000) +
             line("rate = 1\nbreakdowns = { uptime = { dist = \"exponential\", mean = 8 }, repair = { dist = "
                  "\"exponential\", mean = 2 } }\n"));
  const Estimate e(r.many("utilisation.line", 400));
  const double exact = 0.8 + 0.2 / (0.625 * 2000);
  EXPECT_LT(std::abs(e.z(exact)), 4);
  EXPECT_GT(std::abs(e.z(exact + 0.008)), 4) << "a bias of 1 % must be caught";
}

TEST(Learning, FollowsWrightsLaw) {
  // Unit n takes (n / reference)^(-b) days at a rate of 1, b = -log2 0.8.
  SmallRun r(head(400, 1) + line("rate = 1\nlearning = { slope = 0.8, reference = 50 }\n"));
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
  SmallRun r(head(400, 1) + line("rate = 1\nlearning = { slope = 0.8, reference = 50, ceiling = 1.2 }\n"));
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

TEST(Learning, TheCeilingHoldsForTheProductWithARamp) {
  // Experience is at the reference from the start of the second unit; the ramp passes the ceiling on day 50.
  SmallRun r(head(200, 1) + line("rate = { ramp = \"linear\", from = 0, to = 4, begins = 0, lasts = 100 }\n"
                                 "learning = { slope = 1, reference = 1, ceiling = 2 }\n"));
  r.run();
  EXPECT_NEAR(r.observed(49, "produced.line"), 50, 1);  // the 50th is due at that very instant
  EXPECT_NEAR(r.observed(99, "produced.line"), 150, 1);
  EXPECT_EQ(r["produced.line"], 349);
}

TEST(Learning, ADisruptionMultipliesWhatComesOutOfIt) {
  SmallRun r(head(200, 1) + line("rate = 4\nlearning = { slope = 1, reference = 1, ceiling = 2 }\n") +
             "[disruption.half]\nat = 100\nlasts = 50\ntargets = [\"production.line\"]\nfactor = 0.5\n");
  r.run();
  EXPECT_EQ(r.observed(99, "produced.line"), 200);
  EXPECT_EQ(r.observed(149, "produced.line"), 250);
}

}  // namespace
}  // namespace materiel::testing
