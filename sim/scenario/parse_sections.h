#pragma once

#include <vector>

#include "scenario/parse_table.h"

namespace materiel::scenario {

struct Item;
struct Parameter;
struct Site;
struct Supply;
struct Production;
struct Route;
struct Demand;
struct Exchange;
struct Disruption;
struct Milestone;
struct Outcome;

/// A named section: [kind.name].
struct NamedSection {
  std::string name;
  Place place;  ///< of its name
  const Node* table = nullptr;
  const TableSchema* schema = nullptr;

  [[nodiscard]] std::string title() const { return "[" + std::string{schema->kind} + "." + name + "]"; }
};

/// @param further  keys that the section may have beyond those of its schema
TableReader reader(Context& context, const NamedSection& section, const std::vector<std::string>& further = {});

Item read_item(Context& context, const NamedSection& section);
Parameter read_parameter(Context& context, const NamedSection& section);
Site read_site(Context& context, const NamedSection& section);
Supply read_supply(Context& context, const NamedSection& section);
Production read_production(Context& context, const NamedSection& section);
Route read_route(Context& context, const NamedSection& section);
Demand read_demand(Context& context, const NamedSection& section);
Exchange read_exchange(Context& context, const NamedSection& section);
Disruption read_disruption(Context& context, const NamedSection& section);

/// Its metric is looked up later, when all metrics are known.
Milestone read_milestone(Context& context, const NamedSection& section);

/// Its expression is checked later, when all metrics are known.
Outcome read_outcome(Context& context, const NamedSection& section);

}  // namespace materiel::scenario
