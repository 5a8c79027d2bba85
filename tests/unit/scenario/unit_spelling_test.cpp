#include "scenario/unit_spelling.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "parse_testing.h"

namespace materiel::scenario {
namespace {

using ::testing::HasSubstr;

TEST(UnitSpelling, NamesTheUnitThatWasMeant) {
  for (const char* unit : {"months", "Month", "MONTHS", "mo", "mnoth", "montsh", " month "})
    EXPECT_EQ(unconverted_unit(unit), "\"month\" would multiply them by 30.4375") << unit;
  for (const char* unit : {"weeks", "Week", "wk", "wks"})
    EXPECT_EQ(unconverted_unit(unit), "\"week\" would multiply them by 7") << unit;
  for (const char* unit : {"/Year", "per year", "1/year", "/yr", "per annum"})
    EXPECT_THAT(unconverted_unit(unit).value_or(""), HasSubstr("\"/year\" would multiply them by 0.0027")) << unit;
}

TEST(UnitSpelling, NamesUnitsThatDoNotConvert) {
  EXPECT_EQ(
      unconverted_unit("hours"),
      "hour is 1/24 of a day: convert the values, and write one of the units that multiply them: day, week, month, "
      "year, /day, /week, /month, /year");
  for (const char* unit : {"h", "Hrs", "/hour", "minutes", "quarter", "fortnights", "per second"})
    EXPECT_TRUE(unconverted_unit(unit)) << unit;
}

TEST(UnitSpelling, LeavesOtherUnitsAlone) {
  for (const char* unit :
       {"month",    "/month", "day",    "days",  "Days",     "/days",       "per day", "drones/month",
        "cost/day", "drones", "lots",   "sets",  "share",    "million USD", "",        "s",
        "/",        "per",    "tonnes", "mines", "missiles", "motors",      "gears",   "mortars",
        "per cent", "units",  "1/"})
    EXPECT_FALSE(unconverted_unit(unit)) << unit;
}

TEST(UnitSpelling, AParameterIsWarnedOf) {
  const Parsed parsed = parse(head() + R"([parameter.p]
value = 3
unit = "per hour"
)");
  ASSERT_EQ(parsed.warnings.size(), 2U);
  EXPECT_EQ(parsed.warnings[1].message, "unit 'per hour' is a description only: the values are taken per day");
  EXPECT_EQ(parsed.warnings[1].where.line, 8U);
}

}  // namespace
}  // namespace materiel::scenario
