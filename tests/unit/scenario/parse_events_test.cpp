// Exchanges and disruptions.

#include "unit/scenario/parse_testing.h"

namespace materiel::scenario {
namespace {

using Kind = Value::Kind;

/// A network with a process of each kind.
std::string processes() {
  return network() +
         R"([supply.kits]
site = "plant"
item = "kit"
rate = 2
[production.line]
site = "plant"
makes = "drone"
uses = { kit = 1 }
rate = 1
[route.sea]
from = "plant"
to = "depot"
items = ["drone"]
transit = 3
[demand.front]
site = "depot"
items = ["drone"]
rate = 1
)";
}

std::string outage(const std::string& keys) {
  return processes() + "[disruption.outage]\n" + keys;
}

Disruption disruption_of(const std::string& keys) {
  return parse(outage(keys)).spec.disruptions[0];
}

bool says(const std::string& keys, const std::string& message) {
  return mistakes_of(outage(keys)).find(message) != std::string::npos;
}

const std::string kClosesSea = lines("targets = ['route.sea']; factor = 0; lasts = 5");
const std::string kRaid = lines("destroys = { site = 'depot', item = 'drone', quantity = 30 }");

TEST(ParseExchange, HoldingsAndLeadTime) {
  const Spec spec = parse(processes() +
                          R"([exchange.barter]
label = "Barter"
for = { site = "depot", item = "drone", quantity = 100 }
gives = { site = "plant", item = "kit", quantity = { dist = "uniform", min = 0.5, max = 2 } }
lead_time = "2*week"
)")
                        .spec;
  ASSERT_EQ(spec.exchanges.size(), 1U);
  const Exchange& barter = spec.exchanges[0];
  EXPECT_EQ(barter.name, "barter");
  EXPECT_EQ(barter.label, "Barter");
  EXPECT_EQ(barter.earned_by.site.text, "depot");
  EXPECT_EQ(barter.earned_by.item.text, "drone");
  EXPECT_EQ(barter.earned_by.quantity.number, 100);
  EXPECT_EQ(barter.gives.site.text, "plant");
  EXPECT_EQ(barter.gives.item.text, "kit");
  EXPECT_EQ(barter.gives.quantity.kind, Kind::distribution);
  EXPECT_EQ(barter.lead_time.expression, "2*week");
}

TEST(ParseExchange, QuantitiesNeedNotBeWhole) {
  const std::string ends =
      R"(for = { site = "depot", item = "drone", quantity = 2.5 }
gives = { site = "plant", item = "kit", quantity = )";
  EXPECT_EQ(mistakes_of(processes() + "[exchange.e]\n" + ends + "0.1 }\n"), "");
  EXPECT_NE(mistakes_of(processes() + "[exchange.e]\n" + ends + "0 }\n").find("'quantity' must be more than 0, not 0"),
            std::string::npos);
}

TEST(ParseExchange, HasItsMetrics) {
  EXPECT_EQ(mistakes_of(processes() + R"([exchange.e]
for = { site = "depot", item = "drone", quantity = 1 }
gives = { site = "plant", item = "kit", quantity = 1 }
[milestone.paid]
metric = "exchanged.e"
reaches = 1
[outcome.rate]
value = "exchanged_rate.e"
)"),
            "");
}

TEST(ParseDisruption, AtATime) {
  const Disruption outage = disruption_of(lines("label = 'Strike'; at = 2024-02-01; chance = 0.5") + kClosesSea);
  EXPECT_EQ(outage.name, "outage");
  EXPECT_EQ(outage.label, "Strike");
  EXPECT_EQ(outage.at.number, 31);
  EXPECT_EQ(outage.lasts.number, 5);
  EXPECT_EQ(outage.factor.kind, Kind::number);
  EXPECT_EQ(outage.factor.number, 0);
  EXPECT_EQ(outage.chance.number, 0.5);
  EXPECT_FALSE(outage.every.present());
  EXPECT_FALSE(outage.linear_recovery.present());
  EXPECT_FALSE(outage.destroys.present());
}

TEST(ParseDisruption, AgainAndAgain) {
  const Disruption outage = disruption_of(lines("every = { dist = 'exponential', mean = 60 }") + kClosesSea);
  EXPECT_EQ(outage.every.kind, Kind::distribution);
  EXPECT_FALSE(outage.at.present());
}

TEST(ParseDisruption, AfterAMilestoneThatItCausesItself) {
  const std::string hit = R"([milestone.hit]
metric = "destroyed.outage"
reaches = 1
)";
  const Disruption outage = disruption_of(lines("after = 'hit'; delay = 'week'") + kRaid + hit);
  EXPECT_EQ(outage.after.text, "hit");
  EXPECT_EQ(outage.delay.expression, "week");
}

TEST(ParseDisruption, TargetsAreProcessesOrAllOfAKind) {
  const Disruption outage = disruption_of(
      R"(at = 5
lasts = 3
factor = 0.5
targets = ["supply.kits", "production.*", "route.sea", "demand.front"]
)");
  std::vector<std::string> targets;
  for (const Text& target : outage.targets) targets.push_back(target.text);
  EXPECT_EQ(targets, (std::vector<std::string>{"supply.kits", "production.*", "route.sea", "demand.front"}));
  EXPECT_EQ(outage.targets[1].where, (Location{33, 27, 14}));
}

TEST(ParseDisruption, TargetsMustExist) {
  const std::string rest = lines("at = 5; lasts = 3; factor = 0") + "targets = [";
  EXPECT_TRUE(says(rest + "\"route.see\"]", "did you mean 'route.sea'?"));
  EXPECT_TRUE(says(rest + "\"sea\"]", "did you mean 'route.sea'?"));
  EXPECT_TRUE(says(rest + "\"route.\"]", "there is no process 'route.'"));
  EXPECT_TRUE(says(rest + "\"route.line\"]", "there is no process 'route.line'"));
  EXPECT_TRUE(says(rest + "\"site.depot\"]", "there is no process 'site.depot'"));
  EXPECT_TRUE(says(rest + "\"*\"]", "there is no process '*'"));
  EXPECT_TRUE(says(rest + "\"route.sea\", \"route.sea\"]", "'route.sea' stands twice in 'targets'"));
  EXPECT_NE(mistakes_of(network() + "[disruption.d]\n" + rest + "\"supply.*\"]\n").find("there are no processes"),
            std::string::npos);
}

TEST(ParseDisruption, Recovery) {
  EXPECT_FALSE(disruption_of(lines("at = 5; recovery = 'step'") + kClosesSea).linear_recovery.present());
  const Disruption slow = disruption_of(lines("at = 5; recovery = { linear = 'month' }") + kClosesSea);
  EXPECT_EQ(slow.linear_recovery.expression, "month");
}

TEST(ParseDisruption, DestroysAShareOrUnits) {
  const Destruction units = disruption_of(lines("at = 5") + kRaid).destroys;
  EXPECT_TRUE(units.present());
  EXPECT_EQ(units.site.text, "depot");
  EXPECT_EQ(units.item.text, "drone");
  EXPECT_EQ(units.quantity.number, 30);
  EXPECT_FALSE(units.fraction.present());
  const Destruction share =
      disruption_of(lines("at = 5; destroys = { site = 'depot', item = 'drone', fraction = 0.25 }")).destroys;
  EXPECT_EQ(share.fraction.number, 0.25);
  EXPECT_FALSE(share.quantity.present());
}

TEST(ParseDisruption, OneBeginningOnly) {
  EXPECT_TRUE(says(kClosesSea, "has none of 'at', 'every', 'after'"));
  EXPECT_TRUE(says(lines("at = 5; every = 3") + kClosesSea, "'at' and 'every' exclude each other"));
  EXPECT_TRUE(says(lines("every = 5; delay = 3") + kClosesSea, "'delay' stands without 'after'"));
}

TEST(ParseDisruption, WhatGoesWithWhat) {
  EXPECT_TRUE(says(lines("at = 5; factor = 0") + kRaid, "'factor' stands without 'targets'"));
  EXPECT_TRUE(says(lines("at = 5; targets = ['route.sea']") + kRaid, "'targets' needs 'factor' beside it"));
  EXPECT_TRUE(says(lines("at = 5; targets = ['route.sea']; factor = 0"), "'factor' needs 'lasts' beside it"));
  EXPECT_TRUE(says(lines("at = 5; recovery = { linear = 3 }") + kRaid, "'recovery' stands without 'factor'"));
  EXPECT_TRUE(says(lines("at = 5; lasts = 3"), "[disruption.outage] does nothing"));
  EXPECT_EQ(mistakes_of(outage(lines("at = 5") + kClosesSea + kRaid)), "");
  EXPECT_EQ(mistakes_of(outage(lines("every = 50; lasts = 3") + kRaid)), "");
}

TEST(ParseDisruption, OnlyOneThatDestroysHasAMetric) {
  const std::string hit = R"([milestone.hit]
metric = "destroyed.outage"
reaches = 1
)";
  EXPECT_EQ(mistakes_of(outage(lines("at = 5") + kRaid + hit)), "");
  EXPECT_TRUE(says(lines("at = 5") + kClosesSea + hit, "there is no metric 'destroyed.outage'"));
}

TEST(ParseReferences, AMetricOfAWrongProcessIsNotBlamedAgain) {
  const std::string shown = mistakes_of(outage(R"(at = 5
destroys = { site = "depott", item = "drone", quantity = 3 }
[milestone.hit]
metric = "destroyed.outage"
reaches = 1
[outcome.gone]
value = "destroyed.outage + destroyed.outtage"
)"));
  EXPECT_NE(shown.find("there is no site 'depott'"), std::string::npos);
  EXPECT_EQ(shown.find("there is no metric"), std::string::npos);
  EXPECT_EQ(shown.find("unknown name 'destroyed.outage'"), std::string::npos);
  EXPECT_NE(shown.find("unknown name 'destroyed.outtage'"), std::string::npos);
}

}  // namespace
}  // namespace materiel::scenario
