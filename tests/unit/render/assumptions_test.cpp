#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <materiel/base/csv_reader.h>
#include <materiel/render/assumptions.h>
#include <materiel/store/csv.h>

namespace materiel::render {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

AssumptionRegister small_register() {
  AssumptionRegister all{.scenario = "s", .title = "S", .start = *Date::of(2024, 1, 1)};
  all.assumptions = {{.parameter = "rate",
                      .label = "The \"rate\", at last",
                      .distribution = "uniform(min 1, max 3)",
                      .quantiles = {1.1, 2, 2.9},
                      .unit = "drones/month",
                      .source = "a report",
                      .as_of = "2023-12-01",
                      .grade = "C3",
                      .note = "two\nlines"},
                     {.parameter = "opening",
                      .distribution = "2024-03-01",
                      .quantiles = {60, 60.9, std::numeric_limits<double>::quiet_NaN()},
                      .is_date = true,
                      .sampled = true,
                      .unit = "date"}};
  all.correlations = {{"rate", "opening", 0.6}};
  all.alternatives = {{"late", "Late", "base_case", {{"parameter.opening", "90"}}}};
  return all;
}

TEST(Assumptions, TheCsvFileReadsBack) {
  const std::string text = assumptions_csv(small_register());
  CsvReader reader(text);
  std::vector<std::string> cells;
  ASSERT_TRUE(reader.next(cells));
  EXPECT_THAT(cells, ElementsAre("parameter", "label", "distribution", "p05", "p50", "p95", "quantiles", "unit",
                                 "source", "as_of", "grade", "note"));
  ASSERT_TRUE(reader.next(cells));
  EXPECT_THAT(cells, ElementsAre("rate", "The \"rate\", at last", "uniform(min 1, max 3)", "1.1", "2", "2.9", "exact",
                                 "drones/month", "a report", "2023-12-01", "C3", "two\nlines"));
  ASSERT_TRUE(reader.next(cells));
  EXPECT_THAT(cells, ElementsAre("opening", "", "2024-03-01", "2024-03-01", "2024-03-01", "", "sampled", "date", "", "",
                                 "", ""));
  EXPECT_FALSE(reader.next(cells));
  EXPECT_EQ(reader.error(), "");
}

TEST(Assumptions, TheJsonTextHoldsEverything) {
  const std::string text = assumptions_json(small_register(), "out/x", {"assumptions.csv"});
  for (const char* part : {"\"p50\": 2.0", "\"p50\": \"2024-03-01\"", "\"p95\": null", "\"rho\": 0.6",
                           "\"parameter.opening\": \"90\"", "\"extends\": \"base_case\"", "\"assumptions.csv\""})
    EXPECT_THAT(text, HasSubstr(part));
}

}  // namespace
}  // namespace materiel::render
