// Scenarios printed as files, and equality by meaning.

#include <filesystem>
#include <functional>

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
           "value = \"2024-02-29 + 0.5\"",
           "value = 0.1\nunit = \"month\"",
           "value = 1.7\nunit = \"/year\"",
           "value = 5\nunit = \"drones \\\"a\\\\b\\\"\\n\"",
           "value = \"2 + 3\"\nunit = \"month\"",
           "value = \"2 + 3\"\nunit = \"/month\"",
           "dist = \"constant\"\nvalue = 2",
           "dist = \"uniform\"\nmin = 2024-01-01\nmax = 2024-03-01",
           "dist = \"uniform\"\nmin = 2024-01-01\nmax = 90",
           "dist = \"uniform\"\nmin = 2024-01-01\nmax = 90.5",
           "dist = \"uniform\"\nmin = 2024-01-01\nmax = 1000000",
           "dist = \"uniform\"\nmin = 2024-01-01\nmax = 2024-03-01\nunit = \"month\"",
           "dist = \"normal\"\nmean = 3\nsd = 1",
           "dist = \"normal\"\nmean = 3\nsd = 1\nmax = 5\nunit = \"month\"",
           "dist = \"normal\"\nmean = 2024-03-01\nsd = 10\nmin = 2024-02-01",
           "dist = \"pert\"\nmin = 1\nmode = 2\nmax = 4",
           "dist = \"beta\"\na = 2\nb = 3\nmax = 2024-06-01",
           "dist = \"lognormal\"\nmedian = 6\ngsd = 1.4\nunit = \"/week\"",
           "dist = \"quantiles\"\np = [0, 0.5, 1]\nx = [\"2*week\", 20, 30]",
           "dist = \"discrete\"\nvalues = [2024-01-05, 2024-02-05]\nweights = [1, 2.5]",
           "dist = \"empirical\"\nvalues = [1, 2, 2, 7]\nunit = \"day\"",
       }) {
    SCOPED_TRACE(keys);
    read_back(parse(with_parameter(keys)).spec);
  }
}

TEST(ToToml, FindsANumberThatTheUnitMultipliesBackExactly) {
  double written = 0.1;
  for (int i = 0; i < 2000; ++i, written *= 1.0137) {
    for (const char* unit : {"week", "month", "year", "/week", "/month", "/year"}) {
      const Spec spec = parse(with_parameter("value = " + std::to_string(written) + "\nunit = \"" + unit + "\"")).spec;
      ASSERT_TRUE(same_meaning(parse(to_toml(spec)).spec, spec)) << written << " " << unit;
    }
  }
}

TEST(ToToml, MeansTheSameInAnyOrderOfSuppliesAndProductions) {
  const auto file = [](bool production_first) {
    const std::string supply = "[supply.s]\nsite = \"plant\"\nitem = \"kit\"\nevery = 1\nquantity = 1\n";
    const std::string production = "[production.p]\nsite = \"plant\"\nmakes = \"kit\"\nrate = 1\n";
    return network() + (production_first ? production + supply : supply + production);
  };
  EXPECT_TRUE(same_meaning(parse(file(true)).spec, parse(file(false)).spec));
  read_back(parse(file(true)).spec);
  read_back(parse(file(false)).spec);
}

TEST(ToToml, KeepsTextsThatNeedEscapes) {
  const Spec spec = read_back(parse(head("title = \"a\\\\b \\\"c\\\"\\n\\u0001\\u007f ü\"\n"
                                         "authors = [\"one, two\", \"\"]\n") +
                                    "[item.x]\nunit = \"\"\n[site.a]\nlabel = '''it's'''\n"
                                    "[demand.d]\nsite = \"a\"\nitems = [\"x\"]\nevery = 1\nsize = 1\n"
                                    "states = { very_quiet = { mean = 1 }, loud = { mean = 2, "
                                    "next = { very_quiet = 1 } } }\ninitial = \"very_quiet\"\n")
                                  .spec);
  EXPECT_EQ(spec.title, "a\\b \"c\"\n\x01\x7f ü");
  EXPECT_EQ(spec.items.front().unit, "");
}

TEST(ToToml, WritesTheValuesThatAnAlternativeSet) {
  const std::string text =
      network() +
      "[alternative.more]\nset = { \"site.depot.stock.drone\" = 7 }\n"
      "[alternative.odd]\nextends = \"more\"\nset = { \"site.depot.capacity\" = { drone = 2e15, kit = 0.0 } }\n";
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
                          "[parameter.p]\ndist = \"uniform\"\nmin = 1\nmax = 2\n"
                          "[supply.s]\nsite = \"plant\"\nitem = \"kit\"\nschedule = [[\"p\", 1]]\n"
                          "[route.r]\nfrom = \"plant\"\nto = \"depot\"\nitems = [\"kit\"]\ntransit = 1\n"
                          "closed = [{ from = \"01-01\", to = \"02-01\" }]\n"
                          "[alternative.a]\nset = { \"route.r.transit\" = 2 }\n")
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
