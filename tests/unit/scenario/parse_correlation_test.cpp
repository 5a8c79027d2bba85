#include <gtest/gtest.h>

#include "unit/scenario/parse_testing.h"

namespace materiel::scenario {
namespace {

std::string with_pairs(const std::string& pairs) {
  const std::string uniform = lines("dist = 'uniform'; min = 1; max = 2");
  return network() + "[parameter.a]\n" + uniform + "[parameter.b]\n" + uniform + "[parameter.c]\n" + uniform +
         R"([parameter.d]
value = "2 * a"
[correlation]
pairs = )" +
         pairs +
         R"(
[supply.s]
site = "plant"
item = "kit"
rate = "a + b + c + d"
)";
}

TEST(ParseCorrelation, PairsKeepTheOrderOfTheFile) {
  const std::vector<Correlation> pairs =
      parse(with_pairs("[[\"b\", \"c\", -0.25], [\"b\", \"a\", 1]]")).spec.correlations;
  ASSERT_EQ(pairs.size(), 2U);
  EXPECT_EQ(pairs[0].first.text, "b");
  EXPECT_EQ(pairs[0].second.text, "c");
  EXPECT_EQ(pairs[0].rho, -0.25);
  EXPECT_EQ(pairs[1].second.text, "a");
  EXPECT_EQ(pairs[1].rho, 1);
  EXPECT_EQ(pairs[1].where, (Location{.line = 26, .column = 29, .length = 13}));
}

TEST(ParseCorrelation, AParameterWithoutADistributionIsRefused) {
  EXPECT_EQ(mistakes_of(with_pairs("[[\"a\", \"d\", 0.5]]")),
            R"(test.toml:26:16: error: 'd' has no distribution
      = only parameters that are drawn can be correlated
)");
}

TEST(ParseCorrelation, OneThatIsFixedLaterIsNot) {
  const std::string text = with_pairs("[[\"a\", \"b\", 0.5]]");
  EXPECT_EQ(mistakes_of(text, {{"parameter.b", "1"}}), "");
  EXPECT_EQ(mistakes_of(text + R"([alternative.fixed]
set = { "parameter.b" = 1 }
)"),
            "");
}

}  // namespace
}  // namespace materiel::scenario
