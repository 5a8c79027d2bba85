#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <materiel/model/model.h>
#include <materiel/render/scenario_network.h>
#include <materiel/scenario/parse.h>
#include <materiel/scenario/starter_scenario.h>

#include "support/small_model.h"

namespace materiel::render {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;

NetworkGraph network_of(const std::string& text) {
  auto parsed = scenario::parse_text(text, "test.toml");
  if (!parsed) throw std::runtime_error(testing::joined(parsed.diagnostics()));
  auto compiled = model::compile(parsed.value().spec);
  if (!compiled) throw std::runtime_error(testing::joined(compiled.diagnostics()));
  return scenario_network(parsed.value().spec, model::parameter_quantiles(*compiled.value().model, 1, 1000));
}

std::string network_text(const std::string& more) {
  return testing::head(366) +
         R"(
[item.shell]
[item.fuze]
[site.plant]
stock = { fuze = 20 }
[site.depot]
label = "The depot"
capacity = { shell = 900 }
[production.works]
site = "plant"
makes = "shell"
uses = { fuze = 2 }
rate = "60/month"
[route.road]
from = "plant"
to = "depot"
items = ["shell"]
transit = 3
)" + more;
}

const NetworkNode& node_of(const NetworkGraph& graph, const std::string& name) {
  const auto found =
      std::find_if(graph.nodes.begin(), graph.nodes.end(), [&](const NetworkNode& node) { return node.name == name; });
  if (found == graph.nodes.end()) throw std::runtime_error("no node " + name);
  return *found;
}

/// "from -> to", with the row if it isn't the whole node and "acts" if it is dashed.
std::vector<std::string> arrows_of(const NetworkGraph& graph) {
  std::vector<std::string> arrows;
  for (const NetworkEdge& edge : graph.edges) {
    std::string arrow = graph.nodes[edge.from].name + " -> " + graph.nodes[edge.to].name;
    if (edge.row != NetworkEdge::kWhole) arrow += ":" + graph.nodes[edge.to].rows[edge.row].title;
    arrows.push_back(arrow + (edge.acts ? " acts" : ""));
  }
  return arrows;
}

TEST(ScenarioNetwork, SitesHoldStockAndProductions) {
  const NetworkGraph graph = network_of(network_text(""));
  const NetworkNode& plant = node_of(graph, "site.plant");
  ASSERT_EQ(plant.rows.size(), 2U);
  EXPECT_THAT(plant.rows[0].lines, ElementsAre("fuze: 20", "shell: 0"));
  EXPECT_THAT(plant.rows[1].lines, ElementsAre("2 fuze → shell", "60/month"));
  const NetworkNode& depot = node_of(graph, "site.depot");
  EXPECT_EQ(depot.title, "The depot");
  EXPECT_THAT(depot.rows[0].lines, ElementsAre("shell: 0, room for 900"));
  EXPECT_THAT(arrows_of(graph), ElementsAre("site.plant -> route.road", "route.road -> site.depot"));
}

TEST(ScenarioNetwork, RoutesSayTheirRules) {
  const NetworkGraph graph = network_of(network_text(
      R"(
vehicles = 1
capacity = 40
minimum = 10
max_wait = 7
loss = 0.02
loses_vehicle = true
attrition = 0.1
departs = { every = 2, first = 2024-01-05 }
closed = [{ from = "12-01", to = "02-15" }]
reserve = 3
order = { point = 5, up_to = 30, review = 1 }
)"));
  EXPECT_THAT(
      node_of(graph, "route.road").rows[0].lines,
      ElementsAre("shell", "orders up to 30 at 5 or less", "reviewed every 1 day", "1 vehicle", "up to 40 a trip",
                  "leaves with 10 or more", "or after 7 days", "3 stay at the origin", "departs every 2 days",
                  "first on 2024-01-05", "transit 3 days", "closed 12-01 to 02-15, every year", "2 % of trips are lost",
                  "a lost trip loses its vehicle", "10 % of units are lost"));
}

TEST(ScenarioNetwork, DemandsSayTheirTempo) {
  const NetworkGraph graph = network_of(network_text(
      R"(
[demand.front]
site = "depot"
items = ["shell"]
every = 2
size = 9
unmet = "backlog"
whole = true
needs = 4
reserve = 1
priority = 3
begins = 2024-02-01
states = { quiet = { mean = 20, factor = 0.5 }, surge = { mean = 5, size = 30 } }
)"));
  EXPECT_THAT(node_of(graph, "demand.front").rows[0].lines,
              ElementsAre("shell", "9 every 2 days", "quiet: 20 days, rate × 0.5", "surge: 5 days, size 30",
                          "what is not there is owed", "met whole or not at all",
                          "takes nothing while fewer than 4 are there", "leaves 1", "from 2024-02-01", "priority 3"));
  EXPECT_THAT(arrows_of(graph), Contains("site.depot -> demand.front"));
}

TEST(ScenarioNetwork, DisruptionsPointAtWhatTheyActOn) {
  const NetworkGraph graph = network_of(network_text(
      R"(
[disruption.strike]
at = 2024-03-01
lasts = 10
factor = 0
targets = ["production.works", "route.*"]
recovery = { linear = 5 }
chance = 0.5
[disruption.fire]
at = 2024-03-01
destroys = { site = "depot", item = "shell", fraction = 0.4 }
)"));
  EXPECT_THAT(node_of(graph, "disruption.strike").rows[0].lines,
              ElementsAre("on 2024-03-01", "with a probability of 50 %", "closed for 10 days", "recovers over 5 days"));
  EXPECT_THAT(node_of(graph, "disruption.fire").rows[0].lines,
              ElementsAre("on 2024-03-01", "destroys 40 % of shell at depot"));
  const std::vector<std::string> arrows = arrows_of(graph);
  EXPECT_THAT(arrows, Contains("disruption.strike -> site.plant:works acts"));
  EXPECT_THAT(arrows, Contains("disruption.strike -> route.road acts"));
  EXPECT_THAT(arrows, Contains("disruption.fire -> site.depot acts"));
  EXPECT_EQ(arrows.size(), 5U);
}

TEST(ScenarioNetwork, ExchangesJoinTheSitesTheyTradeAt) {
  const NetworkGraph graph = network_of(network_text(
      R"(
[site.bank]
[item.cash]
[exchange.barter]
for = { site = "depot", item = "shell", quantity = 10 }
gives = { site = "bank", item = "cash", quantity = 3 }
lead_time = 30
)"));
  EXPECT_THAT(node_of(graph, "exchange.barter").rows[0].lines,
              ElementsAre("for 10 shell at depot", "gives 3 cash at bank", "30 days later"));
  EXPECT_THAT(arrows_of(graph), Contains("site.depot -> exchange.barter acts"));
  EXPECT_THAT(arrows_of(graph), Contains("exchange.barter -> site.bank"));
}

TEST(ScenarioNetwork, ProductionsSayWhatLimitsThem) {
  const NetworkGraph graph = network_of(network_text(R"(
[milestone.ready]
label = "Ready"
metric = "stock.depot.shell"
reaches = 5
for = 2
[production.more]
site = "plant"
makes = "shell"
rate = "30/month"
variability = { cv = 0.5 }
batch = 5
yield = 0.9
total = 100
opens = 2024-02-01
after = "ready"
delay = 3
breakdowns = { uptime = 30, repair = 2 }
learning = { slope = 0.85, reference = 50, ceiling = "90/month" }
)"));
  EXPECT_THAT(node_of(graph, "site.plant").rows[2].lines,
              ElementsAre("→ shell", "30/month, cv 0.5", "batches of 5", "90 % are good", "opens 2024-02-01",
                          "after \"Ready\" + 3 days", "100 in all", "up 30 days, down 2 days",
                          "learning: 85 % of the labour when output doubles, full rate at 50, at most 90/month"));
  ASSERT_EQ(graph.milestones.size(), 1U);
  EXPECT_EQ(graph.milestones[0].title, "Ready");
  EXPECT_EQ(graph.milestones[0].condition, "Stock of shell at depot ≥ 5 for 2 days");
}

TEST(ScenarioNetwork, SuppliesSayHowUnitsCome) {
  const NetworkGraph graph = network_of(network_text(
      R"(
[supply.lots]
site = "plant"
item = "fuze"
every = 14
quantity = 30
total = 300
[supply.stream]
site = "plant"
item = "fuze"
rate = 1
variability = "poisson"
ends = 2024-06-01
[supply.dates]
site = "plant"
item = "fuze"
schedule = [[2024-02-01, 7]]
)"));
  EXPECT_THAT(node_of(graph, "supply.lots").rows[0].lines, ElementsAre("fuze", "30 every 14 days", "300 in all"));
  EXPECT_THAT(node_of(graph, "supply.stream").rows[0].lines,
              ElementsAre("fuze", "30.4/month, Poisson", "until 2024-06-01"));
  EXPECT_THAT(node_of(graph, "supply.dates").rows[0].lines, ElementsAre("fuze", "7 on 2024-02-01"));
}

TEST(StarterScenario, IsRightAndShowsEveryBasicKind) {
  const NetworkGraph graph = network_of(std::string(scenario::starter_scenario()));
  for (const NetworkNode::Kind kind :
       {NetworkNode::Kind::site, NetworkNode::Kind::supply, NetworkNode::Kind::route, NetworkNode::Kind::demand}) {
    EXPECT_TRUE(
        std::any_of(graph.nodes.begin(), graph.nodes.end(), [&](const auto& node) { return node.kind == kind; }));
  }
  EXPECT_FALSE(graph.milestones.empty());
  EXPECT_FALSE(graph.outcomes.empty());
}

}  // namespace
}  // namespace materiel::render
