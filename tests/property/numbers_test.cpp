// Counts up to 2^53, rates and factors of any size: exact, or refused with words; never silently wrong. Under the
// sanitizers these tests also show that nothing overflows on the way.

#include <array>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <materiel/base/units.h>

#include "support/small_model.h"

namespace materiel::testing {
namespace {

using ::testing::HasSubstr;

constexpr std::int64_t kMost = kLargestQuantity;

std::string site(const std::string& name, std::int64_t stock) {
  return fmt::format("[site.{}]\nstock = {{ x = {} }}\n", name, stock);
}

/// What a run says that fails; empty if it doesn't.
std::string failure(const std::string& text) {
  SmallRun r(text);
  return r.run().report().failure;
}

TEST(Quantities, AreExactUpTo2To53) {
  for (const std::int64_t units : {kMost, kMost - 1, kMost - 2, kMost / 2 + 1, kMost / 2 - 1, std::int64_t{1}}) {
    const std::string written = std::to_string(units);
    SmallRun r(head(30) + "[item.x]\n[item.y]\n" + site("a", units) + "[site.b]\n[site.c]\n" +
               "[supply.s]\nsite = \"c\"\nitem = \"y\"\nschedule = [[3, " + written + "]]\n" +
               "[route.r]\nfrom = \"a\"\nto = \"b\"\nitems = [\"x\"]\ntransit = 2\n" +
               "[demand.d]\nsite = \"b\"\nitems = [\"x\"]\nevery = 20\nsize = \"" + written + "\"\n");
    r.run();
    ASSERT_TRUE(r.report().ok) << r.report().failure;
    for (const char* metric : {"shipped.r", "arrived.r", "consumed.d", "demanded.d", "supplied.s", "stock.c.y"})
      EXPECT_EQ(static_cast<std::int64_t>(r[metric]), units) << metric;
    EXPECT_EQ(r["unmet.d"], 0);
  }
}

TEST(Quantities, BeyondAreRefusedWhereTheyAreWritten) {
  for (const char* written : {"9007199254740993", "9007199254740994", "9.1e15", "1e300", "9223372036854775807"})
    EXPECT_THAT(compile_errors(head(30) + "[item.x]\n[site.a]\nstock = { x = " + written + " }\n"), HasSubstr("2^53"))
        << written;
  EXPECT_THAT(compile_errors(head(30) + "[item.x]\n[site.a]\nstock = { x = \"2^53 + 2\" }\n"), HasSubstr("2^53"));
  EXPECT_EQ(compile_errors(head(30) + "[item.x]\n[site.a]\nstock = { x = \"2^53\" }\n"), "");
}

TEST(Quantities, ARunThatCountsBeyondFails) {
  const std::string two = head(30) + "[item.x]\n[site.a]\n[site.b]\n";
  const auto lot = [](const std::string& name, const std::string& where, int day) {
    return fmt::format("[supply.{}]\nsite = \"{}\"\nitem = \"x\"\nschedule = [[{}, {}]]\n", name, where, day, kMost);
  };
  EXPECT_EQ(failure(two + lot("s", "a", 3)), "");
  EXPECT_THAT(failure(two + lot("s", "a", 3) + lot("t", "a", 4)), HasSubstr("supply.t: a count reached"));
  EXPECT_THAT(failure(two + lot("s", "a", 3) + lot("t", "b", 4)), HasSubstr("item x: more than 2^53 units"));
  EXPECT_THAT(failure(head(30) + "[item.x]\n" + site("a", kMost) + site("b", 1)), HasSubstr("item x: more than 2^53"));
  EXPECT_THAT(failure(two + "[demand.d]\nsite = \"a\"\nitems = [\"x\"]\nevery = 1\nunmet = \"backlog\"\nsize = " +
                      std::to_string(kMost)),
              HasSubstr("demand.d: a count reached"));
}

TEST(Quantities, AnyNumberOfSitesAndItemsAddsUpWithoutOverflow) {
  // 1500 times 2^53 is more than 2^63: one site, one route and one demand for 1500 items, and 1500 sites of one item.
  std::string items, names, stocks, sites;
  for (int i = 0; i < 1500; ++i) {
    const char* const comma = i == 0 ? "" : ", ";
    items += fmt::format("[item.i{}]\n", i);
    names += fmt::format("{}\"i{}\"", comma, i);
    stocks += fmt::format("{}i{} = {}", comma, i, i == 0 ? kMost - 100 : kMost);
    sites += site(fmt::format("s{}", i), kMost);
  }
  const std::string stock = "stock = { " + stocks + "}\n";
  EXPECT_THAT(compile_errors(head(30, 30) + items + "[site.a]\ncapacity = 9000\n" + stock),
              HasSubstr("more than its capacity, 9000"));
  SmallRun wide(head(30, 30) + items + "[site.a]\n" + stock + "[site.b]\n" +
                "[supply.s]\nsite = \"a\"\nitem = \"i0\"\nevery = 9\nquantity = 5\n" +
                "[route.r]\nfrom = \"a\"\nto = \"b\"\nitems = [" + names +
                "]\ncapacity = 70\ntransit = 4\nvehicles = 1\n" + "[demand.d]\nsite = \"a\"\nitems = [" + names +
                "]\nevery = 20\nsize = 11\nneeds = 10\n");
  wide.run();
  ASSERT_TRUE(wide.report().ok) << wide.report().failure;
  EXPECT_EQ(wide["supplied.s"], 15);
  EXPECT_EQ(wide["shipped.r"], 4 * 70);
  EXPECT_EQ(wide["consumed.d"], 11);
  EXPECT_THAT(failure(head(30, 30) + "[item.x]\n" + sites), HasSubstr("item x: more than 2^53"));
}

TEST(Quantities, InputsOfABatchCanBeMoreThanCanBeCounted) {
  // 2^50 units of 2^20 inputs each: the product is 2^70. The plant starves; it doesn't wrap around.
  const std::string plant = head(30) + "[item.x]\n[item.y]\n" + site("a", kMost) +
                            "[production.p]\nsite = \"a\"\nmakes = \"y\"\nrate = 3e10\n";
  SmallRun starves(plant + "batch = 1125899906842624\nuses = { x = 1048576 }\n");
  starves.run();
  ASSERT_TRUE(starves.report().ok) << starves.report().failure;
  EXPECT_EQ(starves["produced.p"], 0);
  EXPECT_EQ(starves["stock.a.x"], static_cast<double>(kMost));
  // All of 2^53 inputs in 2^13 batches of 2^20 units of 2^20 inputs.
  SmallRun uses(plant + "batch = 1048576\nuses = { x = 1048576 }\n");
  uses.run();
  ASSERT_TRUE(uses.report().ok) << uses.report().failure;
  EXPECT_EQ(uses["produced.p"], 0x1p33);
  EXPECT_EQ(uses["stock.a.x"], 0);
  // Several of them beside one that is at work: what they might take adds up to more than 2^63.
  std::string many = head(30) + "[item.x]\n[item.y]\n[item.z]\n" + site("a", kMost) +
                     "[production.p]\nsite = \"a\"\nmakes = \"z\"\nuses = { x = 1 }\nrate = 5\n";
  for (int i = 0; i < 4; ++i)
    many += fmt::format(
        "[production.q{}]\nsite = \"a\"\nmakes = \"y\"\nrate = 1\nbatch = 1125899906842624\nuses = {{ x = 1048576 }}\n",
        i);
  EXPECT_EQ(SmallRun(many).run()["produced.p"], 149);
}

TEST(Quantities, LossesOfHugeLoadsAreConserved) {
  SmallRun r(head(60) + "[item.x]\n" + site("a", kMost - 1) + "[site.b]\n" +
             "[route.r]\nfrom = \"a\"\nto = \"b\"\nitems = [\"x\"]\ntransit = 1\nattrition = 0.3\n" +
             "capacity = 4503599627370497\nvehicles = 1\n" +
             "[disruption.z]\nat = 40\ndestroys = { site = \"b\", item = \"x\", fraction = 0.5 }\n");
  for (std::uint32_t i = 0; i < 20; ++i) {
    r.run(i);
    ASSERT_TRUE(r.report().ok) << r.report().failure;
    const auto units = [&](const char* metric) { return static_cast<std::int64_t>(r[metric]); };
    ASSERT_EQ(units("arrived.r") + units("lost.r"), kMost - 1);
    ASSERT_EQ(units("stock.b.x") + units("destroyed.z"), units("arrived.r"));
    // Binomial with n = 2^53: a standard deviation is 43 million.
    ASSERT_NEAR(r["lost.r"] / static_cast<double>(kMost), 0.3, 6 * std::sqrt(0.21 / static_cast<double>(kMost)));
  }
}

TEST(Factors, OfAnySizeScaleOrFail) {
  const auto text = [](const char* factor, std::int64_t quantity) {
    return head(30) + "[item.x]\n[site.a]\n[supply.s]\nsite = \"a\"\nitem = \"x\"\nschedule = [[9, " +
           std::to_string(quantity) +
           "]]\n[disruption.z]\nat = 1\nlasts = 20\ntargets = [\"supply.s\"]\nfactor = " + factor +
           "\n[disruption.y]\nat = 1\nlasts = 20\ntargets = [\"supply.s\"]\nfactor = " + factor + "\n";
  };
  EXPECT_EQ(failure(text("1e200", 0)), "");  // the product of both factors is infinite
  EXPECT_THAT(failure(text("1e200", 1)), HasSubstr("supply.s: a count reached"));
  EXPECT_EQ(failure(text("1e-200", kMost)), "");
  SmallRun r(text("1e6", 9000));
  EXPECT_EQ(r.run()["supplied.s"], 9e15);
  SmallRun half(text("0.5", kMost - 1));  // a quarter, rounded half up
  EXPECT_EQ(half.run()["supplied.s"], 0x1p51);
}

TEST(Rates, From1em12To1e12AreExactOrRefused) {
  const std::string depot = head(9001) + "[item.x]\n[site.a]\n[supply.s]\nsite = \"a\"\nitem = \"x\"\n";
  SmallRun large(depot + "every = 1\nquantity = 1e12\n");
  EXPECT_EQ(large.run()["supplied.s"], 9000e12);
  EXPECT_THAT(compile_errors(depot + "rate = 1e12\n"), HasSubstr("can be simulated"));
  for (const char* variability : {"\"none\"", "\"poisson\"", "{ cv = 2 }"}) {
    SmallRun small(depot + "rate = 1e-12\nvariability = " + variability + "\n");
    EXPECT_EQ(small.run()["supplied.s"], 0) << variability;
    EXPECT_EQ(small.report().events, small.model().observation_days().size() - 1) << variability;
  }
  const std::string plant = head(10) + "[item.x]\n[site.a]\n[production.p]\nsite = \"a\"\nmakes = \"x\"\n";
  for (int power = -12; power <= 11; ++power) {
    // A batch takes a day of work at any rate: the tenth would be complete at the end.
    const double rate = std::pow(10, power), batch = std::max(1.0, rate);
    SmallRun r(plant + fmt::format("rate = {}\nbatch = {:.0f}\n", rate, batch));
    EXPECT_EQ(r.run()["produced.p"], power < 0 ? 0 : 9 * batch) << rate;
  }
  EXPECT_THAT(compile_errors(plant + "rate = 1e12\nbatch = 1e12\n"), HasSubstr("can be simulated"));
}

TEST(Rates, AMeanOfManyUnitsIsThatOfTheRate) {
  // Times between 2^53 units: 1e-12 day and less.
  SmallRun r(head(2) +
             "[item.x]\n[site.a]\n[supply.s]\nsite = \"a\"\nitem = \"x\"\nrate = 1e6\nvariability = \"poisson\"\n");
  EXPECT_NEAR(r.run()["supplied.s"], 2e6, 5 * std::sqrt(2e6));
}

TEST(Rounding, IsHalfUpWhereASumWouldBeRounded) {
  EXPECT_EQ(rounded_half_up(2.5), 3);
  EXPECT_EQ(rounded_half_up(-2.5), -2);
  EXPECT_EQ(rounded_half_up(0.49999999999999994), 0);
  EXPECT_EQ(rounded_half_up(0x1p53 - 1), 0x1p53 - 1);
  EXPECT_EQ(rounded_half_up(0x1p52 + 1), 0x1p52 + 1);
  EXPECT_EQ(rounded_half_up(0x1p51 + 0.5), 0x1p51 + 1);
}

}  // namespace
}  // namespace materiel::testing
