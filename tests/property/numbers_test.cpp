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
  return fmt::format(R"(
[site.{}]
stock = {{ x = {} }}
)",
                     name, stock);
}

/// What a run says that fails; empty if it doesn't.
std::string failure(const std::string& text) {
  SmallRun r(text);
  return r.run().report().failure;
}

TEST(Quantities, AreExactUpTo2To53) {
  for (const std::int64_t units : {kMost, kMost - 1, kMost - 2, kMost / 2 + 1, kMost / 2 - 1, std::int64_t{1}}) {
    SmallRun r(head(30) + R"(
[item.x]
[item.y]
)" + site("a", units) +
               fmt::format(R"(
[site.b]
[site.c]
[supply.s]
site = "c"
item = "y"
schedule = [[3, {0}]]
[route.r]
from = "a"
to = "b"
items = ["x"]
transit = 2
[demand.d]
site = "b"
items = ["x"]
every = 20
size = "{0}"
)",
                           units));
    r.run();
    ASSERT_TRUE(r.report().ok) << r.report().failure;
    for (const char* metric : {"shipped.r", "arrived.r", "consumed.d", "demanded.d", "supplied.s", "stock.c.y"})
      EXPECT_EQ(static_cast<std::int64_t>(r[metric]), units) << metric;
    EXPECT_EQ(r["unmet.d"], 0);
  }
}

TEST(Quantities, BeyondAreRefusedWhereTheyAreWritten) {
  const auto stock = [](const char* written) {
    return compile_errors(head(30) + fmt::format(R"(
[item.x]
[site.a]
stock = {{ x = {} }}
)",
                                                 written));
  };
  for (const char* written : {"9007199254740993", "9007199254740994", "9.1e15", "1e300", "9223372036854775807"})
    EXPECT_THAT(stock(written), HasSubstr("2^53")) << written;
  EXPECT_THAT(stock("\"2^53 + 2\""), HasSubstr("2^53"));
  EXPECT_EQ(stock("\"2^53\""), "");
}

TEST(Quantities, ARunThatCountsBeyondFails) {
  const std::string two = head(30) + R"(
[item.x]
[site.a]
[site.b]
)";
  const auto lot = [](const std::string& name, const std::string& where, int day) {
    return fmt::format(R"(
[supply.{}]
site = "{}"
item = "x"
schedule = [[{}, {}]]
)",
                       name, where, day, kMost);
  };
  EXPECT_EQ(failure(two + lot("s", "a", 3)), "");
  EXPECT_THAT(failure(two + lot("s", "a", 3) + lot("t", "a", 4)), HasSubstr("supply.t: a count reached"));
  EXPECT_THAT(failure(two + lot("s", "a", 3) + lot("t", "b", 4)), HasSubstr("item x: more than 2^53 units"));
  EXPECT_THAT(failure(head(30) + "[item.x]" + site("a", kMost) + site("b", 1)), HasSubstr("item x: more than 2^53"));
  EXPECT_THAT(failure(two + R"(
[demand.d]
site = "a"
items = ["x"]
every = 1
unmet = "backlog"
size = )" + std::to_string(kMost)),
              HasSubstr("demand.d: a count reached"));
}

TEST(Quantities, AnyNumberOfSitesAndItemsAddsUpWithoutOverflow) {
  // 1500 times 2^53 is more than 2^63: one site, one route and one demand for 1500 items, and 1500 sites of one item.
  std::string items, names, stocks, sites;
  for (int i = 0; i < 1500; ++i) {
    const char* const comma = i == 0 ? "" : ", ";
    items += fmt::format("[item.i{}]\n", i);
    names += fmt::format(R"({}"i{}")", comma, i);
    stocks += fmt::format("{}i{} = {}", comma, i, i == 0 ? kMost - 100 : kMost);
    sites += site(fmt::format("s{}", i), kMost);
  }
  const std::string stock = "stock = { " + stocks + "}";
  EXPECT_THAT(compile_errors(head(30, 30) + items + R"(
[site.a]
capacity = 9000
)" + stock),
              HasSubstr("more than its capacity, 9000"));
  SmallRun wide(head(30, 30) + items + R"(
[site.a]
)" + stock + R"(
[site.b]
[supply.s]
site = "a"
item = "i0"
every = 9
quantity = 5
[route.r]
from = "a"
to = "b"
items = [)" + names +
                R"(]
capacity = 70
transit = 4
vehicles = 1
[demand.d]
site = "a"
items = [)" + names +
                R"(]
every = 20
size = 11
needs = 10
)");
  wide.run();
  ASSERT_TRUE(wide.report().ok) << wide.report().failure;
  EXPECT_EQ(wide["supplied.s"], 15);
  EXPECT_EQ(wide["shipped.r"], 4 * 70);
  EXPECT_EQ(wide["consumed.d"], 11);
  EXPECT_THAT(failure(head(30, 30) + "[item.x]" + sites), HasSubstr("item x: more than 2^53"));
}

TEST(Quantities, InputsOfABatchCanBeMoreThanCanBeCounted) {
  // 2^50 units of 2^20 inputs each: the product is 2^70. The plant starves; it doesn't wrap around.
  const std::string plant = head(30) + R"(
[item.x]
[item.y]
)" + site("a", kMost) +
                            R"(
[production.p]
site = "a"
makes = "y"
rate = 3e10
)";
  SmallRun starves(plant + R"(
batch = 1125899906842624
uses = { x = 1048576 }
)");
  starves.run();
  ASSERT_TRUE(starves.report().ok) << starves.report().failure;
  EXPECT_EQ(starves["produced.p"], 0);
  EXPECT_EQ(starves["stock.a.x"], static_cast<double>(kMost));
  // All of 2^53 inputs in 2^13 batches of 2^20 units of 2^20 inputs.
  SmallRun uses(plant + R"(
batch = 1048576
uses = { x = 1048576 }
)");
  uses.run();
  ASSERT_TRUE(uses.report().ok) << uses.report().failure;
  EXPECT_EQ(uses["produced.p"], 0x1p33);
  EXPECT_EQ(uses["stock.a.x"], 0);
  // Several of them beside one that is at work: what they might take adds up to more than 2^63.
  std::string many = head(30) + R"(
[item.x]
[item.y]
[item.z]
)" + site("a", kMost) +
                     R"(
[production.p]
site = "a"
makes = "z"
uses = { x = 1 }
rate = 5
)";
  for (int i = 0; i < 4; ++i)
    many += fmt::format(
        R"(
[production.q{}]
site = "a"
makes = "y"
rate = 1
batch = 1125899906842624
uses = {{ x = 1048576 }}
)",
        i);
  EXPECT_EQ(SmallRun(many).run()["produced.p"], 149);
}

TEST(Quantities, LossesOfHugeLoadsAreConserved) {
  SmallRun r(head(60) + "[item.x]" + site("a", kMost - 1) + R"(
[site.b]
[route.r]
from = "a"
to = "b"
items = ["x"]
transit = 1
attrition = 0.3
capacity = 4503599627370497
vehicles = 1
[disruption.z]
at = 40
destroys = { site = "b", item = "x", fraction = 0.5 }
)");
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
    return head(30) + fmt::format(R"(
[item.x]
[site.a]
[supply.s]
site = "a"
item = "x"
schedule = [[9, {0}]]
[disruption.z]
at = 1
lasts = 20
targets = ["supply.s"]
factor = {1}
[disruption.y]
at = 1
lasts = 20
targets = ["supply.s"]
factor = {1}
)",
                                  quantity, factor);
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
  const std::string depot = head(9001) + R"(
[item.x]
[site.a]
[supply.s]
site = "a"
item = "x"
)";
  SmallRun large(depot + R"(
every = 1
quantity = 1e12
)");
  EXPECT_EQ(large.run()["supplied.s"], 9000e12);
  EXPECT_THAT(compile_errors(depot + "rate = 1e12"), HasSubstr("can be simulated"));
  for (const char* variability : {R"("none")", R"("poisson")", "{ cv = 2 }"}) {
    SmallRun small(depot + R"(
rate = 1e-12
variability = )" + variability);
    EXPECT_EQ(small.run()["supplied.s"], 0) << variability;
    EXPECT_EQ(small.report().events, small.model().observation_days().size() - 1) << variability;
  }
  const std::string plant = head(10) + R"(
[item.x]
[site.a]
[production.p]
site = "a"
makes = "x"
)";
  for (int power = -12; power <= 11; ++power) {
    // A batch takes a day of work at any rate: the tenth would be complete at the end.
    const double rate = std::pow(10, power), batch = std::max(1.0, rate);
    SmallRun r(plant + fmt::format(R"(
rate = {}
batch = {:.0f}
)",
                                   rate, batch));
    EXPECT_EQ(r.run()["produced.p"], power < 0 ? 0 : 9 * batch) << rate;
  }
  EXPECT_THAT(compile_errors(plant + R"(
rate = 1e12
batch = 1e12
)"),
              HasSubstr("can be simulated"));
}

TEST(Rates, AMeanOfManyUnitsIsThatOfTheRate) {
  // Times between 2^53 units: 1e-12 day and less.
  SmallRun r(head(2) +
             R"(
[item.x]
[site.a]
[supply.s]
site = "a"
item = "x"
rate = 1e6
variability = "poisson"
)");
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
