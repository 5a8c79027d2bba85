#include <string>

#include <gtest/gtest.h>

#include <materiel/base/date.h>

namespace materiel {
namespace {

TEST(Date, CountsDaysSince1970) {
  struct Case {
    const char* text;
    std::int32_t days;
  };
  for (const Case& c :
       {Case{"1970-01-01", 0}, Case{"1969-12-31", -1}, Case{"1970-12-31", 364}, Case{"2000-02-29", 11016},
        Case{"2000-03-01", 11017}, Case{"2024-02-29", 19782}, Case{"1900-01-01", -25567}, Case{"2200-12-31", 84370}}) {
    const auto date = Date::parse(c.text);
    ASSERT_TRUE(date) << c.text;
    EXPECT_EQ(date->days_since_1970, c.days) << c.text;
    EXPECT_EQ(date->iso(), c.text);
  }
}

TEST(Date, KnowsLeapYears) {
  for (const int year : {1904, 2000, 2024, 2196}) EXPECT_TRUE(Date::of(year, 2, 29)) << year;
  for (const int year : {1900, 2023, 2100, 2200}) EXPECT_FALSE(Date::of(year, 2, 29)) << year;
}

TEST(Date, RefusesWhatIsNoDate) {
  for (const char* text : {"", "2024-1-01", "2024-01-1", "24-01-01", "2024-00-01", "2024-13-01", "2024-04-31",
                           "2024-01-00", "2024-01-32", "2023-02-29", "2024/01/01", "2024-01-01 ", " 2024-01-01",
                           "2024-01-0a", "-024-01-01", "2024-01-+1", "20240101"}) {
    EXPECT_FALSE(Date::parse(text)) << text;
  }
  EXPECT_FALSE(Date::of(-1, 1, 1));
  EXPECT_FALSE(Date::of(10000, 1, 1));
}

TEST(Date, CountsEveryDayOfFourCenturiesOnce) {
  std::int32_t days = Date::of(kFirstYear, 1, 1)->days_since_1970;
  for (int year = kFirstYear; year <= kLastYear; ++year) {
    for (int month = 1; month <= 12; ++month) {
      for (int day = 1; day <= 31; ++day) {
        const auto date = Date::of(year, month, day);
        if (!date) continue;
        ASSERT_EQ(date->days_since_1970, days) << year << '-' << month << '-' << day;
        ASSERT_EQ(date->year(), year);
        ASSERT_EQ(date->month(), month);
        ASSERT_EQ(date->day(), day);
        ++days;
      }
    }
  }
  EXPECT_EQ(days - Date::of(kFirstYear, 1, 1)->days_since_1970, 301 * 365 + 73);  // 73 leap years
}

TEST(Date, MovesAndCompares) {
  const Date eve = *Date::of(2023, 12, 31);
  EXPECT_EQ(eve.plus(1).iso(), "2024-01-01");
  EXPECT_EQ(eve.plus(60).iso(), "2024-02-29");
  EXPECT_EQ(eve.plus(-365).iso(), "2022-12-31");
  EXPECT_LT(eve, eve.plus(1));
  EXPECT_EQ(eve, eve.plus(1).plus(-1));
}

TEST(MonthDay, ReadsDaysThatSomeYearHas) {
  EXPECT_EQ(MonthDay::parse("12-01"), (MonthDay{12, 1}));
  EXPECT_EQ(MonthDay::parse("02-29"), (MonthDay{2, 29}));
  for (const char* text : {"", "2-29", "02-30", "04-31", "13-01", "00-10", "10-00", "12/01", "2024-12-01", "12-1a"}) {
    EXPECT_FALSE(MonthDay::parse(text)) << text;
  }
}

TEST(MonthDay, TakesTheFirstOfMarchWhereThereIsNoLeapDay) {
  const MonthDay leap{2, 29};
  EXPECT_EQ(leap.in_year(2024).iso(), "2024-02-29");
  EXPECT_EQ(leap.in_year(2023).iso(), "2023-03-01");
  EXPECT_EQ(leap.in_year(2100).iso(), "2100-03-01");
  EXPECT_EQ((MonthDay{12, 31}).in_year(2023).iso(), "2023-12-31");
}

}  // namespace
}  // namespace materiel
