// Scenarios printed as files, and equality by meaning.

#include <filesystem>
#include <functional>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <materiel/scenario/print.h>
#include <materiel/scenario/same_meaning.h>

#include "unit/scenario/parse_testing.h"

namespace materiel::scenario {
namespace {

/// What comes back when a scenario is printed and read again; says where it doesn't.
Spec read_back(const Spec& spec) {
  const std::string printed = to_toml(spec);
  Spec back = parse(printed).spec;
  EXPECT_TRUE(same_meaning(back, spec)) << printed;
  EXPECT_EQ(to_toml(back), printed);
  return back;
}

TEST(ToToml, KeepsEveryShippedScenario) {
  const std::filesystem::path folder = std::filesystem::path(MATERIEL_SOURCE_DIR) / "scenarios";
  int files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".toml" || entry.path().parent_path().filename() == "invalid") continue;
    SCOPED_TRACE(entry.path().string());
    const auto parsed = parse_file(entry.path().string());
    ASSERT_TRUE(parsed);
    read_back(parsed.value().spec);
    for (const Alternative& alternative : parsed.value().spec.alternatives)
      read_back(parse_file(entry.path().string(), {}, alternative.name).value().spec);
    ++files;
  }
  EXPECT_GT(files, 20);
}

TEST(ToToml, KeepsParametersOfEveryForm) {
  for (const char* keys : {
           "value = 3",
           "value = 1e300",
           "value = -0.0",
           "value = 9007199254740993",
           "value = true",
           "value = 2024-02-29",
           "value = '2024-02-29 + 0.5'",
           "value = 0.1; unit = 'month'",
           "value = 1.7; unit = '/year'",
           R"(value = 5; unit = "drones \"a\\b\"\n")",
           "value = '2 + 3'; unit = 'month'",
           "value = '2 + 3'; unit = '/month'",
           "dist = 'constant'; value = 2",
           "dist = 'uniform'; min = 2024-01-01; max = 2024-03-01",
           "dist = 'uniform'; min = 2024-01-01; max = 90",
           "dist = 'uniform'; min = 2024-01-01; max = 90.5",
           "dist = 'uniform'; min = 2024-01-01; max = 1000000",
           "dist = 'uniform'; min = 2024-01-01; max = 2024-03-01; unit = 'month'",
           "dist = 'normal'; mean = 3; sd = 1",
           "dist = 'normal'; mean = 3; sd = 1; max = 5; unit = 'month'",
           "dist = 'normal'; mean = 2024-03-01; sd = 10; min = 2024-02-01",
           "dist = 'pert'; min = 1; mode = 2; max = 4",
           "dist = 'beta'; a = 2; b = 3; max = 2024-06-01",
           "dist = 'lognormal'; median = 6; gsd = 1.4; unit = '/week'",
           "dist = 'quantiles'; p = [0, 0.5, 1]; x = ['2*week', 20, 30]",
           "dist = 'discrete'; values = [2024-01-05, 2024-02-05]; weights = [1, 2.5]",
           "dist = 'empirical'; values = [1, 2, 2, 7]; unit = 'day'",
       }) {
    SCOPED_TRACE(keys);
    read_back(parse(with_parameter(lines(keys))).spec);
  }
}

TEST(ToToml, FindsANumberThatTheUnitMultipliesBackExactly) {
  double written = 0.1;
  for (int i = 0; i < 2000; ++i, written *= 1.0137) {
    for (const char* unit : {"week", "month", "year", "/week", "/month", "/year"}) {
      const Spec spec = parse(with_parameter(lines(fmt::format("value = {:f}; unit = '{}'", written, unit)))).spec;
      ASSERT_TRUE(same_meaning(parse(to_toml(spec)).spec, spec)) << written << " " << unit;
    }
  }
}

TEST(ToToml, MeansTheSameInAnyOrderOfSuppliesAndProductions) {
  const auto file = [](bool production_first) {
    const std::string supply = R"([supply.s]
site = "plant"
item = "kit"
every = 1
quantity = 1
)";
    const std::string production = R"([production.p]
site = "plant"
makes = "kit"
rate = 1
)";
    return network() + (production_first ? production + supply : supply + production);
  };
  EXPECT_TRUE(same_meaning(parse(file(true)).spec, parse(file(false)).spec));
  read_back(parse(file(true)).spec);
  read_back(parse(file(false)).spec);
}

TEST(ToToml, KeepsTextsThatNeedEscapes) {
  const Spec spec = read_back(parse(head("title = \"a\\\\b \\\"c\\\"\\n\\u0001\\u007f ü\"\n"
                                         "authors = [\"one, two\", \"\"]\n") +
                                    R"([item.x]
unit = ""
[site.a]
label = '''it's'''
[demand.d]
site = "a"
items = ["x"]
every = 1
size = 1
states = { very_quiet = { mean = 1 }, loud = { mean = 2, next = { very_quiet = 1 } } }
initial = "very_quiet"
)")
                                  .spec);
  EXPECT_EQ(spec.title, "a\\b \"c\"\n\x01\x7f ü");
  EXPECT_EQ(spec.items.front().unit, "");
}

TEST(ToToml, WritesTheValuesThatAnAlternativeSet) {
  const std::string text = network() +
                           R"([alternative.more]
set = { "site.depot.stock.drone" = 7 }
[alternative.odd]
extends = "more"
set = { "site.depot.capacity" = { drone = 2e15, kit = 0.0 } }
)";
  read_back(parse(text).spec);
  const Spec more = parse_text(text, "test.toml", {}, "more").value().spec;
  EXPECT_EQ(read_back(more).sites[1].stock[0].quantity.number, 7);
}

TEST(SameMeaning, IgnoresPlacesAndTheFile) {
  const Spec one = parse(network()).spec;
  const Spec other = parse_text("# moved\n\n" + network(), "other.toml").value().spec;
  ASSERT_NE(one.items[0].where, other.items[0].where);
  EXPECT_TRUE(same_meaning(one, other));
}

TEST(SameMeaning, SeesEveryChange) {
  const Spec spec = parse(network() +
                          R"([parameter.p]
dist = "uniform"
min = 1
max = 2
[supply.s]
site = "plant"
item = "kit"
schedule = [["p", 1]]
[route.r]
from = "plant"
to = "depot"
items = ["kit"]
transit = 1
closed = [{ from = "01-01", to = "02-01" }]
[alternative.a]
set = { "route.r.transit" = 2 }
)")
                        .spec;
  const std::vector<std::function<void(Spec&)>> changes{
      [](Spec& s) { s.title = "x"; },
      [](Spec& s) { s.end = s.end.plus(1); },
      [](Spec& s) { s.knowledge = s.start; },
      [](Spec& s) { s.observe_every = 3; },
      [](Spec& s) { s.items.pop_back(); },
      [](Spec& s) { std::swap(s.items[0], s.items[1]); },
      [](Spec& s) { s.parameters[0].is_date = true; },
      [](Spec& s) { s.parameters[0].value.distribution[0].scale = 7; },
      [](Spec& s) { s.parameters[0].value.distribution[0].scalars[1].number = 3; },
      [](Spec& s) { s.sites[1].stock[0].quantity.number += 1; },
      [](Spec& s) { s.sites[1].total_capacity = Value::of(3); },
      [](Spec& s) { s.supplies[0].rate.emplace(); },
      [](Spec& s) { s.supplies[0].schedule[0].when.expression = "p+0"; },
      [](Spec& s) { s.supplies[0].span.after.text = "m"; },
      [](Spec& s) { s.routes[0].loses_vehicle = true; },
      [](Spec& s) { s.routes[0].closed[0].yearly_from->day = 2; },
      [](Spec& s) { s.routes[0].order.up_to = Value::of(3); },
      [](Spec& s) { s.alternatives[0].set[0].value = "3"; },
  };
  for (std::size_t i = 0; i < changes.size(); ++i) {
    Spec changed = spec;
    changes[i](changed);
    EXPECT_FALSE(same_meaning(spec, changed)) << "change " << i;
  }
}

}  // namespace
}  // namespace materiel::scenario
