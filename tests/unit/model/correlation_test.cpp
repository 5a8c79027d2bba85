#include <gtest/gtest.h>

#include <materiel/scenario/parse.h>

#include "support/small_model.h"

namespace materiel::testing {
namespace {

std::string parameters(const std::string& correlation) {
  return head(10) + R"(
[parameter.a]
dist = "uniform"
min = 0
max = 1
[parameter.b]
dist = "uniform"
min = 0
max = 1
[parameter.c]
dist = "uniform"
min = 0
max = 1
[item.drone]
[site.depot]
stock = { drone = "1000 * a + 100 * b + c" }
)" + correlation;
}

std::vector<double> drawn(SmallRun& run, std::size_t parameter, std::uint32_t n) {
  std::vector<double> values;
  for (std::uint32_t i = 0; i < n; ++i) values.push_back(run.run(i).parameters()[parameter]);
  return values;
}

TEST(Correlation, ParametersHaveTheirRankCorrelation) {
  SmallRun r(parameters(R"(
[correlation]
pairs = [["a", "c", 0.6]]
)"));
  constexpr std::uint32_t kSamples = 4000;
  const auto a = drawn(r, 0, kSamples), c = drawn(r, 2, kSamples);
  // Of uniform numbers, Spearman's is Pearson's.
  std::vector<double> products;
  for (std::size_t i = 0; i < a.size(); ++i) products.push_back(12 * (a[i] - 0.5) * (c[i] - 0.5));
  const Estimate e(products);
  EXPECT_LT(std::abs(e.z(0.6)), 4);
  EXPECT_GT(std::abs(e.z(0.5)), 4) << "a bias of 0.1 must be caught";
}

TEST(Correlation, OthersKeepTheirDraws) {
  SmallRun with(parameters(R"(
[correlation]
pairs = [["a", "c", 0.6]]
)")),
      without(parameters(""));
  EXPECT_EQ(drawn(with, 0, 20), drawn(without, 0, 20));
  EXPECT_EQ(drawn(with, 1, 20), drawn(without, 1, 20));
  EXPECT_NE(drawn(with, 2, 20), drawn(without, 2, 20));
}

TEST(Correlation, FixingAParameterLeavesTheDrawsOfTheOthers) {
  const std::string text = parameters(R"(
[correlation]
pairs = [["a", "b", 0.6], ["a", "c", -0.3]]
[alternative.known]
set = { "parameter.a" = 0.25 }
)");
  SmallRun base(text), known(text, {}, "known");
  EXPECT_EQ(drawn(known, 0, 20), std::vector<double>(20, 0.25));
  EXPECT_EQ(drawn(known, 1, 20), drawn(base, 1, 20));
  EXPECT_EQ(drawn(known, 2, 20), drawn(base, 2, 20));
}

TEST(Correlation, OfAFixedParameterGetsAWarning) {
  const std::string text = parameters(R"(
[correlation]
pairs = [["a", "b", 0.6]]
)");
  const auto parsed = scenario::parse_text(text, "test.toml", {{"parameter.b", "0.25"}});
  ASSERT_TRUE(parsed);
  const auto compiled = model::compile(parsed.value().spec);
  ASSERT_TRUE(compiled);
  const std::string warnings = joined(compiled.value().warnings);
  EXPECT_NE(warnings.find("'b' has no distribution: this correlation has no effect"), std::string::npos) << warnings;
}

TEST(Correlation, HoldsWhereOneParameterIsAnArgumentOfTheOther) {
  // b is uniform on [0, c]: b / c must be uniform and have the rank correlation with c.
  SmallRun r(head(10) +
             R"(
[parameter.b]
dist = "uniform"
min = 0
max = "c"
[parameter.c]
dist = "uniform"
min = 1
max = 2
[correlation]
pairs = [["b", "c", 0.6]]
[item.drone]
[site.depot]
stock = { drone = "100 * b" }
)");
  constexpr std::uint32_t kSamples = 4000;
  const auto b = drawn(r, 0, kSamples), c = drawn(r, 1, kSamples);
  std::vector<double> products;
  for (std::size_t i = 0; i < b.size(); ++i) products.push_back(12 * (b[i] / c[i] - 0.5) * (c[i] - 1.5));
  const Estimate e(products);
  EXPECT_LT(std::abs(e.z(0.6)), 4);
  EXPECT_GT(std::abs(e.z(0.5)), 4) << "a bias of 0.1 must be caught";
}

TEST(Correlation, AnImpossibleOneIsNamedWithItsPlace) {
  const std::string errors = compile_errors(parameters(
      R"(
[correlation]
pairs = [
  ["a", "b", 0.9],
  ["b", "c", 0.9],
  ["a", "c", -0.9],
]
)"));
  EXPECT_NE(errors.find("that of 'a' and 'c' contradicts the others most"), std::string::npos) << errors;
  EXPECT_NE(errors.find("test.toml:29:3"), std::string::npos) << errors;
}

}  // namespace
}  // namespace materiel::testing
