#include "scenario/parse_limits.h"

#include <fmt/format.h>

#include "scenario/parse_parameter_order.h"
#include "scenario/parse_tree.h"
#include "unit/scenario/parse_testing.h"

namespace materiel::scenario {
namespace {

std::string repeated(const std::string& text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

TEST(ParseLimits, RefuseDeepNesting) {
  const std::string deep = repeated("[", 100'000), dotted = repeated("a.", 100'000) + lines("a = 1");
  for (const std::string& text : {"x = " + deep, "[" + dotted, dotted, "x = " + repeated("{ a = ", 100'000)})
    EXPECT_NE(mistakes_of(head() + text).find("inside each other more than 64 deep"), std::string::npos);
}

TEST(ParseLimits, DotsAndBracketsInTextsAndCommentsDoNotCount) {
  const std::string dots = repeated(".", 1000) + repeated("[", 1000);
  EXPECT_EQ(mistakes_of(head(fmt::format(R"(title = "{0}\"{0}"
description = '''
''{0}'''''
# "{0}
)",
                                         dots))),
            "");
}

TEST(ParseLimits, RefuseTooManyEntries) {
  const std::string shown = mistakes_of(head() + R"([item.a]
x = [)" + repeated("1,", kMostEntries) + "]");
  EXPECT_NE(shown.find("more than 1000000 keys and entries of lists"), std::string::npos);
}

TEST(ParseLimits, RefuseLargeFiles) {
  EXPECT_EQ(mistakes_of(std::string(kLargestFile + 1, ' ')), "test.toml: error: it is larger than 64 MiB\n");
}

TEST(ParseLimits, NotEndlesslyManyMistakes) {
  std::string text = head();
  for (int i = 0; i < 20'000; ++i) text += fmt::format("[item.a{}]\ncolour = 1\n", i);
  const Diagnostics found = parse_text(text, "test.toml").diagnostics();
  EXPECT_LE(found.size(), 501U);
  EXPECT_EQ(found.back().message, "more than 500 mistakes: the others are not shown");
}

TEST(ParseLimits, Utf8IsCheckedByTheStandard) {
  for (const char* right : {"a", "é", "€", "😀", "\xF4\x8F\xBF\xBF", "\xED\x9F\xBF"})
    EXPECT_FALSE(find_other_encoding(right)) << right;
  for (const char* wrong :
       {"\x80", "\xC3", "\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xFF", "\xE2\x82"})
    EXPECT_TRUE(find_other_encoding(wrong)) << wrong;
  const auto mistake = find_other_encoding("é\nö\xFFx");
  ASSERT_TRUE(mistake);
  EXPECT_EQ(mistake->where, (Location{2, 2, 1}));
}

TEST(ParseTree, KeepsTheOrderOfTheFileWhereTablesAreScattered) {
  const TomlReading reading = read_toml(R"([b.z]
[a]
y = 1
x = { d = 1, c = 2 }
[b.a]
)");
  ASSERT_FALSE(reading.mistake);
  ASSERT_EQ(reading.root.entries.size(), 2U);
  EXPECT_EQ(reading.root.entries[0].key, "b");
  EXPECT_EQ(reading.root.entries[0].value.entries[0].key, "z");
  EXPECT_EQ(reading.root.entries[0].value.entries[1].key, "a");
  EXPECT_EQ(reading.root.entries[1].value.entries[0].key, "y");
  EXPECT_EQ(reading.root.entries[1].value.entries[1].value.entries[0].key, "d");
}

TEST(ParameterOrder, IsOfTheFileWhereItMayBe) {
  EXPECT_EQ(order_parameters({{}, {}, {}}).order, (std::vector<std::uint32_t>{0, 1, 2}));
  EXPECT_EQ(order_parameters({{2}, {}, {}}).order, (std::vector<std::uint32_t>{1, 2, 0}));
  EXPECT_EQ(order_parameters({{1, 1}, {2}, {}}).order, (std::vector<std::uint32_t>{2, 1, 0}));
}

TEST(ParameterOrder, FindsEachCircleOnce) {
  const ParameterOrder order = order_parameters({{1}, {2}, {1}, {3}, {0}, {}});
  EXPECT_EQ(order.order, (std::vector<std::uint32_t>{5}));
  EXPECT_EQ(order.cycles, (std::vector<std::vector<std::uint32_t>>{{1, 2}, {3}}));
}

TEST(ParameterOrder, TakesALongChain) {
  constexpr std::uint32_t kLength = 300'000;
  std::vector<std::vector<std::uint32_t>> chain(kLength);
  for (std::uint32_t i = 0; i + 1 < kLength; ++i) chain[i] = {i + 1};
  EXPECT_EQ(order_parameters(chain).order.front(), kLength - 1);
  chain.back() = {0};
  const ParameterOrder circle = order_parameters(chain);
  ASSERT_EQ(circle.cycles.size(), 1U);
  EXPECT_EQ(circle.cycles[0].size(), kLength);
}

}  // namespace
}  // namespace materiel::scenario
