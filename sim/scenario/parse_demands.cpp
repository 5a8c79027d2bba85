// Demands, with the states of their tempo.

#include <algorithm>

#include <fmt/format.h>

#include "scenario/parse_process_parts.h"
#include "scenario/parse_rates.h"
#include "scenario/parse_sections.h"

namespace materiel::scenario {
namespace {

NameList state_names(const Node& states) {
  NameList names{"state", {}, {}};
  for (const Entry& entry : states.entries) names.add(entry.key);
  return names;
}

std::vector<TempoChange> read_next(TableReader& state, const std::string& name, const NameList& names) {
  std::vector<TempoChange> next;
  const Node* node = state.table("next");
  if (!node) return next;
  Context& context = state.context();
  if (node->entries.empty()) context.mistakes.error(node->place, "'next' must name a state");
  for (const Entry& entry : node->entries) {
    Node other;
    other.text = entry.key;
    other.place = entry.place;
    if (!check_name(context, names, other)) continue;
    if (entry.key == name) {
      context.mistakes.error(entry.place, fmt::format("a state can't follow itself: '{}'", name),
                             {"make its 'mean' longer instead"});
    }
    Value weight = read_value(context, entry.value, {.what = "a weight of 'next'", .range = Range::factor}).value;
    next.push_back({.state = {.text = entry.key, .where = entry.place.where}, .weight = std::move(weight)});
  }
  const bool all_zero = !next.empty() && std::all_of(next.begin(), next.end(), [](const TempoChange& change) {
    return change.weight.kind == Value::Kind::number && change.weight.number == 0;
  });
  if (all_zero) context.mistakes.error(node->place, "one weight of 'next' must be more than 0");
  return next;
}

std::vector<TempoState> read_states(TableReader& demand) {
  std::vector<TempoState> states;
  const Node* node = demand.table("states");
  if (!node) return states;
  Context& context = demand.context();
  if (node->entries.size() < 2)
    context.mistakes.error(node->place, "'states' must have two states or more",
                           {std::string{type_words(KeyType::states)}});
  const NameList names = state_names(*node);
  for (const Entry& entry : node->entries) {
    const std::string what = fmt::format("the state {}", in_quotes(entry.key));
    if (entry.value.kind != Node::Kind::table) {
      wrong_type(context, entry.value, what, "a table such as { mean = 5, factor = 4 }");
      continue;
    }
    TableReader table(context, entry.value, entry.place, tempo_state_schema(), what);
    TempoState state{.name = entry.key, .where = entry.place.where};
    state.mean = table.value("mean");
    state.factor = table.value("factor");
    state.size = table.value("size");
    state.next = read_next(table, entry.key, names);
    states.push_back(std::move(state));
  }
  return states;
}

Text read_initial(TableReader& demand) {
  const std::string initial = demand.text("initial");
  const Node* states = demand.find("states");
  if (initial.empty() || !states || states->kind != Node::Kind::table) return {};
  const Node& node = *demand.find("initial");
  if (!check_name(demand.context(), state_names(*states), node)) return {};
  return {.text = initial, .where = node.place.where};
}

}  // namespace

Demand read_demand(Context& context, const NamedSection& section) {
  TableReader table = reader(context, section);
  Demand demand{.name = section.name, .label = table.text("label"), .where = section.place.where};
  demand.site = table.name("site");
  demand.items = table.names("items");
  table.one_of({"every", "rate"}, "every with size; or rate with, if wanted, variability and size");
  if (table.has("rate")) demand.rate = read_rate(table);
  table.goes_with("variability", "rate");
  demand.variability = read_variability(table);
  table.needs("every", "size");
  demand.every = table.value("every");
  demand.size = table.value("size");
  demand.backlog = table.choice("unmet") == "backlog";
  demand.reserve = table.value("reserve");
  demand.whole = table.flag("whole");
  demand.needs = table.value("needs");
  demand.priority = table.whole_number("priority");
  demand.states = read_states(table);
  table.goes_with("initial", "states");
  demand.initial = read_initial(table);
  demand.span = read_span(table, "begins", "ends");
  return demand;
}

}  // namespace materiel::scenario
