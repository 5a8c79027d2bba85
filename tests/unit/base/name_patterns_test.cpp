#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <materiel/base/name_patterns.h>

namespace materiel {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(NamePatterns, ChooseInTheOrderOfTheNames) {
  const std::vector<std::string> names = {"stock.a.x", "stock.b.x", "produced.p"};
  EXPECT_THAT(choose_by_patterns(names, {"produced.p", "stock.*"}, "metric").chosen, ElementsAre(0U, 1U, 2U));
  EXPECT_THAT(choose_by_patterns(names, {"stock.?.x", "stock.a.x"}, "metric").chosen, ElementsAre(0U, 1U));
}

TEST(NamePatterns, AnUnknownNameGetsASuggestion) {
  const NameChoice choice = choose_by_patterns({"stock.a.x", "produced.plant"}, {"produced.plnat"}, "metric");
  EXPECT_THAT(choice.chosen, IsEmpty());
  EXPECT_EQ(choice.error, "no metric is called 'produced.plnat'; did you mean 'produced.plant'?");
}

}  // namespace
}  // namespace materiel
