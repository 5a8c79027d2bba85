#include <gtest/gtest.h>

#include "unit/scenario/parse_testing.h"

namespace materiel::scenario {
namespace {

std::string with_pairs(const std::string& pairs) {
  const std::string uniform = "dist = \"uniform\"\nmin = 1\nmax = 2\n";
  return network() + "[parameter.a]\n" + uniform + "[parameter.b]\n" + uniform + "[parameter.c]\n" + uniform +
         "[parameter.d]\nvalue = \"2 * a\"\n[correlation]\npairs = " + pairs +
         "\n[supply.s]\nsite = \"plant\"\nitem = \"kit\"\nrate = \"a + b + c + d\"\n";
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
            "test.toml:26:16: error: 'd' has no distribution\n"
            "      = only parameters that are drawn can be correlated\n");
}

TEST(ParseCorrelation, OneThatIsFixedLaterIsNot) {
  const std::string text = with_pairs("[[\"a\", \"b\", 0.5]]");
  EXPECT_EQ(mistakes_of(text, {{"parameter.b", "1"}}), "");
  EXPECT_EQ(mistakes_of(text + "[alternative.fixed]\nset = { \"parameter.b\" = 1 }\n"), "");
}

}  // namespace
}  // namespace materiel::scenario
