// Exchanges and disruptions.

#include "unit/scenario/parse_testing.h"

namespace materiel::scenario {
namespace {

using Kind = Value::Kind;

/// A network with a process of each kind.
std::string processes() {
  return network() +
         "[supply.kits]\nsite = \"plant\"\nitem = \"kit\"\nrate = 2\n"
         "[production.line]\nsite = \"plant\"\nmakes = \"drone\"\nuses = { kit = 1 }\nrate = 1\n"
         "[route.sea]\nfrom = \"plant\"\nto = \"depot\"\nitems = [\"drone\"]\ntransit = 3\n"
         "[demand.front]\nsite = \"depot\"\nitems = [\"drone\"]\nrate = 1\n";
}

std::string outage(const std::string& keys) {
  return processes() + "[disruption.outage]\n" + keys + "\n";
}

Disruption disruption_of(const std::string& keys) {
  return parse(outage(keys)).spec.disruptions[0];
}

bool says(const std::string& keys, const std::string& message) {
  return mistakes_of(outage(keys)).find(message) != std::string::npos;
}

const std::string kClosesSea = "targets = [\"route.sea\"]\nfactor = 0\nlasts = 5\n";
const std::string kRaid = "destroys = { site = \"depot\", item = \"drone\", quantity = 30 }\n";

TEST(ParseExchange, HoldingsAndLeadTime) {
  const Spec spec =
      parse(processes() +
            "[exchange.barter]\nlabel = \"Barter\"\n"
            "for = { site = \"depot\", item = \"drone\", quantity = 100 }\n"
            "gives = { site = \"plant\", item = \"kit\", quantity = { dist = \"uniform\", min = 0.5, max = 2 } }\n"
            "lead_time = \"2*week\"\n")
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
      "for = { site = \"depot\", item = \"drone\", quantity = 2.5 }\n"
      "gives = { site = \"plant\", item = \"kit\", quantity = ";
  EXPECT_EQ(mistakes_of(processes() + "[exchange.e]\n" + ends + "0.1 }\n"), "");
  EXPECT_NE(mistakes_of(processes() + "[exchange.e]\n" + ends + "0 }\n").find("'quantity' must be more than 0, not 0"),
            std::string::npos);
}

TEST(ParseExchange, HasItsMetrics) {
  EXPECT_EQ(mistakes_of(processes() + "[exchange.e]\nfor = { site = \"depot\", item = \"drone\", quantity = 1 }\n"
                                      "gives = { site = \"plant\", item = \"kit\", quantity = 1 }\n"
                                      "[milestone.paid]\nmetric = \"exchanged.e\"\nreaches = 1\n"
                                      "[outcome.rate]\nvalue = \"exchanged_rate.e\"\n"),
            "");
}

TEST(ParseDisruption, AtATime) {
  const Disruption outage = disruption_of("label = \"Strike\"\nat = 2024-02-01\nchance = 0.5\n" + kClosesSea);
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
  const Disruption outage = disruption_of("every = { dist = \"exponential\", mean = 60 }\n" + kClosesSea);
  EXPECT_EQ(outage.every.kind, Kind::distribution);
  EXPECT_FALSE(outage.at.present());
}

TEST(ParseDisruption, AfterAMilestoneThatItCausesItself) {
  const std::string hit = "[milestone.hit]\nmetric = \"destroyed.outage\"\nreaches = 1\n";
  const Disruption outage = disruption_of("after = \"hit\"\ndelay = \"week\"\n" + kRaid + hit);
  EXPECT_EQ(outage.after.text, "hit");
  EXPECT_EQ(outage.delay.expression, "week");
}

TEST(ParseDisruption, TargetsAreProcessesOrAllOfAKind) {
  const Disruption outage = disruption_of(
      "at = 5\nlasts = 3\nfactor = 0.5\n"
      "targets = [\"supply.kits\", \"production.*\", \"route.sea\", \"demand.front\"]\n");
  std::vector<std::string> targets;
  for (const Text& target : outage.targets) targets.push_back(target.text);
  EXPECT_EQ(targets, (std::vector<std::string>{"supply.kits", "production.*", "route.sea", "demand.front"}));
  EXPECT_EQ(outage.targets[1].where, (Location{33, 27, 14}));
}

TEST(ParseDisruption, TargetsMustExist) {
  const std::string rest = "at = 5\nlasts = 3\nfactor = 0\ntargets = [";
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
  EXPECT_FALSE(disruption_of("at = 5\nrecovery = \"step\"\n" + kClosesSea).linear_recovery.present());
  const Disruption slow = disruption_of("at = 5\nrecovery = { linear = \"month\" }\n" + kClosesSea);
  EXPECT_EQ(slow.linear_recovery.expression, "month");
}

TEST(ParseDisruption, DestroysAShareOrUnits) {
  const Destruction units = disruption_of("at = 5\n" + kRaid).destroys;
  EXPECT_TRUE(units.present());
  EXPECT_EQ(units.site.text, "depot");
  EXPECT_EQ(units.item.text, "drone");
  EXPECT_EQ(units.quantity.number, 30);
  EXPECT_FALSE(units.fraction.present());
  const Destruction share =
      disruption_of("at = 5\ndestroys = { site = \"depot\", item = \"drone\", fraction = 0.25 }").destroys;
  EXPECT_EQ(share.fraction.number, 0.25);
  EXPECT_FALSE(share.quantity.present());
}

TEST(ParseDisruption, OneBeginningOnly) {
  EXPECT_TRUE(says(kClosesSea, "has none of 'at', 'every', 'after'"));
  EXPECT_TRUE(says("at = 5\nevery = 3\n" + kClosesSea, "'at' and 'every' exclude each other"));
  EXPECT_TRUE(says("every = 5\ndelay = 3\n" + kClosesSea, "'delay' stands without 'after'"));
}

TEST(ParseDisruption, WhatGoesWithWhat) {
  EXPECT_TRUE(says("at = 5\nfactor = 0\n" + kRaid, "'factor' stands without 'targets'"));
  EXPECT_TRUE(says("at = 5\ntargets = [\"route.sea\"]\n" + kRaid, "'targets' needs 'factor' beside it"));
  EXPECT_TRUE(says("at = 5\ntargets = [\"route.sea\"]\nfactor = 0\n", "'factor' needs 'lasts' beside it"));
  EXPECT_TRUE(says("at = 5\nrecovery = { linear = 3 }\n" + kRaid, "'recovery' stands without 'factor'"));
  EXPECT_TRUE(says("at = 5\nlasts = 3\n", "[disruption.outage] does nothing"));
  EXPECT_EQ(mistakes_of(outage("at = 5\n" + kClosesSea + kRaid)), "");
  EXPECT_EQ(mistakes_of(outage("every = 50\nlasts = 3\n" + kRaid)), "");
}

TEST(ParseDisruption, OnlyOneThatDestroysHasAMetric) {
  const std::string hit = "[milestone.hit]\nmetric = \"destroyed.outage\"\nreaches = 1\n";
  EXPECT_EQ(mistakes_of(outage("at = 5\n" + kRaid + hit)), "");
  EXPECT_TRUE(says("at = 5\n" + kClosesSea + hit, "there is no metric 'destroyed.outage'"));
}

TEST(ParseReferences, AMetricOfAWrongProcessIsNotBlamedAgain) {
  const std::string shown =
      mistakes_of(outage("at = 5\ndestroys = { site = \"depott\", item = \"drone\", quantity = 3 }\n"
                         "[milestone.hit]\nmetric = \"destroyed.outage\"\nreaches = 1\n"
                         "[outcome.gone]\nvalue = \"destroyed.outage + destroyed.outtage\"\n"));
  EXPECT_NE(shown.find("there is no site 'depott'"), std::string::npos);
  EXPECT_EQ(shown.find("there is no metric"), std::string::npos);
  EXPECT_EQ(shown.find("unknown name 'destroyed.outage'"), std::string::npos);
  EXPECT_NE(shown.find("unknown name 'destroyed.outtage'"), std::string::npos);
}

}  // namespace
}  // namespace materiel::scenario
