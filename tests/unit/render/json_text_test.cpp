#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <materiel/render/json_text.h>

namespace materiel::render {
namespace {

using ::testing::HasSubstr;

TEST(JsonText, DiagnosticsHaveWhatAnEditorNeeds) {
  const Diagnostics diagnostics = {
      {Severity::warning, "a \"b\".toml", {3, 5, 2}, "odd key 'x'", {"did you mean 'y'?"}}};
  EXPECT_EQ(diagnostics_text(diagnostics),
            "[\n  {\n    \"severity\": \"warning\",\n    \"file\": \"a \\\"b\\\".toml\",\n    \"line\": 3,\n"
            "    \"column\": 5,\n    \"length\": 2,\n    \"message\": \"odd key 'x'\",\n    \"notes\": [\n"
            "      \"did you mean 'y'?\"\n    ]\n  }\n]\n");
  EXPECT_EQ(diagnostics_text({}), "[]\n");
}

TEST(JsonText, AMissingNumberIsNull) {
  store::StudyRecord record;
  record.outcomes = {{"milestone.m", "days", "", model::OutcomeInfo::Kind::milestone}};
  const double missing = std::numeric_limits<double>::quiet_NaN();
  const std::vector<experiment::SummaryLine> lines = {
      {0, experiment::Statistic::p95, missing, missing, 12, missing, 0.95, 4, 6}};
  const std::string text = summary_text(record, "out/x", {{"base", record.outcomes, lines}});
  EXPECT_THAT(text, HasSubstr("\"estimate\": null"));
  EXPECT_THAT(text, HasSubstr("\"lo\": 12.0"));
  EXPECT_THAT(text, HasSubstr("\"directory\": \"out/x\""));
}

TEST(JsonText, TablesHaveNumbersAndNull) {
  const std::string json = tables_text("out", {{"given.csv", "parameter,S1,prcc\na,0.5,\n"}});
  EXPECT_THAT(json, HasSubstr("\"given\": ["));
  EXPECT_THAT(json, HasSubstr("\"S1\": 0.5"));
  EXPECT_THAT(json, HasSubstr("\"prcc\": null"));
  EXPECT_THAT(json, HasSubstr("\"parameter\": \"a\""));
}

}  // namespace
}  // namespace materiel::render
