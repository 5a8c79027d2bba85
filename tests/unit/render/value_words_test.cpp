#include "render/value_words.h"

#include <limits>

#include <gtest/gtest.h>

#include <materiel/model/model.h>
#include <materiel/scenario/parse.h>

#include "support/small_model.h"

namespace materiel::render {
namespace {

/// A scenario whose one supply has the rate in question, and some parameters.
scenario::Spec spec_with(const std::string& supply) {
  const std::string text = testing::head(366) +
                           R"(
[item.drone]
[site.depot]
[parameter.r]
dist = "uniform"
min = 100
max = 300
[parameter.fixed]
value = 60
[parameter.day_one]
dist = "uniform"
min = 2024-02-01
max = 2024-02-29
[supply.s]
site = "depot"
item = "drone"
)" + supply;
  auto parsed = scenario::parse_text(text, "test.toml");
  if (!parsed) throw std::runtime_error(testing::joined(parsed.diagnostics()));
  return std::move(parsed).value().spec;
}

ValueWords words_of(const scenario::Spec& spec) {
  auto compiled = model::compile(spec);
  if (!compiled) throw std::runtime_error(testing::joined(compiled.diagnostics()));
  return {spec, model::parameter_quantiles(*compiled.value().model, 1, 1000)};
}

std::string rate_words(const std::string& rate) {
  const scenario::Spec spec = spec_with("rate = " + rate + "\n");
  return words_of(spec).profile(*spec.supplies.front().rate);
}

std::string quantity_words(const std::string& quantity) {
  const scenario::Spec spec = spec_with("every = 7\nquantity = " + quantity + "\n");
  return words_of(spec).count(spec.supplies.front().quantity);
}

TEST(ValueWords, NumbersHaveThreeDigitsAndThousands) {
  EXPECT_EQ(brief_number(0), "0");
  EXPECT_EQ(brief_number(12), "12");
  EXPECT_EQ(brief_number(-3.14159), "-3.14");
  EXPECT_EQ(brief_number(123456), "123,456");
  EXPECT_EQ(brief_number(1234.6), "1,235");
  EXPECT_EQ(brief_number(0.00001), "1e-05");
  EXPECT_EQ(brief_number(std::numeric_limits<double>::infinity()), "infinite");
}

TEST(ValueWords, RatesAreSaidInTheUnitThatSuitsThem) {
  EXPECT_EQ(rate_words("\"226/month\""), "226/month");
  EXPECT_EQ(rate_words("1000"), "1,000/day");
  EXPECT_EQ(rate_words("\"3/year\""), "3/year");
  EXPECT_EQ(rate_words("0"), "0/month");
}

TEST(ValueWords, WhatIsUncertainStandsAtItsMedian) {
  EXPECT_EQ(rate_words("\"r / month\""), "about 200/month");
  EXPECT_EQ(rate_words("\"fixed / month\""), "60/month");
}

TEST(ValueWords, WhatVariesIsAMeanAndARange) {
  EXPECT_EQ(quantity_words("{ dist = \"uniform\", min = 0, max = 100 }"), "50 (5 to 95)");
  EXPECT_EQ(quantity_words("{ dist = \"uniform\", min = 0, max = \"r\" }"), "about 100 (10 to 190)");
  EXPECT_EQ(quantity_words("{ dist = \"poisson\", mean = 4 }"), "4 (1 to 8)");
}

TEST(ValueWords, WhatIsImpossibleAtTheMediansIsSaidAsItWasWritten) {
  const scenario::Spec spec = spec_with(R"(
every = 7
quantity = { dist = "uniform", min = 0, max = "r" }
)");
  ValueWords words(spec, {{-9, -5, -1, true}, {60, 60, 60, false}, {31, 45, 59, false}});
  EXPECT_EQ(words.count(spec.supplies.front().quantity), "uniform(min 0, max r)");
}

TEST(ValueWords, ProfilesSayTheirShape) {
  EXPECT_EQ(rate_words("{ ramp = \"linear\", from = 0, to = \"60/month\", begins = 2024-03-01, lasts = 30 }"),
            "0/month to 60/month, linear from 2024-03-01 over 30 days");
  EXPECT_EQ(rate_words("{ ramp = \"logistic\", from = 0, to = \"60/month\", begins = \"day_one\", lasts = 1 }"),
            "0/month to 60/month, logistic from about 2024-02-15 over 1 day");
  EXPECT_EQ(rate_words("{ steps = [[2024-01-01, \"60/month\"], [2024-02-01, \"90/month\"]] }"),
            "60/month from 2024-01-01, 90/month from 2024-02-01");
  EXPECT_EQ(rate_words("{ points = [[2024-01-01, 0], [50, \"60/month\"], [60, \"5/month\"], [70, 0]] }"),
            "0/month to 60/month, 4 points from 2024-01-01 to 2024-03-11");
  EXPECT_EQ(rate_words("{ value = \"6/month\", seasonal = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2] }"),
            "6/month, seasonal");
}

TEST(DistributionWords, AreWhatWasWritten) {
  const auto written = [](const std::string& text) {
    const scenario::Spec spec = spec_with("every = 7\nquantity = " + text + "\n");
    return distribution_words(spec.supplies.front().quantity.distribution.front());
  };
  EXPECT_EQ(written("{ dist = \"pert\", min = 1, mode = 2, max = \"r\" }"), "pert(min 1, mode 2, max r)");
  EXPECT_EQ(written("{ dist = \"pert\", min = 1, mode = 2, max = 3, shape = 4 }"),
            "pert(min 1, mode 2, max 3, shape 4)");
  EXPECT_EQ(written("{ dist = \"discrete\", values = [1, 2], weights = [3, 4] }"),
            "discrete(values [1, 2], weights [3, 4])");
  EXPECT_EQ(written("{ dist = \"empirical\", values = [1, 2, 3, 4, 5, 6, 7, 8] }"),
            "empirical(values [1, 2, 3, 4, 5, 6, ...: 8 values])");
}

}  // namespace
}  // namespace materiel::render
