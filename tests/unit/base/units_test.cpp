#include <string>

#include <gtest/gtest.h>

#include <materiel/base/units.h>

namespace materiel {
namespace {

TEST(Units, AreDaysAndTheirInverses) {
  struct Case {
    const char* unit;
    double days;
  };
  for (const Case& c : {Case{"day", 1}, Case{"week", 7}, Case{"month", 30.4375}, Case{"year", 365.25}}) {
    const std::string rate = std::string("/") + c.unit;
    ASSERT_TRUE(unit_factor(c.unit)) << c.unit;
    ASSERT_TRUE(unit_factor(rate)) << rate;
    EXPECT_EQ(*unit_factor(c.unit), c.days) << c.unit;
    EXPECT_EQ(*unit_factor(rate), 1 / c.days) << rate;
    EXPECT_NE(unit_names().find(rate), std::string_view::npos) << rate;
  }
  EXPECT_EQ(kMonth * 12, kYear);
}

TEST(Units, RefuseWhatTheyDoNotKnow) {
  for (const char* unit : {"", "/", "days", "Day", " day", "day ", "//day", "/ day", "hour", "m"}) {
    EXPECT_FALSE(unit_factor(unit)) << unit;
  }
}

TEST(Units, LargestQuantityIsExactInADouble) {
  const auto largest = static_cast<double>(kLargestQuantity);
  EXPECT_EQ(static_cast<std::int64_t>(largest), kLargestQuantity);
  EXPECT_EQ(largest - 1 + 1, largest);
  EXPECT_EQ(largest + 1, largest);  // the next whole number has no double of its own
}

TEST(Units, ShowDaysInTheUnitThatTheyAreWrittenIn) {
  EXPECT_EQ(in_unit(60.875, "month"), 2);
  EXPECT_EQ(in_unit(2 / 30.4375, "/month"), 2);
  EXPECT_EQ(in_unit(21, "week"), 3);
  EXPECT_EQ(in_unit(226, "drones/month"), 226);  // a description: the expression that uses it divides
  EXPECT_EQ(in_unit(5, ""), 5);
}

}  // namespace
}  // namespace materiel
