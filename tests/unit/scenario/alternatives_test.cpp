#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <materiel/scenario/parse.h>

namespace materiel::scenario {
namespace {

const char* const kFile = R"(format = 1
[scenario]
start = 2024-01-01
end = 2025-01-01
[item.drone]
[parameter.rate]
dist = "uniform"
min = 1
max = 3
[site.depot]
stock = { drone = 10 }
[supply.new]
site = "depot"
item = "drone"
rate = "rate"
[alternative.slow]
label = "Half of it"
set = { "parameter.rate" = 1 }
[alternative.slow_and_empty]
extends = "slow"
set = { "site.depot.stock.drone" = 0 }
)";

TEST(Alternatives, SettingsAreWrittenOverTheFile) {
  const auto parsed = parse_text(kFile, "test.toml", {}, "slow_and_empty");
  ASSERT_TRUE(parsed);
  const Spec& spec = parsed.value().spec;
  EXPECT_EQ(spec.alternative, "slow_and_empty");
  EXPECT_EQ(spec.parameters[0].value.number, 1) << "of what it extends";
  EXPECT_EQ(spec.sites[0].stock[0].quantity.number, 0);
  ASSERT_EQ(spec.alternatives.size(), 2U);
  EXPECT_EQ(spec.alternatives[0].label, "Half of it");
  EXPECT_EQ(spec.alternatives[0].set[0].path, "parameter.rate");
  EXPECT_EQ(spec.alternatives[0].set[0].value, "1");
}

TEST(Alternatives, TheFileAsItStandsIsTheBase) {
  const auto parsed = parse_text(kFile, "test.toml");
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed.value().spec.parameters[0].value.kind, Value::Kind::distribution);
  EXPECT_EQ(parsed.value().spec.alternatives.size(), 2U);
}

TEST(Alternatives, OverridesHaveTheLastWord) {
  const auto parsed = parse_text(kFile, "test.toml", {{"parameter.rate", "2"}}, "slow");
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed.value().spec.parameters[0].value.number, 2);
}

TEST(Alternatives, AnUnknownOneGetsASuggestion) {
  const auto parsed = parse_text(kFile, "test.toml", {}, "slwo");
  ASSERT_FALSE(parsed);
  EXPECT_EQ(parsed.diagnostics()[0].message, "there is no alternative 'slwo'");
  EXPECT_THAT(parsed.diagnostics()[0].notes, ::testing::Contains("did you mean 'slow'?"));
}

TEST(Alternatives, MistakesOfAllAreFoundWhicheverIsAskedFor) {
  const std::string wrong = std::string{kFile} + "[alternative.bad]\nset = { \"supply.new.rate\" = -1 }\n";
  for (const char* asked : {"", "slow", "bad"}) {
    const auto parsed = parse_text(wrong, "test.toml", {}, asked);
    ASSERT_FALSE(parsed) << asked;
    ASSERT_EQ(parsed.diagnostics().size(), 1U) << asked;
    EXPECT_EQ(parsed.diagnostics()[0].message, "'rate' must be at least 0, not -1");
    EXPECT_EQ(parsed.diagnostics()[0].where.line, 23U);
  }
}

}  // namespace
}  // namespace materiel::scenario
