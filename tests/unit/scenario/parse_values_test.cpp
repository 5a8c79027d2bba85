#include <filesystem>
#include <fstream>

#include "unit/scenario/parse_testing.h"

namespace materiel::scenario {
namespace {

using Kind = Value::Kind;

Parameter parameter(const std::string& keys) {
  return parse(with_parameter(keys)).spec.parameters[0];
}

DistributionSpec distribution(const std::string& keys) {
  const Parameter p = parameter(keys);
  return p.value.distribution.at(0);
}

std::vector<double> numbers(const std::vector<Value>& values) {
  std::vector<double> all;
  for (const Value& value : values) all.push_back(value.number);
  return all;
}

TEST(ParseValue, NumbersBooleansDatesAndExpressions) {
  EXPECT_EQ(parameter("value = 2.5").value.number, 2.5);
  EXPECT_EQ(parameter("value = true").value.number, 1);
  EXPECT_EQ(parameter("value = 2024-02-01").value.number, 31);
  EXPECT_TRUE(parameter("value = 2024-02-01").is_date);
  EXPECT_EQ(parameter(lines("value = '2023-12-31'")).value.number, -1);
  EXPECT_TRUE(parameter(lines("value = '2023-12-31'")).is_date);
  const Parameter expression = parameter(lines("value = '2 * month'"));
  EXPECT_EQ(expression.value.kind, Kind::expression);
  EXPECT_EQ(expression.value.expression, "2 * month");
  EXPECT_FALSE(expression.is_date);
}

TEST(ParseValue, LocationsCoverTheValue) {
  EXPECT_EQ(parameter("value = 2.5").value.where, (Location{16, 9, 3}));
  EXPECT_EQ(parameter(lines("label = 'é'; value = '2 * month' # two")).value.where, (Location{17, 9, 11}));
}

TEST(ParseValue, AParametersUnitMultipliesItsValues) {
  EXPECT_DOUBLE_EQ(parameter(lines("value = 2; unit = 'month'")).value.number, 60.875);
  EXPECT_EQ(parameter(lines("value = 2; unit = 'month'")).unit, "month");
  EXPECT_DOUBLE_EQ(parameter(lines("value = 7; unit = '/week'")).value.number, 1);
  EXPECT_EQ(parameter(lines("value = '2 + 1'; unit = 'month'")).value.expression, "(2 + 1)*month");
  EXPECT_EQ(parameter(lines("value = '2 + 1'; unit = '/month'")).value.expression, "(2 + 1)/month");
  EXPECT_EQ(distribution(lines("dist = 'uniform'; min = 1; max = 2; unit = 'week'")).scale, 7);
}

TEST(ParseValue, OtherUnitsOnlyDescribe) {
  EXPECT_EQ(parameter(lines("value = 2; unit = 'drones'")).value.number, 2);
  EXPECT_EQ(distribution(lines("dist = 'uniform'; min = 1; max = 2; unit = 'drones'")).scale, 1);
}

TEST(ParseValue, AUnitDoesNotMultiplyDates) {
  EXPECT_EQ(parameter(lines("value = 2024-02-01; unit = 'month'")).value.number, 31);
  EXPECT_EQ(distribution(lines("dist = 'uniform'; min = 2024-01-02; max = 2024-02-01; unit = 'month'")).scale, 1);
  EXPECT_NE(mistakes_of(with_parameter(lines("dist = 'normal'; mean = 2024-02-01; sd = 2; unit = 'month'"))), "");
}

TEST(ParseValue, DistributionsFillInTheirDefaults) {
  EXPECT_EQ(numbers(distribution(lines("dist = 'pert'; min = 1; mode = 2; max = 5")).scalars),
            (std::vector<double>{1, 2, 5, 4}));
  EXPECT_EQ(numbers(distribution(lines("dist = 'beta'; a = 2; b = 3; max = 10")).scalars),
            (std::vector<double>{2, 3, 0, 10}));
}

TEST(ParseValue, EachFormIsToldByItsArguments) {
  EXPECT_EQ(distribution(lines("dist = 'lognormal'; mean = 2; sd = 1")).form, DistributionForm::lognormal_mean_sd);
  EXPECT_EQ(distribution(lines("dist = 'lognormal'; mean = 2; cv = 1")).form, DistributionForm::lognormal_mean_cv);
  EXPECT_EQ(distribution(lines("dist = 'lognormal'; median = 2; gsd = 2")).form,
            DistributionForm::lognormal_median_gsd);
  EXPECT_EQ(distribution(lines("dist = 'lognormal'; p05 = 2; p95 = 9")).form, DistributionForm::lognormal_p05_p95);
  EXPECT_EQ(distribution(lines("dist = 'constant'; value = 3")).scalars[0].number, 3);
}

/// Every form of the table can be written: nothing of it is out of the parser's reach.
TEST(ParseValue, AllFormsOfTheTableAreRead) {
  for (const DistributionFormInfo& form : distribution_forms()) {
    std::string keys = "dist = \"" + std::string{form.family} + "\"\n";
    for (const DistributionArgument& argument : form.arguments) {
      if (!argument.has_default) keys += std::string{argument.name} + (argument.is_list ? " = [1, 2]\n" : " = 1\n");
    }
    EXPECT_EQ(distribution(keys).form, form.form) << keys;
  }
}

TEST(ParseValue, ListArguments) {
  const DistributionSpec discrete =
      distribution(lines("dist = 'discrete'; values = [2024-01-02, '9']; weights = [1, 3]"));
  EXPECT_EQ(discrete.first[0].number, 1);
  EXPECT_EQ(discrete.first[1].expression, "9");
  EXPECT_EQ(numbers(discrete.second), (std::vector<double>{1, 3}));
  const DistributionSpec quantiles = distribution(lines("dist = 'quantiles'; x = [5, 9]; p = [0, 1]"));
  EXPECT_EQ(numbers(quantiles.first), (std::vector<double>{0, 1}));
  EXPECT_EQ(numbers(quantiles.second), (std::vector<double>{5, 9}));
}

TEST(ParseValue, EmpiricalValuesFromAFile) {
  const std::filesystem::path folder = std::filesystem::path{::testing::TempDir()} / "empirical_values";
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "delays.csv")
      << "\xEF\xBB\xBFnote,\"days, all\"\r\n\"a, \"\"b\"\"\",3\r\n,\r\n\"two\nlines\",4.5";
  const std::string text =
      with_parameter(lines("dist = 'empirical'; csv = 'delays.csv'; column = 'days, all'; unit = 'week'"));
  auto parsed = parse_text(text, (folder / "test.toml").string());
  std::filesystem::remove_all(folder);
  ASSERT_TRUE(parsed.ok());
  const DistributionSpec& empirical = parsed.value().spec.parameters[0].value.distribution[0];
  EXPECT_EQ(empirical.form, DistributionForm::empirical);
  EXPECT_EQ(numbers(empirical.first), (std::vector<double>{3, 4.5}));
  EXPECT_EQ(empirical.scale, 7);
}

TEST(ParseValue, AFileOfValuesLiesInTheScenariosFolder) {
  const std::filesystem::path folder = std::filesystem::path{::testing::TempDir()} / "values_in_a_folder";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder / "study" / "data");
  std::ofstream(folder / "outside.csv") << "days\n3\n";
  std::ofstream(folder / "study" / "data" / "inside.csv") << "days\n4\n";
  std::filesystem::create_symlink(folder / "outside.csv", folder / "study" / "link.csv");
  const auto parsed = [&](const std::string& csv, const std::vector<Override>& overrides = {}) {
    return parse_text(with_parameter(lines("dist = 'empirical'; csv = '" + csv + "'; column = 'days'")),
                      (folder / "study" / "test.toml").string(), overrides);
  };
  EXPECT_TRUE(parsed("data/inside.csv").ok());
  for (const std::string& csv :
       {std::string("../outside.csv"), (folder / "outside.csv").string(), std::string("data/../../outside.csv"),
        std::string("link.csv"), std::string("/dev/zero")}) {
    const auto refused = parsed(csv);
    ASSERT_FALSE(refused.ok()) << csv;
    const Diagnostics all = refused.diagnostics();
    const auto found = std::find_if(all.begin(), all.end(), [](const Diagnostic& one) {
      return one.message.ends_with("leads out of the scenario's folder");
    });
    ASSERT_NE(found, all.end()) << csv << ": " << all.front().message;
    EXPECT_GT(found->where.line, 0U);
    EXPECT_EQ(found->notes, std::vector<std::string>{"a file in that folder or below it; allow-path allows any"});
  }
  EXPECT_TRUE(parsed("../outside.csv", {{kAllowPath, ""}}).ok());
  EXPECT_TRUE(parsed("link.csv", {{kAllowPath, ""}}).ok());
  const auto endless = parsed("/dev/zero", {{kAllowPath, ""}});
  ASSERT_FALSE(endless.ok());
  const Diagnostics wrong = endless.diagnostics();
  EXPECT_EQ(wrong.front().message, "'/dev/zero' is no ordinary file");
  EXPECT_FALSE(parsed("data").ok());
  std::filesystem::remove_all(folder);
}

TEST(ParseValue, ADistributionInAProcessHasAUnitToo) {
  const Spec spec = parse(network() +
                          R"([demand.d]
site = "depot"
items = ["drone"]
size = 1
every = { dist = "exponential", mean = 2, unit = "week" }
)")
                        .spec;
  EXPECT_EQ(spec.demands[0].every.distribution[0].scale, 7);
  EXPECT_EQ(spec.demands[0].every.where.line, 15U);
}

TEST(ParseRate, ShapesAndSeasons) {
  const auto rate = [](const std::string& value) {
    return parse(network() + R"([supply.s]
site = "plant"
item = "kit"
rate = )" + value)
        .spec.supplies[0]
        .rate;
  };
  EXPECT_EQ(rate("\"120/month\"")->value.expression, "120/month");
  EXPECT_EQ(rate("{ dist = \"uniform\", min = 1, max = 2 }")->value.kind, Kind::distribution);
  const auto steps = rate("{ steps = [[2024-01-11, 1], [\"9*week\", \"2/day\"], [90, 3]] }");
  EXPECT_EQ(steps->shape, RateProfile::Shape::steps);
  EXPECT_EQ(steps->knots[0].when.number, 10);
  EXPECT_EQ(steps->knots[1].value.expression, "2/day");
  EXPECT_EQ(rate("{ points = [[0, 1], [10, 0]] }")->shape, RateProfile::Shape::points);
  EXPECT_EQ(rate("{ ramp = \"logistic\", from = 0, to = 1, begins = 0, lasts = 9 }")->shape,
            RateProfile::Shape::logistic);
  EXPECT_EQ(rate("{ ramp = \"exponential\", from = 0, to = 1, begins = 0, lasts = 9 }")->shape,
            RateProfile::Shape::exponential);
  const auto seasonal = rate("{ value = 5, seasonal = [1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 1, 0] }");
  EXPECT_EQ(seasonal->shape, RateProfile::Shape::constant);
  EXPECT_EQ(seasonal->value.number, 5);
  EXPECT_EQ(numbers(seasonal->seasonal), (std::vector<double>{1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 1, 0}));
}

TEST(ParseRate, Variability) {
  const auto kind = [](const std::string& value) {
    return parse(network() + R"([supply.s]
site = "plant"
item = "kit"
rate = 1
variability = )" +
                 value)
        .spec.supplies[0]
        .variability.kind;
  };
  EXPECT_EQ(kind("\"none\""), Variability::Kind::none);
  EXPECT_EQ(kind("\"poisson\""), Variability::Kind::poisson);
  EXPECT_EQ(kind("{ cv = \"1/2\" }"), Variability::Kind::gamma);
}

TEST(ParseSite, CapacityByItemOrInAll) {
  const auto site = [](const std::string& keys) { return parse(network() + "[site.s]\n" + keys).spec.sites[2]; };
  EXPECT_EQ(site("capacity = { kit = 5 }").capacity[0].quantity.number, 5);
  EXPECT_FALSE(site("capacity = { kit = 5 }").total_capacity.present());
  EXPECT_EQ(site("capacity = 50").total_capacity.number, 50);
  EXPECT_EQ(site(lines("capacity = { dist = 'poisson', mean = 50 }")).total_capacity.kind, Kind::distribution);
}

TEST(ParseParameters, AreOrderedByWhatTheyUse) {
  const Spec spec = parse(with_parameter(R"(value = "a + b"
[parameter.a]
value = "b"
[parameter.b]
dist = "uniform"
min = 0
max = "c"
[parameter.c]
value = 1
)"))
                        .spec;
  EXPECT_EQ(names(spec.parameters), (std::vector<std::string>{"p", "a", "b", "c"}));
  EXPECT_EQ(spec.parameter_order, (std::vector<std::uint32_t>{3, 2, 1, 0}));
}

TEST(ParseObserve, TakesConstantExpressions) {
  const std::string text = head() + R"([observe]
every = )";
  EXPECT_EQ(parse(text + "3").spec.observe_every, 3);
  EXPECT_EQ(parse(text + "\"2*week\"").spec.observe_every, 14);
}

TEST(ParseScenario, IsCalledLikeItsFileIfItHasNoName) {
  EXPECT_EQ(parse(R"(format = 1
[scenario]
start = "2024-01-01"
end = "2024-02-01"
)")
                .spec.name,
            "test");
}

}  // namespace
}  // namespace materiel::scenario
