// What `check` says of scenarios that can be run but are hardly meant: each with a neighbour of which it says nothing.

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/small_model.h"

namespace materiel::testing {
namespace {

using ::testing::HasSubstr;

std::string warnings(const std::string& text, const std::string& alternative = {}) {
  const auto parsed = scenario::parse_text(text, "test.toml", {}, alternative);
  if (!parsed) return joined(parsed.diagnostics());
  const auto compiled = model::compile(parsed.value().spec);
  return joined(compiled ? compiled.value().warnings : compiled.diagnostics());
}

const std::string kSites = head(100) + "[item.x]\n[item.y]\n";

std::string site(const std::string& name, const std::string& keys = {}) {
  return "[site." + name + "]\n" + keys;
}

std::string route(const std::string& name, const std::string& keys, const std::string& items = "\"x\"") {
  return "[route." + name + "]\nfrom = \"a\"\nto = \"b\"\nitems = [" + items + "]\ntransit = 1\n" + keys;
}

TEST(OpeningStock, IsHeldAgainstTheCapacityOfAnAlternativeToo) {
  const std::string text = kSites + site("a", "stock = { x = 10 }\ncapacity = { x = 10 }\n") +
                           "[alternative.small]\nset = { \"site.a.capacity.x\" = 9 }\n";
  EXPECT_EQ(warnings(text), "");
  EXPECT_THAT(warnings(text, "small"), HasSubstr("an opening stock of 10 x is more than its capacity, 9"));
}

TEST(OpeningStock, ThatIsUncertainIsLeftToTheRun) {
  const std::string text = kSites + "[parameter.p]\ndist = \"uniform\"\nmin = 20\nmax = 30\n" +
                           site("a", "stock = { x = \"p\" }\ncapacity = { x = 10 }\n");
  EXPECT_EQ(warnings(text), "");
}

TEST(OpeningStock, OfSeveralItemsIsAddedUp) {
  EXPECT_EQ(warnings(kSites + site("a", "stock = { x = 4, y = 6 }\ncapacity = 10\n")), "");
  EXPECT_THAT(warnings(kSites + site("a", "stock = { x = 4, y = 7 }\ncapacity = 10\n")),
              HasSubstr("test.toml:11:22: error: site.a: an opening stock of 11 units of several items together is "
                        "more than its capacity, 10"));
}

TEST(PushingRoutes, OneWithoutACapacityTakesAll) {
  const std::string sites = kSites + site("a", "stock = { x = 5, y = 5 }\n") + site("b");
  const std::string all = "route.big has no `capacity`: a trip takes all x at site.a at once, and route.small";
  EXPECT_THAT(warnings(sites + route("small", "capacity = 5\n") + route("big", "")), HasSubstr(all));
  EXPECT_EQ(warnings(sites + route("small", "capacity = 5\n") + route("big", "capacity = 50\n")), "");
  EXPECT_EQ(warnings(sites + route("small", "capacity = 5\n") + route("big", "", "\"y\"")), "");
  EXPECT_EQ(warnings(sites + route("small", "order = { up_to = 5 }\n") + route("big", "")), "");
}

TEST(PushingRoutes, TwoWithoutACapacityGetOneWarning) {
  const std::string text =
      warnings(kSites + site("a", "stock = { x = 5 }\n") + site("b") + route("r", "") + route("s", ""));
  EXPECT_THAT(text, HasSubstr("route.r has no `capacity`"));
  EXPECT_EQ(text.find("route.s has no"), std::string::npos) << text;
}

TEST(Orders, ThatAnotherAlwaysForestallsNeverCome) {
  const std::string sites = kSites + site("a", "stock = { x = 500 }\n") + site("b");
  const auto both = [&](const std::string& one, const std::string& other) {
    return warnings(sites + route("a", "order = { " + one + " }\n") + route("b", "order = { " + other + " }\n"));
  };
  EXPECT_THAT(both("up_to = 20", "point = 10, up_to = 30"),
              HasSubstr("route.b never orders: route.a goes first and always keeps the position of x at site.b above "
                        "19"));
  EXPECT_THAT(both("point = 10, up_to = 20", "point = 10, quantity = 5"), HasSubstr("route.b never orders"));
  EXPECT_THAT(both("point = 10, up_to = 20", "point = 9, quantity = 5, review = 7"), HasSubstr("route.b never orders"));
  EXPECT_EQ(both("point = 10, up_to = 20", "point = 11, up_to = 30"), "");
  EXPECT_EQ(both("point = 10, up_to = 20, review = 7", "point = 9, up_to = 30"), "");
  EXPECT_EQ(both("point = 10, up_to = 20", "point = { dist = \"uniform\", min = 1, max = 9 }, up_to = 30"), "");
}

TEST(Orders, ThatAreForestalledDoNotComeInARun) {
  SmallRun r(kSites + site("a", "stock = { x = 500 }\n") + site("b") + route("a", "order = { up_to = 20 }\n") +
             route("b", "order = { point = 10, up_to = 30 }\n") +
             "[demand.d]\nsite = \"b\"\nitems = [\"x\"]\nevery = 1\nsize = 15\n");
  r.run();
  EXPECT_GT(r["orders.a"], 0);
  EXPECT_EQ(r["orders.b"], 0);
}

TEST(Timetables, InStepWithObservationsGetAWarning) {
  const std::string sites = kSites + site("a") + site("b");
  const std::string plant = "[production.p]\nsite = \"a\"\nmakes = \"x\"\nrate = 10\n";
  const std::string said =
      "route.r departs at every observation: stock.a.x is only ever observed just after a "
      "departure";
  const auto timetable = [&](const std::string& keys) { return warnings(sites + plant + route("r", keys)); };
  EXPECT_THAT(timetable("departs = { every = 7 }\n"), HasSubstr(said));
  EXPECT_THAT(timetable("departs = { every = 3.5 }\n"), HasSubstr(said));
  EXPECT_THAT(timetable("departs = { every = 7, first = 0 }\ncapacity = 100\n"), HasSubstr(said));
  EXPECT_EQ(timetable("departs = { every = 7, first = 3 }\n"), "") << "another phase";
  EXPECT_EQ(timetable("departs = { every = 14 }\n"), "") << "every second observation is before a departure";
  EXPECT_EQ(timetable("departs = { every = 5 }\n"), "");
  EXPECT_EQ(timetable("departs = { every = 7 }\ncapacity = 71\n"), "") << "hardly more than the plant makes in 7 days";
  EXPECT_EQ(timetable("departs = { every = 7 }\norder = { up_to = 5 }\n"), "");
  EXPECT_EQ(timetable("departs = { every = { dist = \"uniform\", min = 6, max = 8 } }\n"), "");
}

TEST(Timetables, ThatTakeWhatComesAtOnceAreFine) {
  const std::string text = kSites + site("a") + site("b") + route("r", "departs = { every = 7 }\n") +
                           "[supply.s]\nsite = \"a\"\nitem = \"x\"\nquantity = 5\nevery = ";
  EXPECT_EQ(warnings(text + "7\n"), "") << "nothing ever waits";
  EXPECT_THAT(warnings(text + "5\n"), HasSubstr("departs at every observation"));
}

TEST(Milestones, ThatHoldAtTheStartGetAWarning) {
  const std::string stock = kSites + site("a", "stock = { x = 50 }\n") + site("b") +
                            "[demand.d]\nsite = \"a\"\nitems = [\"x\"]\nevery = 2\nsize = 1\nunmet = \"backlog\"\n";
  const auto milestone = [&](const std::string& metric, const std::string& keys) {
    return warnings(stock + "[milestone.m]\nmetric = \"" + metric + "\"\n" + keys);
  };
  EXPECT_THAT(milestone("stock.a.x", "falls_to = 50\n"),
              HasSubstr("milestone.m holds at the start: stock.a.x begins with 50, and `falls_to` is 50"));
  EXPECT_THAT(milestone("stock.a.x", "reaches = 40\n"), HasSubstr("begins with 50, and `reaches` is 40"));
  EXPECT_THAT(milestone("consumed.d", "reaches = 0\n"), HasSubstr("holds at the start"));
  EXPECT_THAT(milestone("backlog.d", "falls_to = 0\n"), HasSubstr("holds at the start"));
  EXPECT_EQ(milestone("stock.a.x", "falls_to = 49\n"), "");
  EXPECT_EQ(milestone("stock.a.x", "reaches = 51\n"), "");
  EXPECT_EQ(milestone("stock.a.x", "falls_to = 50\nfor = 3\n"), "") << "it may end before 3 days are over";
  EXPECT_EQ(milestone("days_of_supply.a.x", "falls_to = 50\n"), "");
}

TEST(Milestones, ThatTheFirstInstantChangesGetNoWarning) {
  const std::string text = kSites + site("a", "stock = { x = 50 }\n") + site("b") +
                           "[milestone.full]\nmetric = \"stock.a.x\"\nreaches = 50\n"
                           "[milestone.idle]\nmetric = \"in_transit.r\"\nfalls_to = 0\n";
  EXPECT_EQ(warnings(text + route("r", "")), "");
  SmallRun r(text + route("r", ""));
  r.run();
  EXPECT_TRUE(std::isnan(r["milestone.full"]));
  EXPECT_EQ(r["milestone.idle"], 1);
}

TEST(Lots, LargerThanTheSiteGetAWarning) {
  const std::string sites = kSites + site("a", "capacity = { x = 10 }\n") + site("b", "capacity = 20\n");
  const auto holds = [&](const std::string& keys) { return warnings(sites + keys); };
  EXPECT_THAT(holds(route("r", "minimum = 11\n")),
              HasSubstr("route.r: minimum (11) is more than site.a can hold, 10: no trip can leave"));
  EXPECT_THAT(holds(route("r", "minimum = 8\nreserve = 3\n")), HasSubstr("above the reserve of 3, 7"));
  EXPECT_EQ(holds(route("r", "minimum = 10\n")), "");
  EXPECT_EQ(holds(route("r", "minimum = 11\nmax_wait = 3\n")), "");
  EXPECT_EQ(holds(route("r", "minimum = 11\n", "\"x\", \"y\"")), "") << "y has no capacity";
  const std::string demand = "[demand.d]\nsite = \"b\"\nitems = [\"x\"]\nevery = 1\n";
  EXPECT_THAT(holds(demand + "size = 1\nneeds = 21\n"), HasSubstr("demand.d: needs (21) is more than site.b can hold"));
  EXPECT_EQ(holds(demand + "size = 21\nneeds = 20\n"), "");
  EXPECT_THAT(holds(demand + "size = 21\nwhole = true\n"), HasSubstr("demand.d: size (21) is more than site.b"));
  const std::string plant = "[production.p]\nsite = \"a\"\nmakes = \"x\"\nrate = 1\n";
  EXPECT_THAT(holds(plant + "batch = 11\n"), HasSubstr("production.p: batch (11) is more than site.a can hold"));
  EXPECT_EQ(holds(plant + "batch = 11\ntotal = 10\n"), "") << "the last batch is cut";
  EXPECT_THAT(holds("[production.p]\nsite = \"a\"\nmakes = \"y\"\nrate = 1\nbatch = 6\nuses = { x = 2 }\n"),
              HasSubstr("a batch uses 12 x, more than site.a can hold, 10: no batch can begin"));
}

TEST(Lots, LargerThanAnOrderGetAWarning) {
  const std::string sites = kSites + site("a", "stock = { x = 500 }\n") + site("b");
  const std::string demand = "[demand.d]\nsite = \"b\"\nitems = [\"x\"]\nevery = 1\nsize = 1\nunmet = ";
  const std::string waits = route("r", "minimum = 30\norder = { point = 5, up_to = 20 }\n");
  EXPECT_THAT(warnings(sites + waits + demand + "\"lost\"\n"),
              HasSubstr("route.r: minimum (30) is more than its order is ever for (up_to is 20)"));
  EXPECT_EQ(warnings(sites + waits + demand + "\"backlog\"\n"), "") << "what is owed is ordered, too";
  EXPECT_EQ(warnings(sites + route("r", "minimum = 20\norder = { up_to = 20 }\n")), "");
}

}  // namespace
}  // namespace materiel::testing
