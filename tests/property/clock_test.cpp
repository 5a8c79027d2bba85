// What repeats for three hundred years stays on time. A day in the year 2200, counted from 1900, is known to 1.5e-11
// days (1.3 microseconds): the distance of doubles from 65536 on.

#include <cmath>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "support/small_model.h"

namespace materiel::testing {
namespace {

constexpr double kDays = 109'573;  // from 1900-01-01 to 2200-01-01

std::string centuries() {
  return R"(
format = 1
[scenario]
name = "long"
start = 1900-01-01
end = 2200-01-01
[observe]
every = 30000
[item.x]
[site.a]
stock = { x = 1 }
[site.b]
)";
}

/// When `process` says `what`, in the order of time.
std::vector<double> times(const std::string& text, std::string_view process, std::string_view what) {
  std::vector<double> found;
  model::Replicator replicator(small_model(text));
  replicator.trace([&](const model::TraceEntry& entry) {
    if (entry.process == process && entry.what == what) found.push_back(entry.day);
  });
  replicator.set_sample(1, 0);
  std::vector<double> outcomes(small_model(text)->outcomes().size());
  const model::ReplicationReport report = replicator.run(0, {}, outcomes);
  EXPECT_TRUE(report.ok) << report.failure;
  return found;
}

double ulp(double x) {
  return std::nextafter(x, 1e300) - x;
}

/// The k-th time is k intervals, but for one rounding of the product.
void expect_no_drift(const std::vector<double>& found, double interval) {
  double worst = 0;
  for (std::size_t k = 0; k < found.size(); ++k) {
    const long double exact = static_cast<long double>(interval) * static_cast<long double>(k + 1);
    const double off = static_cast<double>(std::abs(static_cast<long double>(found[k]) - exact));
    worst = std::max(worst, off / ulp(static_cast<double>(exact)));
  }
  EXPECT_LE(worst, 0.5 + 1e-9) << "in units of the last place";
}

TEST(Clock, IntervalsDoNotDrift) {
  for (const char* every : {"0.1", "1/24", "1/3", "0.7", "365.2425"}) {
    const std::vector<double> found = times(centuries() + fmt::format(R"(
[supply.s]
site = "a"
item = "x"
every = "{}"
quantity = 1
)",
                                                                      every),
                                            "supply.s", "supplied");
    const double interval = every == std::string_view{"1/24"}  ? 1.0 / 24
                            : every == std::string_view{"1/3"} ? 1.0 / 3
                                                               : std::stod(every);
    EXPECT_NEAR(static_cast<double>(found.size()), kDays / interval, 1) << every;
    expect_no_drift(found, interval);
  }
}

TEST(Clock, AnHourlyProcessKeepsMidnight) {
  const std::vector<double> found = times(centuries() + R"(
[supply.s]
site = "a"
item = "x"
every = "1/24"
quantity = 1
)",
                                          "supply.s", "supplied");
  for (std::size_t day = 1; day < static_cast<std::size_t>(kDays); ++day)
    ASSERT_EQ(found[24 * day - 1], static_cast<double>(day));
}

TEST(Clock, DemandsTimetablesAndReviewsDoNotDrift) {
  const std::string demand = R"(
[demand.d]
site = "b"
items = ["x"]
every = 0.1
size = 1
)";
  expect_no_drift(times(centuries() + demand, "demand.d", "unmet"), 0.1);
  const std::string timetable =
      R"(
[supply.s]
site = "a"
item = "x"
every = 0.03125
quantity = 1
[route.r]
from = "a"
to = "b"
items = ["x"]
transit = 1
departs = { every = 0.3 }
)";
  const std::vector<double> left = times(centuries() + timetable, "route.r", "shipped");
  EXPECT_EQ(left.size(), 365'243U);
  expect_no_drift(left, 0.3);
  const std::string review =
      R"(
[route.r]
from = "a"
to = "b"
items = ["x"]
transit = 1
order = { up_to = 1000000, review = 0.7 }
[demand.d]
site = "b"
items = ["x"]
every = 0.5
size = 1
unmet = "backlog"
)";
  std::vector<double> ordered = times(centuries() + review, "route.r", "ordered");
  ASSERT_FALSE(ordered.empty());
  for (const double day : ordered) {
    const double k = std::round(day / 0.7);
    ASSERT_LE(std::abs(day - k * 0.7), ulp(day)) << k;
  }
}

TEST(Clock, UnitsOfARateComeWhenTheirNumberSays) {
  const std::vector<double> found = times(centuries() + R"(
[supply.s]
site = "a"
item = "x"
rate = 10
)",
                                          "supply.s", "supplied");
  ASSERT_NEAR(static_cast<double>(found.size()), 10 * kDays, 1);
  for (std::size_t k = 0; k < found.size(); ++k)
    ASSERT_LE(std::abs(found[k] - static_cast<double>(k + 1) / 10), ulp(found[k])) << k;
}

TEST(Clock, ObservationsComeOnTheirDays) {
  std::string text = centuries();
  text.replace(text.find("30000"), 5, "0.3");
  const auto model = small_model(text);
  const auto& days = model->observation_days();
  ASSERT_EQ(days.size(), 365'244U);
  for (std::size_t k = 0; k + 1 < days.size(); ++k) ASSERT_EQ(days[k], static_cast<double>(k + 1) * 0.3);
}

}  // namespace
}  // namespace materiel::testing
