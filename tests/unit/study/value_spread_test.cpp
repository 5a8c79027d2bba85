#include <cmath>
#include <stdexcept>

#include <gtest/gtest.h>

#include <materiel/scenario/parse.h>
#include <materiel/scenario/spec.h>
#include <materiel/study/value_spread.h>

namespace materiel::study {
namespace {

/// A scenario whose one supply has an uncertain quantity, and two parameters.
scenario::Spec spec_of() {
  auto parsed = scenario::parse_text(R"(format = 1
[scenario]
name = "test"
start = 2024-01-01
end = 2025-01-01
[observe]
every = 7
[item.drone]
[site.depot]
[parameter.least]
dist = "uniform"
min = 10
max = 30
[parameter.fixed]
value = 40
[supply.s]
site = "depot"
item = "drone"
every = "fixed / 2"
quantity = { dist = "uniform", min = "least", max = 100 }
)",
                                     "test.toml");
  if (!parsed) throw std::runtime_error("the scenario has mistakes");
  return std::move(parsed).value().spec;
}

TEST(ValueSpreads, WhatIsDrawnHasARangeWithItsParametersAtTheirMedians) {
  const scenario::Spec spec = spec_of();
  ValueSpreads spreads(spec, {{11, 20, 29, false}, {40, 40, 40, false}});
  const ValueSpread quantity = spreads.of(spec.supplies.front().quantity);
  EXPECT_DOUBLE_EQ(quantity.low, 24);
  EXPECT_DOUBLE_EQ(quantity.middle, 60);
  EXPECT_DOUBLE_EQ(quantity.high, 96);
  EXPECT_TRUE(quantity.about);
  EXPECT_EQ(spreads.start().iso(), "2024-01-01");
}

TEST(ValueSpreads, WhatIsCertainIsOneNumber) {
  const scenario::Spec spec = spec_of();
  ValueSpreads spreads(spec, {{11, 20, 29, false}, {40, 40, 40, false}});
  const ValueSpread every = spreads.of(spec.supplies.front().every);
  EXPECT_EQ(every.low, 20);
  EXPECT_EQ(every.middle, 20);
  EXPECT_EQ(every.high, 20);
  EXPECT_FALSE(every.about);
}

TEST(ValueSpreads, WhatIsImpossibleAtTheMediansIsMissing) {
  const scenario::Spec spec = spec_of();
  ValueSpreads spreads(spec, {{110, 200, 290, false}, {40, 40, 40, false}});
  EXPECT_TRUE(std::isnan(spreads.of(spec.supplies.front().quantity).middle));
}

}  // namespace
}  // namespace materiel::study
