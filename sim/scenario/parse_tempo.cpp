#include "scenario/parse_tempo.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include <materiel/scenario/spec.h>

namespace materiel::scenario {
namespace {

/// Indices of states by the index of the state before them.
using Links = std::vector<std::vector<std::uint32_t>>;

struct States {
  std::vector<TempoState> states;
  NameList names{"state", {}, {}};
  bool sound = true;  ///< whether all of them, and all that may follow them, could be read
};

void read_next(TableReader& table, TempoState& state, States& all) {
  const Node* node = table.table("next");
  if (!node) {
    all.sound = all.sound && !table.has("next");
    return;
  }
  Context& context = table.context();
  if (node->entries.empty()) context.mistakes.error(node->place, "'next' must name a state");
  for (const Entry& entry : node->entries) {
    Node other;
    other.text = entry.key;
    other.place = entry.place;
    const bool known = check_name(context, all.names, other);
    if (entry.key == state.name) {
      context.mistakes.error(entry.place, fmt::format("a state can't follow itself: '{}'", state.name),
                             {"make its 'mean' longer instead"});
    }
    Value weight = read_value(context, entry.value, {.what = "a weight of 'next'", .range = Range::factor}).value;
    all.sound = all.sound && known && entry.key != state.name && weight.present();
    if (known) state.next.push_back({.state = {.text = entry.key, .where = entry.place.where}, .weight = weight});
  }
  const bool all_zero =
      !state.next.empty() && std::all_of(state.next.begin(), state.next.end(), [](const auto& change) {
        return change.weight.kind == Value::Kind::number && change.weight.number == 0;
      });
  if (all_zero) context.mistakes.error(node->place, "one weight of 'next' must be more than 0");
  all.sound = all.sound && !state.next.empty() && !all_zero;
}

States read_states(TableReader& demand) {
  States all;
  const Node* node = demand.table("states");
  if (!node) return all;
  Context& context = demand.context();
  if (node->entries.size() < 2)
    context.mistakes.error(node->place, "'states' must have two states or more",
                           {std::string{type_words(KeyType::states)}});
  for (const Entry& entry : node->entries) all.names.add(entry.key);
  for (const Entry& entry : node->entries) {
    check_new_name(context, entry, "a state");
    const std::string what = fmt::format("the state {}", in_quotes(entry.key));
    TempoState& state = all.states.emplace_back(TempoState{.name = entry.key, .where = entry.place.where});
    if (entry.value.kind != Node::Kind::table) {
      wrong_type(context, entry.value, what, "a table such as { mean = 5, factor = 4 }");
      all.sound = false;
      continue;
    }
    TableReader table(context, entry.value, entry.place, tempo_state_schema(), what);
    state.mean = table.value("mean");
    state.factor = table.value("factor");
    state.size = table.value("size");
    read_next(table, state, all);
  }
  return all;
}

/// Which states may follow which where that is written: a state without `next` may be followed by all others. A weight
/// that only becomes known in a run counts as more than 0.
Links followers(const States& all) {
  Links links(all.states.size());
  for (std::uint32_t i = 0; i < links.size(); ++i) {
    for (const TempoChange& change : all.states[i].next) {
      const bool never = change.weight.kind == Value::Kind::number && change.weight.number == 0;
      if (!never) links[i].push_back(all.names.index.at(change.state.text));
    }
  }
  return links;
}

Links reversed(const Links& links) {
  Links back(links.size());
  for (std::uint32_t i = 0; i < links.size(); ++i) {
    for (const std::uint32_t j : links[i]) back[j].push_back(i);
  }
  return back;
}

/// A state that isn't reached by the links from those of `open`; none if one that leads everywhere is.
std::optional<std::size_t> unreached(const Links& links, std::vector<std::uint32_t> open,
                                     const std::vector<bool>& leads_everywhere) {
  std::vector<bool> reached(links.size());
  for (const std::uint32_t state : open) reached[state] = true;
  while (!open.empty()) {
    const std::uint32_t state = open.back();
    open.pop_back();
    if (leads_everywhere[state]) return std::nullopt;
    for (const std::uint32_t other : links[state]) {
      if (!reached[other]) open.push_back(other);
      reached[other] = true;
    }
  }
  const auto missed = std::find(reached.begin(), reached.end(), false);
  if (missed == reached.end()) return std::nullopt;
  return static_cast<std::size_t>(missed - reached.begin());
}

/// Reports a chain of which some state can't be reached from another. It has no stationary distribution over all of its
/// states to draw the first one from.
void check_connected(TableReader& demand, const States& all) {
  const Links links = followers(all);
  std::vector<bool> plain(links.size());
  std::vector<std::uint32_t> returning{0};  // to the first state: itself, and those that all others follow
  for (std::uint32_t i = 0; i < links.size(); ++i) {
    plain[i] = all.states[i].next.empty();
    if (plain[i] && i > 0) returning.push_back(i);
  }
  const std::optional<std::size_t> beyond = unreached(links, {0}, plain);
  const std::optional<std::size_t> without_return =
      unreached(reversed(links), returning, std::vector<bool>(links.size()));
  if (!beyond && !without_return) return;
  demand.context().mistakes.error(
      demand.key_place("states"),
      fmt::format("no way leads from the state '{}' to '{}'", all.states[beyond ? 0 : *without_return].name,
                  all.states[beyond.value_or(0)].name),
      {"name the first state with 'initial', or let each be reached from all others"});
}

}  // namespace

void read_tempo(TableReader& table, Demand& demand) {
  States all = read_states(table);
  table.goes_with("initial", "states");
  const std::string initial = table.text("initial");
  if (!initial.empty() && !all.states.empty()) {
    const Node& node = *table.find("initial");
    if (check_name(table.context(), all.names, node)) demand.initial = {.text = initial, .where = node.place.where};
  }
  if (!table.has("initial") && all.sound && all.states.size() > 1) check_connected(table, all);
  demand.states = std::move(all.states);
}

}  // namespace materiel::scenario
