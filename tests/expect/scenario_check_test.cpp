// The runner of scenarios with expectations: what it accepts, and what it says of a wrong one.

#include "expect/scenario_check.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace materiel::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

/// The expectations begin on line 26. The plant makes a unit a day, 9 by the end on day 10.
const std::string kPlant = R"(format = 1
[scenario]
name = "plant"
start = 2024-01-01
end = 2024-01-11

[observe]
every = 2

[item.drone]
[site.works]
capacity = { drone = 20 }

[production.plant]
site = "works"
makes = "drone"
rate = 1

[milestone.five]
metric = "stock.works.drone"
reaches = 5

[alternative.late]
set = { "production.plant.opens" = 5 }

)";

/// The errors of the plant with these expectations.
std::string errors(const std::string& expectations) {
  const std::string text = kPlant + expectations;
  std::string shown;
  for (const Diagnostic& wrong : check_scenario(text, "plant.toml")) shown += diagnostic_text(wrong, text, false);
  return shown;
}

/// Expects an error at line 26 and a column.
void expect_error(const std::string& expectation, int column, const std::string& message) {
  EXPECT_THAT(errors(expectation), StartsWith("plant.toml:26:" + std::to_string(column) + ": error: " + message))
      << expectation;
}

TEST(ScenarioCheck, AcceptsWhatHolds) {
  EXPECT_EQ(errors(R"(# The plant is open on all ten days.
# expect produced.plant == 9
# expect produced.plant == 10 - 1   # the unit due on day 10 is too late
# expect produced.plant < 10
# expect produced.plant <= 9
# expect produced.plant > 8
# expect produced.plant >= 9
# expect utilisation.plant ~= 1 +- 1e-9
# expect produced.plant ~= 10 +- 10 %
# expect milestone.five == 2024-01-06
# expect milestone.five == 5
# expect at 2024-01-05: produced.plant == 4
# expect at day 4: produced.plant == 4
# expect in late: produced.plant == 4
# expect in late: milestone.five never
# expect in late, at day 8: produced.plant == 3
# expect no warnings
)"),
            "");
}

TEST(ScenarioCheck, ReportsExpectedAndActualWithThePlace) {
  EXPECT_EQ(errors("# expect produced.plant == 11  # wrong"),
            R"(plant.toml:26:10: error: expected produced.plant == 11, actual 9
   26 | # expect produced.plant == 11  # wrong
      |          ^~~~~~~~~~~~~~~~~~~~
)");
}

TEST(ScenarioCheck, EveryComparisonCanFail) {
  for (const char* wrong : {"produced.plant == 9.000001", "produced.plant < 9", "produced.plant <= 8.9",
                            "produced.plant > 9", "produced.plant >= 9.1", "produced.plant ~= 10 +- 0.99",
                            "produced.plant ~= 10 +- 9.9 %", "produced.plant never", "at day 4: produced.plant == 9",
                            "in late: produced.plant == 9", "in late, at day 8: produced.plant == 4"})
    expect_error(std::string("# expect ") + wrong, 10, std::string("expected ") + wrong + ", actual ");
  expect_error("# expect milestone.five never", 10, "expected milestone.five never, actual 5");
  expect_error("# expect in late: milestone.five == 5", 10, "expected in late: milestone.five == 5, actual missing");
}

TEST(ScenarioCheck, AnUnknownNameIsLocatedAndCorrected) {
  expect_error("# expect produced.plnt == 9", 10, "unknown name 'produced.plnt'");
  EXPECT_THAT(errors("# expect produced.plnt == 9"), HasSubstr("did you mean 'produced.plant'?"));
  expect_error("# expect produced.plant == produced.plnt", 28, "unknown name 'produced.plnt'");
  expect_error("# expect at day 4: milestone.five == 5", 20, "unknown name 'milestone.five'");
  EXPECT_THAT(errors("# expect in early: produced.plant == 9"), HasSubstr("'early'"));
}

TEST(ScenarioCheck, AMalformedExpectationIsAnError) {
  expect_error("# expect", 9, "not an expectation");
  expect_error("# expect produced.plant = 9", 10, "not an expectation");
  expect_error("# expect produced.plant ==", 10, "a side of the comparison is missing");
  expect_error("# expect produced.plant ~= 9", 10, "`~=` needs a tolerance");
  expect_error("# expect at 2024-01-05 produced.plant == 4", 10, "`in` and `at` need a colon");
  expect_error("# expect error late", 10, "the text of an error or a warning stands in double quotes");
  expect_error(R"(# expect error "")", 10, "the text of an error or a warning stands in double quotes");
  expect_error(R"(# expect at day 2: error "x")", 10, "an error and a warning have no day");
  expect_error("# expect at day 3: produced.plant == 2", 17,
               "there is no observation at day 3: the first is at day 2, the last at day 10");
  expect_error("# Expected: produced.plant == 9", 1, "a comment that begins with 'expect' but is no expectation");
  expect_error("#expect produced.plant == 9", 1, "a comment that begins with 'expect' but is no expectation");
  expect_error("[item.kit]  # expect produced.plant == 9", 1,
               "a comment that begins with 'expect' but is no expectation");
  expect_error("# runs many", 8, "not a number of runs");
}

TEST(ScenarioCheck, AFileWithoutExpectationsIsAnError) {
  EXPECT_THAT(errors("# The plant makes 9 units."), StartsWith("plant.toml:1:1: error: no line `# expect ...`"));
}

TEST(ScenarioCheck, ErrorsAndWarningsAreExpectedByTheirText) {
  const std::string impossible = R"([alternative.wrong]
set = { "production.plant.batch" = 30 }
)";
  EXPECT_EQ(errors(impossible + R"(# expect in wrong: warning "batch (30) is more than site.works can hold, 20")"), "");
  EXPECT_THAT(errors(impossible + "# expect in wrong: no warnings"), HasSubstr("actual plant.toml:"));
  EXPECT_EQ(errors(impossible + R"(# expect in wrong: no warning "route.")"), "");
  EXPECT_THAT(errors(impossible + R"(# expect in wrong: no warning "batch")"), HasSubstr("actual plant.toml:"));
  EXPECT_THAT(errors(R"(# expect warning "batch")"), HasSubstr(R"(expected warning "batch", actual none)"));
  EXPECT_THAT(errors(R"(# expect error "batch")"), HasSubstr(R"(expected error "batch", actual none)"));
  const std::string refused = R"([alternative.refused]
set = { "production.plant.rate" = -1 }
)";
  EXPECT_EQ(errors(refused + R"(# expect in refused: error "at least 0")"), "");
  EXPECT_THAT(errors(refused + "# expect in refused: produced.plant == 9"), HasSubstr("actual a failed run: "));
}

TEST(ScenarioCheck, AMeanIsHeldAgainstItsStandardError) {
  // A yield of one half: of 9 units 4.5 are good on average, with a standard error of sqrt(9 / 4 / 400) = 0.075.
  std::string text = kPlant;
  text.replace(text.find("rate = 1"), 8, "rate = 1\nyield = 0.5");
  const auto mean = [&](const std::string& lines) {
    std::string shown;
    for (const Diagnostic& wrong : check_scenario(text + lines, "plant.toml")) shown += wrong.message;
    return shown;
  };
  EXPECT_EQ(mean(R"(# runs 400
# expect mean(produced.plant) ~= 4.5 +- 20 %)"),
            "");
  EXPECT_THAT(mean(R"(# runs 400
# expect mean(produced.plant) ~= 5.1 +- 1)"),
              HasSubstr("with a standard error of 0.07"));
  EXPECT_THAT(mean(R"(# runs 400
# expect mean(produced.plant) ~= 4.5 +- 5 %)"),
              HasSubstr("would pass, too"));
  EXPECT_EQ(mean(R"(# runs 400
# expect produced.plant > 0)"),
            "`# runs` without a mean");
  EXPECT_EQ(mean(R"(# runs 400
# expect mean(produced.plant) == 4.5)"),
            "a mean is compared by `~=`, with a tolerance");
  EXPECT_EQ(mean("# expect mean(produced.plant) ~= 4.5 +- 1"), "a mean needs `# runs N`");
}

}  // namespace
}  // namespace materiel::testing
