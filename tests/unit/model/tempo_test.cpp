#include <fmt/format.h>
#include <gtest/gtest.h>

#include "support/small_model.h"

namespace materiel::testing {
namespace {

std::string front(const std::string& demand) {
  return R"(
[item.drone]
[site.front]
stock = { drone = 100000000 }
[demand.use]
site = "front"
items = ["drone"]
)" + demand;
}

TEST(Tempo, MeanAndVarianceAreThoseOfASwitchedPoissonProcess) {
  // Two states: factor 0 for 12 days on average, factor 5 for 3 days; rate 2 a day, size 4. Mean factor f = 1.
  // Variance of the integral of the factor over t (docs/model.md, section 9), a = 1/12 and b = 1/3 leaving the two:
  SmallRun r(head(100) + front(R"(
rate = 2
variability = "poisson"
size = 4
states = { quiet = { mean = 12, factor = 0 }, surge = { mean = 3, factor = 5 } }
)"));
  const double a = 1.0 / 12, b = 1.0 / 3, t = 100, s = a + b;
  const double of_factor = 2 * 25 * a * b / (s * s * s) * (t - (1 - std::exp(-s * t)) / s);
  const double variance = 2 * 1 * 16 * t + 4 * 16 * of_factor;
  const Estimate e(r.many("demanded.use", 4000));
  EXPECT_LT(std::abs(e.z(2 * 4 * t)), 4);
  EXPECT_NEAR(e.variance / variance, 1, 4 * std::sqrt(2.5 / 4000));
  EXPECT_GT(std::abs(e.z(2 * 4 * t * 1.05)), 4) << "a bias of 5 % must be caught";
}

/// Which of many states comes first, by what their sizes add to the demand of the first day.
std::string many_states(int states, const std::string& next) {
  std::string parts;
  for (int i = 0; i < states; ++i)
    parts += fmt::format("s{} = {{ mean = {}, factor = {}{} }}, ", i, i % 2 == 0 ? 3000000 : 1000000,
                         i % 2 == 0 ? 1 : 0, i == 0 ? next : "");
  return head(2) + front(fmt::format(R"(
every = 1
size = 1
states = {{ {} }}
)",
                                     parts.substr(0, parts.size() - 2)));
}

TEST(Tempo, TheFirstOfManyAlikeStatesHasItsStationaryShare) {
  // Above 1000 states nothing is solved for: each is entered as often, and the even ones last three times as long.
  for (const int states : {100, 1100}) {
    SmallRun r(many_states(states, ""));
    const Estimate e(r.many("demanded.use", 2000));
    EXPECT_LT(std::abs(e.z(0.75)), 4) << states;
  }
}

TEST(Tempo, OfManyStatesThatAreNotAlikeTheFirstMustBeNamed) {
  EXPECT_EQ(compile_errors(many_states(1000, ", next = { s1 = 1 }")), "");
  const std::string errors = compile_errors(many_states(1100, ", next = { s1 = 1 }"));
  EXPECT_NE(errors.find("at most 1000 states with `next` may do without `initial`"), std::string::npos) << errors;
}

}  // namespace
}  // namespace materiel::testing
