#include "scenario/json_schema_rules.h"

#include <array>
#include <vector>

namespace materiel::scenario {
namespace {

/// A key that stands only together with others.
struct Dependency {
  std::string_view key;
  std::vector<std::string_view> needs;
};

struct Rules {
  std::string_view table;
  std::vector<std::string_view> one_of;  ///< exactly one of these keys is there
  std::vector<Dependency> dependencies;
};

const std::vector<Rules>& all_rules() {
  static const std::vector<Rules> kRules = {
      {"supply",
       {"rate", "every", "schedule"},
       {{"every", {"quantity"}}, {"quantity", {"every"}}, {"variability", {"rate"}}, {"delay", {"after"}}}},
      {"production", {}, {{"delay", {"after"}}}},
      {"demand",
       {"rate", "every"},
       {{"every", {"size"}}, {"variability", {"rate"}}, {"delay", {"after"}}, {"initial", {"states"}}}},
      {"disruption",
       {"at", "every", "after"},
       {{"delay", {"after"}}, {"targets", {"factor"}}, {"factor", {"targets", "lasts"}}, {"recovery", {"factor"}}}},
      {"destroys", {"fraction", "quantity"}, {}},
      {"order", {"up_to", "quantity"}, {{"quantity", {"point"}}}},
      {"milestone", {"reaches", "falls_to"}, {}},
      {"rate",
       {"value", "steps", "points", "ramp"},
       {{"ramp", {"from", "to", "begins", "lasts"}},
        {"from", {"ramp"}},
        {"to", {"ramp"}},
        {"begins", {"ramp"}},
        {"lasts", {"ramp"}}}},
  };
  return kRules;
}

}  // namespace

void add_rules(std::string_view table, Json& schema) {
  for (const Rules& rules : all_rules()) {
    if (rules.table != table) continue;
    for (const std::string_view key : rules.one_of) schema["oneOf"].push_back({{"required", {key}}});
    for (const Dependency& dependency : rules.dependencies)
      schema["dependencies"][std::string(dependency.key)] = dependency.needs;
  }
  if (table == "disruption") schema["anyOf"] = {{{"required", {"targets"}}}, {{"required", {"destroys"}}}};
}

}  // namespace materiel::scenario
