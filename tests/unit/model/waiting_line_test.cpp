// Demands that are met in one piece, that need a number of units to be there, and that have a priority.

#include <gtest/gtest.h>

#include "support/small_model.h"

namespace materiel::testing {
namespace {

std::string front(const std::string& stock, const std::string& supply, const std::string& demands) {
  return "[item.drone]\n[site.front]\nstock = { drone = " + stock +
         " }\n[supply.new]\nsite = \"front\"\nitem = \"drone\"\nschedule = " + supply + "\n" + demands;
}

std::string demand(const std::string& name, const std::string& keys) {
  return "[demand." + name + "]\nsite = \"front\"\nitems = [\"drone\"]\n" + keys;
}

TEST(WaitingLine, WholeDemandsAreLostWhole) {
  SmallRun r(head(25) + front("5", "[[15, 10]]", demand("use", "every = 10\nsize = 8\nwhole = true\n")));
  r.run();
  EXPECT_EQ(r["unmet.use"], 8);
  EXPECT_EQ(r["consumed.use"], 8);  // of 15 on day 20
}

TEST(WaitingLine, WholeDemandsWaitOneBehindTheOther) {
  SmallRun r(head(60, 1) +
             front("5", "[[25, 4], [35, 20]]",
                   demand("use", "every = 10\nsize = 8\nwhole = true\nunmet = \"backlog\"\nends = 45\n")));
  r.run();
  EXPECT_EQ(r.observed(19, "backlog.use"), 16);
  EXPECT_EQ(r.observed(24, "backlog.use"), 8) << "9 are there: the first of 8 is served, the second waits";
  EXPECT_EQ(r.observed(34, "backlog.use"), 0);
  EXPECT_EQ(r["consumed.use"], 24);
}

TEST(WaitingLine, NothingIsTakenWhileFewerThanNeededAreThere) {
  SmallRun r(head(60, 1) +
             front("9", "[[25, 4], [35, 7]]", demand("use", "every = 10\nsize = 3\nneeds = 10\nends = 35\n")));
  r.run();
  EXPECT_EQ(r.observed(19, "backlog.use"), 6);
  EXPECT_EQ(r.observed(24, "backlog.use"), 0) << "13 are there: the first takes 3, and 10 are left for the second";
  EXPECT_EQ(r.observed(24, "consumed.use"), 6);
}

TEST(WaitingLine, WhatIsLackingIsLostOrWaits) {
  const std::string keys = "every = 10\nsize = 30\nneeds = 10\nends = 15\n";
  SmallRun lost(head(60) + front("5", "[[20, 7], [30, 50]]", demand("use", keys)));
  lost.run();
  EXPECT_EQ(lost["consumed.use"], 12);
  EXPECT_EQ(lost["unmet.use"], 18);
  SmallRun owed(head(60) + front("5", "[[20, 7], [30, 50]]", demand("use", keys + "unmet = \"backlog\"\n")));
  owed.run();
  EXPECT_EQ(owed["consumed.use"], 30);
  EXPECT_EQ(owed["unmet.use"], 0);
}

TEST(WaitingLine, MeanBacklogIsTimeWeighted) {
  SmallRun r(head(40) +
             front("0", "[[30, 8]]", demand("use", "every = 10\nsize = 8\nends = 15\nunmet = \"backlog\"\n")));
  EXPECT_DOUBLE_EQ(r.run()["mean_backlog.use"], 8 * 20.0 / 40);
}

TEST(WaitingLine, TheSmallestPriorityIsServedFirst) {
  const std::string first = "every = 10\nsize = 6\nends = 15\nunmet = \"backlog\"\n";
  SmallRun by_file(head(40) + front("0", "[[20, 8]]", demand("a", first) + demand("b", first)));
  by_file.run();
  EXPECT_EQ(by_file["consumed.a"], 6);
  EXPECT_EQ(by_file["consumed.b"], 2);
  SmallRun by_priority(head(40) + front("0", "[[20, 8]]",
                                        demand("a", first + "priority = 2\n") + demand("b", first + "priority = 1\n")));
  by_priority.run();
  EXPECT_EQ(by_priority["consumed.a"], 2);
  EXPECT_EQ(by_priority["consumed.b"], 6);
}

}  // namespace
}  // namespace materiel::testing
