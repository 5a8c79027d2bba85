// Waiting lines and the tempo of demands.

#include <fmt/format.h>

#include "unit/scenario/parse_testing.h"

namespace materiel::scenario {
namespace {

std::string front(const std::string& keys) {
  return network() + R"([demand.front]
site = "depot"
items = ["drone"]
rate = 1
)" + keys;
}

Demand demand_of(const std::string& keys) {
  return parse(front(keys)).spec.demands[0];
}

bool says(const std::string& keys, const std::string& message) {
  return mistakes_of(front(keys)).find(message) != std::string::npos;
}

TEST(ParseDemand, WaitingLine) {
  const Demand demand = demand_of(lines("whole = true; needs = 20; priority = -3"));
  EXPECT_TRUE(demand.whole);
  EXPECT_EQ(demand.needs.number, 20);
  EXPECT_EQ(demand.priority, -3);
  EXPECT_EQ(demand_of("needs = { dist = \"uniform\", min = 5, max = 9 }").needs.kind, Value::Kind::distribution);
}

TEST(ParseDemand, WithoutWaitingLine) {
  const Demand demand = demand_of("");
  EXPECT_FALSE(demand.whole);
  EXPECT_FALSE(demand.needs.present());
  EXPECT_EQ(demand.priority, 0);
  EXPECT_TRUE(demand.states.empty());
  EXPECT_TRUE(demand.initial.text.empty());
}

TEST(ParseDemand, WhatWaitsHasABacklog) {
  const std::string owed = R"([milestone.owed]
metric = "mean_backlog.front"
reaches = 1)";
  EXPECT_EQ(mistakes_of(front(lines("needs = 5") + owed)), "");
  EXPECT_EQ(mistakes_of(front(lines("unmet = 'backlog'") + owed)), "");
  EXPECT_TRUE(says(lines("whole = true") + owed, "there is no metric 'mean_backlog.front'"));
}

TEST(ParseTempo, StatesKeepTheOrderOfTheFile) {
  const Demand demand = demand_of(
      R"(initial = "surge"
[demand.front.states]
quiet = { mean = "3*week", factor = 0 }
surge = { mean = 5, size = { dist = "poisson", mean = 30 }, next = { pause = 1, quiet = 3 } }
pause = { mean = 1 })");
  EXPECT_EQ(names(demand.states), (std::vector<std::string>{"quiet", "surge", "pause"}));
  EXPECT_EQ(demand.initial.text, "surge");
  EXPECT_EQ(demand.states[0].mean.expression, "3*week");
  EXPECT_EQ(demand.states[0].factor.kind, Value::Kind::number);
  EXPECT_EQ(demand.states[0].factor.number, 0);
  EXPECT_TRUE(demand.states[0].next.empty());
  EXPECT_FALSE(demand.states[0].size.present());
  const TempoState& surge = demand.states[1];
  EXPECT_EQ(surge.mean.number, 5);
  EXPECT_FALSE(surge.factor.present());
  EXPECT_EQ(surge.size.kind, Value::Kind::distribution);
  ASSERT_EQ(surge.next.size(), 2U);
  EXPECT_EQ(surge.next[0].state.text, "pause");
  EXPECT_EQ(surge.next[0].weight.number, 1);
  EXPECT_EQ(surge.next[1].state.text, "quiet");
  EXPECT_EQ(surge.next[1].weight.number, 3);
  EXPECT_EQ(surge.where, (Location{18, 1, 5}));
}

TEST(ParseTempo, NamesMayBeOfStatesBelow) {
  EXPECT_EQ(mistakes_of(front("states = { a = { mean = 1, next = { b = 1 } }, b = { mean = 1 } }")), "");
  EXPECT_TRUE(says("states = { a = { mean = 1, next = { c = 1 } }, b = { mean = 1 } }", "there is no state 'c'"));
}

TEST(ParseTempo, AStateAfterItselfIsAMistake) {
  EXPECT_TRUE(says("states = { a = { mean = 1, next = { a = 1 } }, b = { mean = 1 } }", "can't follow itself: 'a'"));
}

TEST(ParseTempo, NamesOfStatesAreThoseOfSections) {
  EXPECT_TRUE(says("states = { A = { mean = 1 }, b = { mean = 1 } }", "'A' can't be the name of a state"));
  EXPECT_TRUE(says("states = { \"a.b\" = { mean = 1 }, b = { mean = 1 } }", "'a.b' can't be the name of a state"));
}

TEST(ParseTempo, WithoutInitialEveryStateLeadsToEveryOther) {
  const std::string circle =
      "states = { a = { mean = 1, next = { b = 1 } }, b = { mean = 1, next = { c = 1 } }, "
      "c = { mean = 1, next = { a = 1 } } }";
  EXPECT_EQ(mistakes_of(front(circle)), "");
  const std::string transient =
      "states = { a = { mean = 1, next = { b = 1 } }, b = { mean = 1, next = { c = 1 } }, "
      "c = { mean = 1, next = { b = 1, a = 0 } } }";
  EXPECT_TRUE(says(transient, "no way leads from the state 'b' to 'a'"));
  const std::string apart =
      "states = { a = { mean = 1, next = { b = 1 } }, b = { mean = 1, next = { a = 1 } }, c = { mean = 1 } }";
  EXPECT_TRUE(says(apart, "no way leads from the state 'a' to 'c'"));
  EXPECT_EQ(mistakes_of(front(lines("initial = 'a'") + transient)), "");
  EXPECT_EQ(mistakes_of(front(lines("initial = 'c'") + apart)), "");
}

TEST(ParseTempo, AnUncertainWeightMayLeadAnywhere) {
  const std::string states =
      R"(states = { a = { mean = 1, next = { b = 1 } }, b = { mean = 1, next = { c = 1 } }, c = { mean = 1, next = { b = 1, a = "p" } } }
[parameter.p]
value = 0.5)";
  EXPECT_EQ(mistakes_of(front(states)), "");
}

TEST(ParseTempo, AMistakeInAStateIsNotBlamedOnTheChain) {
  const std::string shown =
      mistakes_of(front("states = { a = { mean = 1, next = { b = 1 } }, b = { mean = 1, next = { aa = 1, c = 1 } }, "
                        "c = { mean = 1, next = { b = 1 } } }"));
  EXPECT_NE(shown.find("there is no state 'aa'"), std::string::npos);
  EXPECT_EQ(shown.find("no way leads"), std::string::npos);
}

TEST(ParseTempo, TakesManyStates) {
  std::string states = "[demand.front.states]\n";
  constexpr int kStates = 20'000;
  for (int i = 0; i < kStates; ++i)
    states += fmt::format("s{} = {{ mean = 1, next = {{ s{} = 1 }} }}\n", i, (i + 1) % kStates);
  EXPECT_EQ(demand_of(states).states.size(), static_cast<std::size_t>(kStates));
}

}  // namespace
}  // namespace materiel::scenario
