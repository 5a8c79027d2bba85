// Times before the start, yearly closures and 29 February, capacities at one instant (docs/model.md).

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/small_model.h"

namespace materiel::testing {
namespace {

using ::testing::HasSubstr;

const std::string kSites = "[item.u]\n[site.a]\nstock = { u = 100000 }\n[site.b]\n";

/// Days at which a count was seen to have grown, once all that falls on them had happened; 1 for the start too.
std::vector<int> days_of(SmallRun& run, const std::string& metric) {
  std::vector<int> days;
  double before = 0;
  for (std::size_t k = 0; k < run.model().observation_days().size(); ++k) {
    const double now = run.observed(k, metric);
    if (now > before) days.push_back(static_cast<int>(k) + 1);
    before = now;
  }
  return days;
}

TEST(BeforeTheStart, FixedIntervalsKeepTheirPhase) {
  // From 28 December 2023, a Thursday: on 4, 11, 18 and 25 January.
  SmallRun run(head(31, 1) + kSites +
               "[supply.s]\nsite = \"a\"\nitem = \"u\"\nevery = 7\nquantity = 1\nbegins = 2023-12-28\n"
               "[demand.d]\nsite = \"a\"\nitems = [\"u\"]\nevery = 7\nsize = 1\nbegins = 2023-12-28\n"
               "[route.r]\nfrom = \"a\"\nto = \"b\"\nitems = [\"u\"]\ntransit = 1\ndeparts = { every = 7, first = "
               "2023-12-28 }\n");
  run.run();
  const std::vector<int> thursdays{3, 10, 17, 24};
  EXPECT_EQ(days_of(run, "supplied.s"), thursdays);
  EXPECT_EQ(days_of(run, "demanded.d"), thursdays);
  EXPECT_EQ(days_of(run, "shipped.r"), thursdays);
}

TEST(BeforeTheStart, WhatFallsOnTheStartHappens) {
  SmallRun run(head(10, 1) + kSites +
               "[supply.s]\nsite = \"a\"\nitem = \"u\"\nevery = 7\nquantity = 1\nbegins = -21\ntotal = 2\n");
  EXPECT_EQ(days_of(run.run(), "supplied.s"), (std::vector<int>{1, 7}));  // and what is skipped counts to no total
}

TEST(BeforeTheStart, FixedIntervalsAreSkippedWithoutDrift) {
  SmallRun run(head(2, 1) + kSites +
               "[supply.s]\nsite = \"a\"\nitem = \"u\"\nevery = 0.1\nquantity = 1\nbegins = -36500\n");
  EXPECT_EQ(run.run().observed(0, "supplied.s"), 11);  // at 0, 0.1, ... and at 1, which is midnight exactly
}

TEST(BeforeTheStart, DrawnIntervalsGoOnAsIfTheyHadRun) {
  // In the middle of a renewal process the wait for the next event has the mean E[X²] / 2 E[X]: here 4.333 / 4, not 2.
  SmallRun run(
      head(20, 1) + kSites +
      "[supply.s]\nsite = \"a\"\nitem = \"u\"\nquantity = 1\nbegins = -500\n"
      "every = { dist = \"uniform\", min = 1, max = 3 }\n[milestone.m]\nmetric = \"supplied.s\"\nreaches = 1\n");
  const Estimate wait(run.many("milestone.m", 4000));
  EXPECT_LT(std::abs(wait.z(13.0 / 12)), 4);
  EXPECT_GT(std::abs(wait.z(13.0 / 12 * 1.05)), 4) << "a bias of 5 % must be caught";
}

TEST(BeforeTheStart, TooManyDrawnIntervalsFailTheRun) {
  SmallRun run(head(20, 1) + kSites +
               "[supply.s]\nsite = \"a\"\nitem = \"u\"\nquantity = 1\nbegins = -36000\n"
               "every = { dist = \"uniform\", min = 0.001, max = 0.002 }\n");
  EXPECT_THAT(run.run().report().failure, HasSubstr("supply.s: more than 1000000 intervals before the start"));
}

TEST(BeforeTheStart, ADisruptionThatIsOverStillRecovers) {
  // It lasted from day -10 to day -4 and recovers over 8 days: the factor is 0.5 + 0.5 (t + 4) / 8, in steps of a day.
  const auto text = [](const char* more) {
    return head(10, 1) + kSites + "[supply.s]\nsite = \"a\"\nitem = \"u\"\nrate = 1000\n" +
           "[disruption.x]\nat = -10\nlasts = 6\nfactor = 0\ntargets = [\"supply.s\"]\n" + more;
  };
  SmallRun run(text("recovery = { linear = 8 }\n"));
  run.run();
  for (int day = 0; day < 4; ++day)
    EXPECT_NEAR(run.observed(static_cast<std::size_t>(day), "supplied_rate.s"), 1000 * (day + 4.5) / 8, 1) << day;
  EXPECT_NEAR(run.observed(6, "supplied_rate.s"), 1000, 1);
  EXPECT_NEAR(SmallRun(text("")).run().observed(0, "supplied_rate.s"), 1000, 1);
}

TEST(BeforeTheStart, BreakdownsKeepTheirPhase) {
  // Opened on day -8: up for 5 days, down for 2, in turn: down from -3 to -1, up until 4, down until 6.
  const std::string plant =
      "[production.p]\nsite = \"a\"\nmakes = \"u\"\nrate = 1\nbreakdowns = { uptime = 5, repair = 2 }\n";
  SmallRun run(head(20, 1) + kSites + plant + "opens = -8\n");
  run.run();
  EXPECT_EQ(run.observed(3, "produced.p"), 4);  // the fourth is complete at the moment of the breakdown
  EXPECT_EQ(run.observed(5, "produced.p"), run.observed(4, "produced.p"));
  SmallRun down(head(20, 1) + kSites + plant + "opens = -6\n");  // down from -1 to 1
  EXPECT_EQ(down.run().observed(0, "produced.p"), 0);
  EXPECT_NEAR(down.observed(5, "utilisation.p"), 5.0 / 6, 1e-9);
}

TEST(YearlyClosures, OfOneDayInFebruaryAreNoneInOtherYears) {
  const auto trips = [](const std::string& start, const std::string& end, const std::string& closed) {
    SmallRun run("format = 1\n[scenario]\nname = \"t\"\nstart = " + start + "\nend = " + end +
                 "\n[observe]\nevery = 1\n" + kSites +
                 "[route.r]\nfrom = \"a\"\nto = \"b\"\nitems = [\"u\"]\nvehicles = 1\ncapacity = 1\n" +
                 "transit = 0.5\nreturn = 0.5\nclosed = [" + closed + "]\n");
    return run.run()["shipped.r"];
  };
  const std::string leap_day = "{ from = \"02-29\", to = \"03-01\" }";
  EXPECT_EQ(trips("2025-01-01", "2028-01-01", leap_day), 1095);
  EXPECT_EQ(trips("2024-01-01", "2025-01-01", leap_day), 365);
  EXPECT_EQ(trips("2025-01-01", "2026-01-01", "{ from = \"12-24\", to = \"01-07\" }"), 365 - 14);
  EXPECT_EQ(trips("2025-01-01", "2026-01-01", "{ from = \"02-28\", to = \"02-29\" }"), 364);
  EXPECT_EQ(trips("2024-01-01", "2026-01-01", "{ from = \"03-01\", to = \"02-29\" }"), 1);  // 29 February 2024
  EXPECT_EQ(trips("2025-01-01", "2026-01-01", "{ from = \"07-01\", to = \"07-02\" }"), 364);
  EXPECT_EQ(trips("2025-01-01", "2026-01-01", "{ from = { dist = \"uniform\", min = 20, max = 21 }, to = 10 }"), 365);
}

TEST(Capacity, IsNeverExceededByWhatComesAtOneInstant) {
  // Two plants of batches of 4 into a site for 5: the second batch is blocked, complete, until there is room.
  std::string text = head(9, 1) + "[item.v]\n[site.a]\ncapacity = { v = 5 }\n";
  for (const char* name : {"p", "q"})
    text += fmt::format("[production.{}]\nsite = \"a\"\nmakes = \"v\"\nrate = 1\nbatch = 4\n", name);
  SmallRun run(text + "[demand.d]\nsite = \"a\"\nitems = [\"v\"]\nevery = 6\nsize = 3\nends = 7\n");
  run.run();
  EXPECT_EQ(run.observed(3, "stock.a.v"), 4);
  EXPECT_EQ(run.observed(4, "stock.a.v"), 4);
  EXPECT_EQ(run.observed(5, "stock.a.v"), 5);  // 4 - 3, and at once the batch that was waiting
  EXPECT_EQ(run["produced.p"] + run["produced.q"], 8);
}

TEST(Capacity, IsCheckedWhereTheOpeningStockIsDrawn) {
  SmallRun run(head(9, 1) +
               "[item.v]\n[site.a]\ncapacity = { v = 5 }\nstock = { v = { dist = \"uniform\", min = 7, max = 8 } }\n");
  EXPECT_THAT(run.run().report().failure, HasSubstr("site.a: the opening stock of v is "));
  EXPECT_THAT(run.report().failure, HasSubstr("more than the capacity of 5"));
}

TEST(Rates, OfAStubAreMissingAndTheOutcomeIsThatOfTheLastWholeInterval) {
  SmallRun run(head(17, 7) + kSites + "[supply.s]\nsite = \"a\"\nitem = \"u\"\nevery = 1\nquantity = 3\n");
  run.run();
  EXPECT_EQ(run.observed(1, "supplied_rate.s"), 3);
  EXPECT_TRUE(std::isnan(run.observed(2, "supplied_rate.s")));
  EXPECT_EQ(run["supplied_rate.s"], 3);
  SmallRun brief(head(5, 7) + kSites + "[supply.s]\nsite = \"a\"\nitem = \"u\"\nevery = 1\nquantity = 3\n");
  EXPECT_TRUE(std::isnan(brief.run()["supplied_rate.s"]));
  SmallRun whole(head(14, 7) + kSites + "[supply.s]\nsite = \"a\"\nitem = \"u\"\nevery = 1\nquantity = 3\n");
  EXPECT_EQ(whole.run()["supplied_rate.s"], 18 / 7.0);
}

}  // namespace
}  // namespace materiel::testing
