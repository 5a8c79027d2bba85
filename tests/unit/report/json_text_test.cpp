#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <materiel/report/json_text.h>

namespace materiel::report {
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
  StudyRecord record;
  record.outcomes = {{"milestone.m", "days", "", model::OutcomeInfo::Kind::milestone}};
  const double missing = std::numeric_limits<double>::quiet_NaN();
  const std::vector<experiment::SummaryLine> lines = {{0, "p95", missing, missing, 12, missing, 0.95, 4, 6}};
  const std::string text = summary_text(record, "out/x", {{"base", record.outcomes, lines}});
  EXPECT_THAT(text, HasSubstr("\"estimate\": null"));
  EXPECT_THAT(text, HasSubstr("\"lo\": 12.0"));
  EXPECT_THAT(text, HasSubstr("\"directory\": \"out/x\""));
}

}  // namespace
}  // namespace materiel::report
