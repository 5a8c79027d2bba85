// At no instant does a stock exceed its capacity: in random scenarios, in networks full of ties, and where many things
// fill small sites at the same moments.

#include <map>
#include <random>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <materiel/scenario/parse.h>

#include "property/plant_network.h"
#include "property/random_scenario.h"
#include "support/small_model.h"

namespace materiel::testing {
namespace {

/// Small sites that supplies, plants, routes and exchanges fill at whole days, and demands empty.
std::string crowded_sites(unsigned number) {
  std::mt19937 random(number);
  const auto pick = [&](std::initializer_list<int> choices) { return *(choices.begin() + random() % choices.size()); };
  const auto site = [&] { return pick({0, 1}) == 0 ? "a" : "b"; };
  const auto item = [&] { return pick({0, 1}) == 0 ? "x" : "y"; };
  std::string text = head(60, 5) + R"(
[item.x]
[item.y]
)";
  for (const char* name : {"a", "b"})
    text += fmt::format(R"(
[site.{}]
stock = {{ x = {}, y = {} }}
capacity = {}
)",
                        name, pick({0, 2}), pick({0, 3}),
                        pick({0, 1}) == 0 ? fmt::format("{}", pick({5, 9}))
                                          : fmt::format("{{ x = {}, y = {} }}", pick({4, 7}), pick({3, 6})));
  for (int i = 0; i < 3; ++i) {
    text += fmt::format(R"(
[production.p{}]
site = "{}"
makes = "{}"
rate = {}
batch = {}
)",
                        i, site(), item(), pick({1, 2}), pick({1, 2, 4}));
    if (pick({0, 1}) == 0) text += "yield = 0.7\n";
  }
  for (int i = 0; i < 2; ++i)
    text += fmt::format(R"(
[supply.s{}]
site = "{}"
item = "{}"
every = {}
quantity = {}
)",
                        i, site(), item(), pick({1, 2, 4}), pick({1, 3, 8}));
  for (int i = 0; i < 2; ++i)
    text += fmt::format(R"(
[route.r{}]
from = "{}"
to = "{}"
items = ["x", "y"]
transit = {}
vehicles = 2
)",
                        i, i == 0 ? "a" : "b", i == 0 ? "b" : "a", pick({0, 1, 2}) + 1);
  for (int i = 0; i < 2; ++i)
    text += fmt::format(R"(
[demand.d{}]
site = "{}"
items = ["{}"]
every = {}
size = {}
)",
                        i, site(), item(), pick({1, 2, 4}), pick({1, 3}));
  text += fmt::format(
      R"(
[exchange.e]
for = {{ site = "a", item = "x", quantity = 1 }}
gives = {{ site = "{}", item = "y", quantity = {} }}
)",
      site(), pick({1, 2}));
  return text;
}

/// Runs a scenario with its trace.
/// @return how often a stock of a site with a capacity changed
std::size_t expect_no_more_than_capacity(const std::string& text) {
  SCOPED_TRACE(text);
  const scenario::Spec spec = scenario::parse_text(text, "test.toml").value().spec;
  const auto model = small_model(text);
  model::Replicator replicator(model, {.max_events = 300'000});
  std::map<std::pair<std::string, std::string>, std::int64_t> stock;
  std::size_t changes = 0;
  const auto check = [&](const scenario::Site& site, const std::string& item) {
    const auto constant = [](const scenario::Value& value) {
      return value.kind == scenario::Value::Kind::number ? value.number : INFINITY;
    };
    for (const scenario::ItemQuantity& capacity : site.capacity) {
      if (capacity.item.text != item) continue;
      EXPECT_LE(static_cast<double>(stock[{site.name, item}]), constant(capacity.quantity));
    }
    double sum = 0;
    for (const scenario::Item& other : spec.items) sum += static_cast<double>(stock[{site.name, other.name}]);
    EXPECT_TRUE(!site.total_capacity.present() || sum <= constant(site.total_capacity));
    changes += site.total_capacity.present() || !site.capacity.empty() ? 1U : 0U;
  };
  replicator.trace([&](const model::TraceEntry& entry) {
    if (entry.site.empty() || !entry.stock_after) return;
    stock[{std::string{entry.site}, std::string{entry.item}}] = *entry.stock_after;
    for (const scenario::Site& site : spec.sites)
      if (site.name == entry.site) check(site, std::string{entry.item});
  });
  for (const scenario::Site& site : spec.sites)
    for (const scenario::ItemQuantity& opening : site.stock)
      if (opening.quantity.kind == scenario::Value::Kind::number)
        stock[{site.name, opening.item.text}] = static_cast<std::int64_t>(opening.quantity.number);
  std::vector<double> outcomes(model->outcomes().size());
  replicator.set_sample(3, 0);
  (void)replicator.run(0, {}, outcomes);
  return changes;
}

TEST(Capacity, HoldsAtEveryInstantOfRandomScenarios) {
  std::size_t changes = 0;
  for (unsigned number = 0; number < 100 && !HasFailure(); ++number) {
    changes += expect_no_more_than_capacity(RandomScenario(number).text());
    changes += expect_no_more_than_capacity(PlantNetwork(number).text());
    changes += expect_no_more_than_capacity(crowded_sites(number));
  }
  EXPECT_GT(changes, 10'000U);
}

}  // namespace
}  // namespace materiel::testing
