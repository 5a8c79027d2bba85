#include "unit/scenario/parse_testing.h"

namespace materiel::scenario {
namespace {

const std::string kOnePlant = R"(format = 1
[scenario]
name = "one-plant"
start = 2024-01-01
end = 2025-01-01
[item.drone]
[parameter.opens]
dist = "triangular"
min = 2024-02-01
mode = 2024-03-01
max = 2024-06-01
source = "analyst's prior"
grade = "F6"
[site.depot]
stock = { drone = 100 }
[production.plant]
site = "depot"
makes = "drone"
opens = "opens"
rate = { ramp = "linear", from = 0, to = "120/month", begins = "opens", lasts = "3*month" }
[demand.front]
site = "depot"
items = ["drone"]
every = { dist = "exponential", mean = 1.5 }
size = { dist = "negative_binomial", mean = 6, dispersion = 1 }
[milestone.empty]
metric = "stock.depot.drone"
falls_to = 0
)";

using Kind = Value::Kind;

TEST(ParseOnePlant, HeadAndItem) {
  const Parsed parsed = parse(kOnePlant);
  const Spec& spec = parsed.spec;
  EXPECT_TRUE(parsed.warnings.empty());
  EXPECT_EQ(spec.file, "test.toml");
  EXPECT_EQ(spec.source, kOnePlant);
  EXPECT_EQ(spec.format, 1);
  EXPECT_EQ(spec.name, "one-plant");
  EXPECT_EQ(spec.start.iso(), "2024-01-01");
  EXPECT_EQ(spec.end.iso(), "2025-01-01");
  EXPECT_EQ(spec.horizon(), 366);
  EXPECT_FALSE(spec.knowledge.has_value());
  EXPECT_EQ(spec.observe_every, 7);
  ASSERT_EQ(spec.items.size(), 1U);
  EXPECT_EQ(spec.items[0].name, "drone");
  EXPECT_EQ(spec.items[0].unit, "units");
  EXPECT_EQ(spec.items[0].where, (Location{6, 7, 5}));
}

TEST(ParseOnePlant, DistributedDateParameter) {
  const Spec spec = parse(kOnePlant).spec;
  ASSERT_EQ(spec.parameters.size(), 1U);
  const Parameter& opens = spec.parameters[0];
  EXPECT_EQ(opens.name, "opens");
  EXPECT_TRUE(opens.is_date);
  EXPECT_EQ(opens.source, "analyst's prior");
  EXPECT_EQ(opens.grade, "F6");
  ASSERT_EQ(opens.value.kind, Kind::distribution);
  const DistributionSpec& triangular = opens.value.distribution[0];
  EXPECT_EQ(triangular.form, DistributionForm::triangular);
  EXPECT_EQ(triangular.scale, 1);
  ASSERT_EQ(triangular.scalars.size(), 3U);
  EXPECT_EQ(triangular.scalars[0].number, 31);
  EXPECT_EQ(triangular.scalars[1].number, 60);
  EXPECT_EQ(triangular.scalars[2].number, 152);
  EXPECT_EQ(triangular.scalars[1].where, (Location{10, 8, 10}));
  EXPECT_EQ(spec.parameter_order, (std::vector<std::uint32_t>{0}));
}

TEST(ParseOnePlant, SiteAndProduction) {
  const Spec spec = parse(kOnePlant).spec;
  ASSERT_EQ(spec.sites.size(), 1U);
  ASSERT_EQ(spec.sites[0].stock.size(), 1U);
  EXPECT_EQ(spec.sites[0].stock[0].item.text, "drone");
  EXPECT_EQ(spec.sites[0].stock[0].quantity.number, 100);
  ASSERT_EQ(spec.productions.size(), 1U);
  const Production& plant = spec.productions[0];
  EXPECT_EQ(plant.site.text, "depot");
  EXPECT_EQ(plant.makes.text, "drone");
  EXPECT_EQ(plant.span.begins.kind, Kind::expression);
  EXPECT_EQ(plant.span.begins.expression, "opens");
  EXPECT_FALSE(plant.span.ends.present());
  EXPECT_EQ(plant.rate.shape, RateProfile::Shape::linear);
  EXPECT_EQ(plant.rate.from.number, 0);
  EXPECT_EQ(plant.rate.to.expression, "120/month");
  EXPECT_EQ(plant.rate.begins.expression, "opens");
  EXPECT_EQ(plant.rate.lasts.expression, "3*month");
  EXPECT_FALSE(plant.rate.value.present());
  EXPECT_EQ(plant.rate.where.line, 20U);
  EXPECT_EQ(plant.rate.to.where, (Location{20, 42, 11}));
  EXPECT_EQ(plant.variability.kind, Variability::Kind::none);
  EXPECT_FALSE(plant.batch.present());
}

TEST(ParseOnePlant, DemandAndMilestone) {
  const Spec spec = parse(kOnePlant).spec;
  ASSERT_EQ(spec.demands.size(), 1U);
  const Demand& front = spec.demands[0];
  ASSERT_EQ(front.items.size(), 1U);
  EXPECT_EQ(front.items[0].text, "drone");
  EXPECT_FALSE(front.rate.has_value());
  EXPECT_FALSE(front.backlog);
  ASSERT_EQ(front.every.kind, Kind::distribution);
  EXPECT_EQ(front.every.distribution[0].form, DistributionForm::exponential);
  EXPECT_EQ(front.every.distribution[0].scalars[0].number, 1.5);
  EXPECT_EQ(front.size.distribution[0].form, DistributionForm::negative_binomial);
  ASSERT_EQ(spec.milestones.size(), 1U);
  EXPECT_EQ(spec.milestones[0].metric.text, "stock.depot.drone");
  EXPECT_EQ(spec.milestones[0].sense, Milestone::Sense::falls_to);
  EXPECT_EQ(spec.milestones[0].threshold.number, 0);
  EXPECT_FALSE(spec.milestones[0].hold.present());
}

TEST(Parse, KeepsTheOrderOfTheFile) {
  const Spec spec = parse(head() +
                          R"([site.zoo]
stock = { nut = 1, bolt = 2, axle = 3 }
[site.alp]
[item.nut]
[item.bolt]
[item.axle]
[supply.z]
site = "zoo"
item = "nut"
rate = 1
[demand.m]
site = "zoo"
items = ["nut", "bolt"]
every = 1
size = 1
[supply.a]
site = "alp"
item = "nut"
rate = 1
)")
                        .spec;
  EXPECT_EQ(names(spec.sites), (std::vector<std::string>{"zoo", "alp"}));
  EXPECT_EQ(names(spec.items), (std::vector<std::string>{"nut", "bolt", "axle"}));
  EXPECT_EQ(names(spec.supplies), (std::vector<std::string>{"z", "a"}));
  ASSERT_EQ(spec.sites[0].stock.size(), 3U);
  EXPECT_EQ(spec.sites[0].stock[0].item.text, "nut");
  EXPECT_EQ(spec.sites[0].stock[1].item.text, "bolt");
  EXPECT_EQ(spec.sites[0].stock[2].item.text, "axle");
}

TEST(Parse, RouteKeys) {
  const Spec spec = parse(network() +
                          R"([route.sea]
from = "plant"
to = "depot"
items = ["kit", "drone"]
vehicles = 2
capacity = 40
minimum = 5
max_wait = 10
transit = 3
return = 4
loss = 0.01
attrition = 0.02
reserve = 7
loses_vehicle = true
departs = { every = 7, first = 2024-01-05 }
closed = [{ from = "12-01", to = "04-15" }, { from = 2024-07-01, to = "2024-07-01 + 9" }]
)")
                        .spec;
  ASSERT_EQ(spec.routes.size(), 1U);
  const Route& sea = spec.routes[0];
  EXPECT_EQ(sea.items[0].text, "kit");
  EXPECT_EQ(sea.items[1].text, "drone");
  EXPECT_EQ(sea.vehicles.number, 2);
  EXPECT_EQ(sea.capacity.number, 40);
  EXPECT_EQ(sea.minimum.number, 5);
  EXPECT_EQ(sea.max_wait.number, 10);
  EXPECT_EQ(sea.transit.number, 3);
  EXPECT_EQ(sea.return_time.number, 4);
  EXPECT_EQ(sea.loss.number, 0.01);
  EXPECT_EQ(sea.attrition.number, 0.02);
  EXPECT_EQ(sea.reserve.number, 7);
  EXPECT_TRUE(sea.loses_vehicle);
  EXPECT_EQ(sea.departs.every.number, 7);
  EXPECT_EQ(sea.departs.first.number, 4);
  ASSERT_EQ(sea.closed.size(), 2U);
  EXPECT_EQ(sea.closed[0].yearly_from, (MonthDay{12, 1}));
  EXPECT_EQ(sea.closed[0].yearly_to, (MonthDay{4, 15}));
  EXPECT_FALSE(sea.closed[1].yearly_from.has_value());
  EXPECT_EQ(sea.closed[1].from.number, 182);
  EXPECT_EQ(sea.closed[1].to.expression, "2024-07-01 + 9");
}

TEST(Parse, ProductionAndSupplyKeys) {
  const Spec spec = parse(network() +
                          R"x([production.line]
site = "plant"
makes = "drone"
uses = { kit = 2 }
rate = 3
variability = { cv = 0.5 }
opens = 10
closes = 90
batch = 4
yield = 0.9
total = 500
after = "first"
delay = 30
[supply.kits]
site = "plant"
item = "kit"
schedule = [[2024-03-01, 5], [9, "2*3"]]
[supply.more]
site = "plant"
item = "kit"
every = "week"
quantity = 8
[milestone.first]
metric = "supplied.kits"
reaches = 1
for = 2
[outcome.share]
value = "produced.line / max(supplied.kits, 1)"
unit = "share"
)x")
                        .spec;
  const Production& line = spec.productions[0];
  EXPECT_EQ(line.uses[0].quantity.number, 2);
  EXPECT_EQ(line.rate.shape, RateProfile::Shape::constant);
  EXPECT_EQ(line.rate.value.number, 3);
  EXPECT_EQ(line.variability.kind, Variability::Kind::gamma);
  EXPECT_EQ(line.variability.cv.number, 0.5);
  EXPECT_EQ(line.span.begins.number, 10);
  EXPECT_EQ(line.span.ends.number, 90);
  EXPECT_EQ(line.span.after.text, "first");
  EXPECT_EQ(line.span.delay.number, 30);
  EXPECT_EQ(line.batch.number, 4);
  EXPECT_EQ(line.yield.number, 0.9);
  EXPECT_EQ(line.total.number, 500);
  ASSERT_EQ(spec.supplies[0].schedule.size(), 2U);
  EXPECT_EQ(spec.supplies[0].schedule[0].when.number, 60);
  EXPECT_EQ(spec.supplies[0].schedule[1].value.expression, "2*3");
  EXPECT_EQ(spec.supplies[1].every.expression, "week");
  EXPECT_EQ(spec.supplies[1].quantity.number, 8);
  EXPECT_EQ(spec.milestones[0].hold.number, 2);
  EXPECT_EQ(spec.outcomes[0].value.text, "produced.line / max(supplied.kits, 1)");
}

TEST(Parse, TakesByteOrderMarksAndCarriageReturns) {
  std::string text = "\xEF\xBB\xBF";
  for (const char c : kOnePlant) text += c == '\n' ? std::string{"\r\n"} : std::string{c};
  const Spec spec = parse(text).spec;
  EXPECT_EQ(spec.parameters[0].value.distribution[0].scalars[1].where, (Location{10, 8, 10}));
  EXPECT_EQ(spec.milestones[0].name, "empty");
}

TEST(Parse, AnErrorFreeFileOfWarnings) {
  const Parsed parsed = parse(head("knowledge = 2023-06-01\n") + R"([parameter.idle]
value = 3
as_of = 2023-07-01
unit = "months"
)");
  ASSERT_EQ(parsed.warnings.size(), 3U);
  EXPECT_EQ(parsed.warnings[0].message, "nothing uses the parameter 'idle'");
  EXPECT_EQ(parsed.warnings[0].where, (Location{7, 12, 4}));
  EXPECT_EQ(parsed.warnings[1].message, "2023-07-01 lies after the scenario's knowledge, 2023-06-01");
  EXPECT_EQ(parsed.warnings[2].message, "unit 'months' is a description only: the values are taken in days");
}

TEST(ParseFile, SaysWhyItCannotRead) {
  const auto missing = parse_file("/no/such/file.toml").diagnostics();
  ASSERT_EQ(missing.size(), 1U);
  EXPECT_EQ(missing[0].message, "it can't be read: No such file or directory");
  EXPECT_EQ(missing[0].file, "/no/such/file.toml");
  const auto folder = parse_file("/tmp").diagnostics();
  ASSERT_EQ(folder.size(), 1U);
  EXPECT_EQ(folder[0].message, "it can't be read: Is a directory");
}

}  // namespace
}  // namespace materiel::scenario
