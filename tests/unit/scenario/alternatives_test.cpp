#include <algorithm>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <materiel/scenario/parse.h>
#include <materiel/scenario/same_meaning.h>

#include "unit/scenario/parse_testing.h"

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
  const std::string wrong = std::string{kFile} + R"([alternative.bad]
set = { "supply.new.rate" = -1 }
)";
  for (const char* asked : {"", "slow", "bad"}) {
    const auto parsed = parse_text(wrong, "test.toml", {}, asked);
    ASSERT_FALSE(parsed) << asked;
    ASSERT_EQ(parsed.diagnostics().size(), 1U) << asked;
    EXPECT_EQ(parsed.diagnostics()[0].message, "'rate' must be at least 0, not -1");
    EXPECT_EQ(parsed.diagnostics()[0].where.line, 23U);
  }
}

TEST(Alternatives, AMistakeOfTheFileHidesNoneOfTheirs) {
  const std::string wrong = std::string{kFile} + R"([demand.raids]
site = "depot"
items = ["drone"]
rate = -2
[alternative.bad]
set = { "supply.new.rate" = -1 }
)";
  EXPECT_EQ(mistakes_of(wrong),
            R"(test.toml:25:8: error: 'rate' must be at least 0, not -2
test.toml:27:29: error: 'rate' must be at least 0, not -1
)");
}

TEST(Alternatives, AnOverrideMendsTheFileForAll) {
  std::string wrong = kFile;
  wrong.replace(wrong.find("drone = 10"), 10, "drone = -1");
  EXPECT_EQ(mistakes_of(wrong),
            "test.toml:11:19: error: 'drone' of 'stock' must be a whole number from 0 to 2^53, not -1\n");
  EXPECT_EQ(mistakes_of(wrong, {{"site.depot.stock.drone", "1"}}), "");
}

TEST(Alternatives, AMistakeOutsideOfThemNamesTheOneThatMakesIt) {
  const std::string wrong = std::string{kFile} + R"([parameter.half]
value = "rate / 2"
[supply.more]
site = "depot"
item = "drone"
rate = "half"
[alternative.round]
set = { "parameter.rate" = "2 * half" }
)";
  EXPECT_EQ(mistakes_of(wrong),
            R"(test.toml:6:12: error: parameters depend on themselves: rate -> half -> rate
      = with the settings of alternative 'round'
)");
}

TEST(Alternatives, APathWithoutItsQuotesIsExplained) {
  EXPECT_EQ(mistakes_of(std::string{kFile} + R"([alternative.bad]
set = { supply.new.rate = 3 }
)"),
            R"(test.toml:23:9: error: 'supply' is not the path of a key
      = a path is one key, in quotes, such as "route.sea.capacity" = 40
)");
}

TEST(Alternatives, SettingsMayStandInATableOfTheirOwn) {
  const auto parsed = parse_text(std::string{kFile} + R"([alternative.more.set]
"supply.new.rate" = 3
)",
                                 "test.toml", {}, "more");
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed.value().spec.supplies[0].rate->value.number, 3);
}

TEST(Alternatives, ASettingIsKeptAsTomlThatMeansTheSame) {
  const std::string text = std::string{kFile} + R"([alternative.all_kinds]
[alternative.all_kinds.set]
)" +
                           R"("supply.new.label" = "a \"new\" one:\t\\"
"supply.new.begins" = 2024-03-01
"supply.new.rate" = { points = [["2024-04-01", 1.5], [100, "2 * rate"]] }
"site.depot.stock" = { "drone" = 12 }
)";
  const auto parsed = parse_text(text, "test.toml", {}, "all_kinds");
  ASSERT_TRUE(parsed) << mistakes_of(text);
  const Spec& spec = parsed.value().spec;
  std::vector<Override> overrides;
  for (const Setting& setting : spec.alternatives[2].set) overrides.push_back({setting.path, setting.value});
  const Spec same = parse(kFile, overrides).spec;
  EXPECT_EQ(same.supplies[0].label, "a \"new\" one:\t\\");
  EXPECT_EQ(same.supplies[0].label, spec.supplies[0].label);
  EXPECT_EQ(same.supplies[0].span.begins.number, 60);
  ASSERT_EQ(same.supplies[0].rate->knots.size(), 2U);
  EXPECT_EQ(same.supplies[0].rate->knots[0].value.number, 1.5);
  EXPECT_EQ(same.supplies[0].rate->knots[1].value.expression, "2 * rate");
  EXPECT_EQ(same.sites[0].stock[0].quantity.number, 12);
}

TEST(Alternatives, MoreThanCanBeReadAreRefusedAtTheFirstTooMany) {
  std::string text{kFile};
  const auto first = static_cast<std::uint32_t>(std::count(text.begin(), text.end(), '\n') + 1);
  for (int i = 0; i < 40'000; ++i)
    text += fmt::format(R"([alternative.a{0}]
set = {{ "parameter.rate" = {0} }}
)",
                        i);
  const Diagnostics found = parse_text(text, "test.toml").diagnostics();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_NE(found[0].message.find("alternatives are too many"), std::string::npos) << found[0].message;
  EXPECT_GT(found[0].where.line, first);
  EXPECT_EQ((found[0].where.line - first) % 2, 0U) << "at the name of one of them";
}

TEST(Alternatives, AVariantOfATextThatWasCheckedIsTheSameButForTheList) {
  const ScenarioText text(kFile, "test.toml");
  const auto whole = text.parse({{"parameter.rate", "2"}}, "slow");
  const auto alone = text.parse({{"parameter.rate", "2"}}, "slow", Checked::asked);
  ASSERT_TRUE(whole);
  ASSERT_TRUE(alone);
  EXPECT_FALSE(whole.value().spec.alternatives.empty());
  EXPECT_TRUE(alone.value().spec.alternatives.empty());
  Spec listed = alone.value().spec;
  listed.alternatives = whole.value().spec.alternatives;
  EXPECT_TRUE(same_meaning(listed, whole.value().spec));
}

}  // namespace
}  // namespace materiel::scenario
