// Yearly closures and 29 February (docs/model.md).

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "support/small_model.h"

namespace materiel::testing {
namespace {

/// The trips of a vehicle that makes one a day, while it may.
double trips(const char* start, const char* end, const char* closed) {
  return SmallRun(fmt::format(R"(
format = 1
[scenario]
name = "t"
start = {}
end = {}
[observe]
every = 1
[item.u]
[site.a]
stock = {{ u = 100000 }}
[site.b]
[route.r]
from = "a"
to = "b"
items = ["u"]
vehicles = 1
capacity = 1
transit = 0.5
return = 0.5
closed = [{}]
)",
                              start, end, closed))
      .run()["shipped.r"];
}

TEST(YearlyClosures, OfOneDayInFebruaryAreNoneInOtherYears) {
  const char* const leap_day = R"({ from = "02-29", to = "03-01" })";
  EXPECT_EQ(trips("2025-01-01", "2028-01-01", leap_day), 1095);
  EXPECT_EQ(trips("2024-01-01", "2025-01-01", leap_day), 365);
  EXPECT_EQ(trips("2025-01-01", "2026-01-01", R"({ from = "12-24", to = "01-07" })"), 365 - 14);
  EXPECT_EQ(trips("2025-01-01", "2026-01-01", R"({ from = "02-28", to = "02-29" })"), 364);
  EXPECT_EQ(trips("2024-01-01", "2026-01-01", R"({ from = "03-01", to = "02-29" })"), 1);  // 29 February 2024
  EXPECT_EQ(trips("2025-01-01", "2026-01-01", R"({ from = "07-01", to = "07-02" })"), 364);
  EXPECT_EQ(trips("2025-01-01", "2026-01-01", R"({ from = { dist = "uniform", min = 20, max = 21 }, to = 10 })"), 365);
}

}  // namespace
}  // namespace materiel::testing
