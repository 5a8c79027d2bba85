#include "unit/scenario/parse_testing.h"

namespace materiel::scenario {
namespace {

using Kind = Value::Kind;

const std::string kUncertain = lines("dist = 'uniform'; min = 1; max = 2; source = 'prior'");

TEST(Override, WritesOverAValue) {
  EXPECT_EQ(parse(network(), {{"site.depot.stock.drone", "50"}}).spec.sites[1].stock[0].quantity.number, 50);
  EXPECT_EQ(parse(network(), {{"scenario.end", "2026-01-01"}}).spec.end.iso(), "2026-01-01");
  EXPECT_EQ(parse(network(), {{"item.kit.label", "Kits of parts"}}).spec.items[1].label, "Kits of parts");
  EXPECT_EQ(parse(network(), {{"observe.every", "1"}}).spec.observe_every, 1);
}

TEST(Override, AddsAKey) {
  EXPECT_EQ(parse(network(), {{"site.plant.capacity", "9"}}).spec.sites[0].total_capacity.number, 9);
}

TEST(Override, TheLastOneWins) {
  EXPECT_EQ(parse(network(), {{"observe.every", "1"}, {"observe.every", "2"}}).spec.observe_every, 2);
}

TEST(Override, FixesAnUncertainParameter) {
  for (const std::string path : {"parameter.p", "parameter.p.value"}) {
    const Parameter p = parse(with_parameter(kUncertain), {{path, "90"}}).spec.parameters[0];
    EXPECT_EQ(p.value.kind, Kind::number);
    EXPECT_EQ(p.value.number, 90);
    EXPECT_EQ(p.source, "prior");
  }
  const Parameter dated = parse(with_parameter(kUncertain), {{"parameter.p", "2024-01-11"}}).spec.parameters[0];
  EXPECT_EQ(dated.value.number, 10);
  EXPECT_TRUE(dated.is_date);
  EXPECT_EQ(parse(with_parameter(kUncertain), {{"parameter.p", "3*week"}}).spec.parameters[0].value.expression,
            "3*week");
}

TEST(Override, GivesAParameterADistribution) {
  const std::string table = "{ dist = \"triangular\", min = 1, mode = 2, max = 3 }";
  const Parameter p =
      parse(with_parameter(lines("value = 5; source = 'prior'")), {{"parameter.p", table}}).spec.parameters[0];
  ASSERT_EQ(p.value.kind, Kind::distribution);
  EXPECT_EQ(p.value.distribution[0].form, DistributionForm::triangular);
  EXPECT_EQ(p.source, "prior");
  const Spec changed = parse(with_parameter(kUncertain), {{"parameter.p.max", "7"}}).spec;
  EXPECT_EQ(changed.parameters[0].value.distribution[0].scalars[1].number, 7);
}

TEST(Override, MistakesNameIt) {
  EXPECT_EQ(mistakes_of(with_parameter(kUncertain), {{"parameter.q", "3"}}),
            R"(parameter.q=3: error: the file has no 'parameter.q'
      = did you mean 'p'?
      = names there: p
)");
  EXPECT_EQ(mistakes_of(network(), {{"site.depot.stock.drone", "-5"}}),
            "site.depot.stock.drone=-5: error: 'drone' of 'stock' must be a whole number from 0 to 2^53, not -5\n");
  EXPECT_EQ(mistakes_of(network(), {{"sites.depot.stock", "5"}}).substr(0, 65),
            "sites.depot.stock=5: error: there is no kind of section 'sites'\n ");
  EXPECT_EQ(mistakes_of(network(), {{"site.depot.stokc", "5"}}).substr(0, 64),
            "site.depot.stokc=5: error: unknown key 'stokc' in [site.depot]\n ");
  EXPECT_EQ(mistakes_of(network(), {{"site.depot", "5"}}),
            R"(site.depot=5: error: 'site.depot' is not the path of a key
      = write site.NAME.KEY=VALUE
)");
  EXPECT_EQ(mistakes_of(network(), {{"scenario.end.day", "5"}}),
            "scenario.end.day=5: error: 'scenario.end' is a date: it has no keys\n");
  EXPECT_NE(mistakes_of(network(), {{"", "5"}}), "");
  EXPECT_NE(mistakes_of(network(), {{"site..stock", "5"}}), "");
}

TEST(Override, MistakesNameItAsItsAuthorDid) {
  EXPECT_EQ(mistakes_of(network(), {{"site.depot.stock.drone", "-5", "cell B7"}}),
            "cell B7: error: 'drone' of 'stock' must be a whole number from 0 to 2^53, not -5\n");
}

TEST(Override, AllMistakesAreReported) {
  const std::string shown = mistakes_of(network() + R"([item.x]
colour = 1
)",
                                        {{"parameter.q", "3"}, {"scenario.end", "1999-01-01"}});
  EXPECT_NE(shown.find("parameter.q=3"), std::string::npos);
  EXPECT_NE(shown.find("scenario.end=1999-01-01"), std::string::npos);
  EXPECT_NE(shown.find("test.toml:12:1: error: unknown key 'colour'"), std::string::npos);
}

TEST(Override, CannotSmuggleInASecondKey) {
  EXPECT_EQ(parse(network(), {{"item.kit.label", "1\nunit = 2"}}).spec.items[1].label, "1\nunit = 2");
}

}  // namespace
}  // namespace materiel::scenario
