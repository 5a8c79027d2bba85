// The order of a scenario's sections decides nothing: not who gets a scarce unit, nor what is drawn, nor the last bit
// of a sum. Random scenarios and networks made to have as many ties as possible give the same numbers in any order.

#include <algorithm>
#include <map>
#include <random>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "property/plant_network.h"
#include "property/random_scenario.h"
#include "support/small_model.h"

namespace materiel::testing {
namespace {

/// The scenario's sections in another order; its head stays first.
std::string shuffled(const std::string& text, unsigned number) {
  std::vector<std::string> sections;
  for (std::size_t begin = text.find("\n[") + 1; begin != 0 && begin < text.size();) {
    const std::size_t end = text.find("\n[", begin) + 1;
    sections.push_back(text.substr(begin, end == 0 ? std::string::npos : end - begin));
    if (sections.back().back() != '\n') sections.back() += '\n';
    begin = end;
  }
  std::mt19937 random(number);
  for (std::size_t i = sections.size(); i > 1; --i)
    std::swap(sections[i - 1], sections[random() % i]);  // the same on every platform
  std::string all = text.substr(0, text.find("\n[") + 1);
  for (const std::string& section : sections) all += section;
  return all;
}

/// All that replications give, by name.
std::map<std::string, std::vector<std::uint64_t>> results(const std::string& text) {
  std::map<std::string, std::vector<std::uint64_t>> all;
  SmallRun run(text, {.max_events = 300'000});
  const auto& metrics = run.model().metrics();
  for (std::uint32_t sample = 0; sample < 2; ++sample) {
    run.run(sample);
    auto& report = all["report"];
    report.insert(report.end(), {run.report().ok, run.report().events});
    if (!run.report().ok) continue;
    for (const auto& outcome : run.model().outcomes()) {
      const auto value = bits({run.outcome(outcome.name)});
      all["outcome " + outcome.name].push_back(value.front());
    }
    for (std::size_t k = 0; k < run.model().observation_days().size(); ++k)
      for (std::size_t m = 0; m < metrics.size(); ++m)
        all[metrics[m].name].push_back(std::bit_cast<std::uint64_t>(run.observations()[k * metrics.size() + m]));
    for (std::size_t p = 0; p < run.parameters().size(); ++p)
      all["parameter " + run.model().parameters()[p].name].push_back(std::bit_cast<std::uint64_t>(run.parameters()[p]));
  }
  return all;
}

void expect_any_order_gives_the_same(const std::string& text, unsigned number) {
  const auto expected = results(text);
  for (unsigned order = 0; order < 2; ++order) {
    const std::string other = shuffled(text, 1000 * order + number);
    const auto found = results(other);
    ASSERT_EQ(found.size(), expected.size());
    for (const auto& [name, values] : expected)
      ASSERT_TRUE(found.at(name) == values) << name << " differs in\n" << text << "\nand\n" << other;
  }
}

#ifdef MATERIEL_INSTRUMENTED
constexpr unsigned kScenarios = 30;
#else
constexpr unsigned kScenarios = 200;
#endif

TEST(OrderOfSections, DecidesNothingInAnyScenario) {
  for (unsigned number = 0; number < kScenarios && !HasFatalFailure(); ++number)
    expect_any_order_gives_the_same(RandomScenario(number).text(), number);
}

TEST(OrderOfSections, DecidesNothingInNetworksFullOfTies) {
  for (unsigned number = 0; number < kScenarios && !HasFatalFailure(); ++number)
    expect_any_order_gives_the_same(PlantNetwork(number).text(), number);
}

TEST(OrderOfSections, DecidesNothingAmongCorrelatedParametersAndFactors) {
  std::string text = head(60) + R"(
[item.x]
[site.a]
stock = { x = 50 }
)";
  for (const char* name : {"u", "q", "v", "b"})
    text += fmt::format(R"(
[parameter.{}]
dist = "lognormal"
mean = 1
cv = 0.3
)",
                        name);
  text += R"(
[correlation]
pairs = [["v", "b", 0.6], ["u", "q", -0.4], ["q", "b", 0.3]]
)";
  for (const char* name : {"z", "m", "c"})  // whose factors multiply to another number in another order
    text += fmt::format(R"(
[disruption.{0}]
at = 5
lasts = 40
targets = ["supply.s"]
factor = "0.7 * {1}"
)",
                        name,
                        name[0] == 'z'   ? "u"
                        : name[0] == 'm' ? "v"
                                         : "b");
  text += R"(
[supply.s]
site = "a"
item = "x"
rate = "2 * q"
)";
  for (unsigned number = 0; number < 20; ++number) expect_any_order_gives_the_same(text, number);
}

TEST(OrderOfSections, LeavesNamesToDecideTies) {
  // One unit a day for two demands: byte by byte, plant-10 comes before plant-9, and Z before a.
  const std::string demand = R"(]
site = "a"
items = ["x"]
every = 1
size = 1
)";
  SmallRun run(head(10) + R"(
[item.x]
[site.a]
[supply.s]
site = "a"
item = "x"
every = 1
quantity = 1
[demand.plant-9)" +
               demand + "[demand.plant-10" + demand);
  EXPECT_EQ(run.run()["consumed.plant-10"], 9);
  EXPECT_EQ(run["consumed.plant-9"], 0);
}

}  // namespace
}  // namespace materiel::testing
