// The calendar from 1900 to 2200, against one that counts its days one by one.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <materiel/base/date.h>

#include "support/small_model.h"

namespace materiel::testing {
namespace {

bool is_leap(int year) {
  return year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);
}

int days_of(int year, int month) {
  if (month == 2) return is_leap(year) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

TEST(Dates, EveryDayOfTheRangeIsThatOfACalendarThatCounts) {
  constexpr std::int32_t kDaysBefore1970 = 70 * 365 + 17;  // leap years 1904 to 1968
  std::int32_t day = -kDaysBefore1970;
  for (int year = kFirstYear; year <= kLastYear; ++year) {
    for (int month = 1; month <= 12; ++month) {
      for (int d = 1; d <= 31; ++d) {
        const std::optional<Date> date = Date::of(year, month, d);
        ASSERT_EQ(date.has_value(), d <= days_of(year, month)) << year << "-" << month << "-" << d;
        if (!date) continue;
        ASSERT_EQ(date->days_since_1970, day++);
        ASSERT_EQ(date->year(), year);
        ASSERT_EQ(date->month(), month);
        ASSERT_EQ(date->day(), d);
        ASSERT_EQ(Date::parse(date->iso()), date) << date->iso();
      }
    }
  }
  EXPECT_EQ(day, Date::of(kLastYear + 1, 1, 1)->days_since_1970);
  EXPECT_EQ(Date::of(2200, 1, 1)->days_since_1970 - Date::of(1900, 1, 1)->days_since_1970, 109'573);
}

TEST(Dates, CenturiesAreLeapYearsOnlyEveryFourth) {
  for (const char* day : {"1904-02-29", "2000-02-29", "2024-02-29", "2096-02-29", "2196-02-29"})
    EXPECT_TRUE(Date::parse(day).has_value()) << day;
  for (const char* day : {"1900-02-29", "2023-02-29", "2100-02-29", "2200-02-29", "2000-02-30"})
    EXPECT_FALSE(Date::parse(day).has_value()) << day;
  const MonthDay leap_day = *MonthDay::parse("02-29");
  EXPECT_EQ(leap_day.in_year(2000).iso(), "2000-02-29");
  EXPECT_EQ(leap_day.in_year(2100).iso(), "2100-03-01");
}

std::string century(const char* start, const char* end) {
  return fmt::format(R"(
format = 1
[scenario]
name = "long"
start = {}
end = {}
[observe]
every = 36525
[item.x]
[site.a]
stock = {{ x = 9 }}
[site.b]
)",
                     start, end);
}

/// A milestone that notes the day on which a dated delivery comes.
std::string delivery(const std::string& name, const std::string& day) {
  return fmt::format(R"(
[supply.{0}]
site = "a"
item = "x"
schedule = [[{1}, 1]]
[milestone.{0}]
metric = "supplied.{0}"
reaches = 1
)",
                     name, day);
}

TEST(Dates, EventsComeOnTheirDayInAnyYear) {
  SmallRun r(century("1900-01-01", "2200-12-31") + delivery("first", "1900-01-02") + delivery("leap", "2000-02-29") +
             delivery("march", "2100-03-01") + delivery("last", "2200-12-30"));
  r.run();
  ASSERT_TRUE(r.report().ok) << r.report().failure;
  const std::int32_t start = Date::of(1900, 1, 1)->days_since_1970;
  for (const auto& [name, day] : std::map<std::string, Date>{{"first", *Date::of(1900, 1, 2)},
                                                             {"leap", *Date::of(2000, 2, 29)},
                                                             {"march", *Date::of(2100, 3, 1)},
                                                             {"last", *Date::of(2200, 12, 30)}})
    EXPECT_EQ(r["milestone." + name], day.days_since_1970 - start) << name;
}

TEST(Dates, AYearlyClosureEndsOnItsDayInEveryYear) {
  // A trip leaves each time the route opens again: on March 1, after the 28th or the 29th of February.
  std::string text = century("1900-01-01", "2200-12-31");
  text += R"(
[supply.daily]
site = "a"
item = "x"
every = 1
quantity = 1
)";
  text +=
      R"(
[route.r]
from = "a"
to = "b"
items = ["x"]
transit = 0.5
closed = [{ from = "03-02", to = "03-01" }]
)";
  SmallRun r(text);
  r.run();
  ASSERT_TRUE(r.report().ok) << r.report().failure;
  std::int64_t open_until = 9;  // units that have left: all there were at the last moment at which the route was open
  const std::int32_t start = Date::of(1900, 1, 1)->days_since_1970;
  open_until += Date::of(2200, 3, 1)->days_since_1970 - start;
  EXPECT_EQ(r["shipped.r"], open_until);
}

TEST(Dates, SeasonsHaveTheDaysOfTheirMonths) {
  // One unit a day in Februaries only: as many as they have had days.
  SmallRun r(century("1900-01-01", "2200-12-31") +
             R"(
[supply.s]
site = "a"
item = "x"
rate = { value = 1, seasonal = [0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] }
)");
  std::int64_t days = 0;
  for (int year = 1900; year <= 2200; ++year) days += days_of(year, 2);
  EXPECT_EQ(r.run()["supplied.s"], days);
}

}  // namespace
}  // namespace materiel::testing
