// Exchanges and disruptions.

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include <materiel/scenario/spec.h>

#include "scenario/parse_process_parts.h"
#include "scenario/parse_sections.h"

namespace materiel::scenario {
namespace {

Holding read_holding(TableReader& exchange, std::string_view key) {
  Holding holding;
  const Node* node = exchange.table(key);
  if (!node) return holding;
  TableReader table(exchange.context(), *node, exchange.key_place(key), holding_schema(),
                    fmt::format("'{}' of {}", key, exchange.title()));
  holding.site = table.name("site");
  holding.item = table.name("item");
  holding.quantity = table.value("quantity");
  return holding;
}

bool is_target(const Context& context, const std::string& target) {
  const std::size_t dot = target.find('.');
  if (dot == std::string::npos) return false;
  const std::string kind = target.substr(0, dot), name = target.substr(dot + 1);
  return std::any_of(context.processes.begin(), context.processes.end(), [&](const NameList& list) {
    return list.what == kind && (name == "*" ? !list.names.empty() : list.holds(name));
  });
}

/// All that a disruption could target.
std::vector<std::string> possible_targets(const Context& context) {
  std::vector<std::string> all;
  for (const NameList& list : context.processes) {
    if (!list.names.empty()) all.push_back(list.what + ".*");
    for (const std::string& name : list.names) all.push_back(fmt::format("{}.{}", list.what, name));
  }
  return all;
}

/// Reports a target that is no process by its kind and name, nor all of a kind: "production.plant", "route.*".
bool check_target(Context& context, const Node& node) {
  if (is_target(context, node.text)) return true;
  if (context.mistakes.leave_out()) return false;
  Notes notes = suggest(node.text, possible_targets(context), "processes");
  for (const NameList& list : context.processes) {
    if (list.holds(node.text)) notes.insert(notes.begin(), fmt::format("did you mean '{}.{}'?", list.what, node.text));
  }
  context.mistakes.error(node.place, fmt::format("there is no process {}", in_quotes(node.text)), std::move(notes));
  return false;
}

std::vector<Text> read_targets(TableReader& disruption) {
  std::vector<Text> targets;
  const Node* node = disruption.list("targets");
  if (!node) return targets;
  Context& context = disruption.context();
  if (node->list.empty()) context.mistakes.error(node->place, "'targets' must not be empty");
  std::set<std::string> seen;
  for (const Node& element : node->list) {
    if (element.kind != Node::Kind::text) {
      wrong_type(context, element, "an entry of 'targets'", "a process such as \"production.plant\"");
    } else if (!seen.insert(element.text).second) {
      context.mistakes.error(element.place, fmt::format("{} stands twice in 'targets'", in_quotes(element.text)));
    } else if (check_target(context, element)) {
      targets.push_back({.text = element.text, .where = element.place.where});
    }
  }
  return targets;
}

Value read_recovery(TableReader& disruption) {
  const Node* node = disruption.find("recovery");
  if (!node || (node->kind == Node::Kind::text && node->text == "step")) return {};
  if (node->kind != Node::Kind::table) {
    wrong_type(disruption.context(), *node, "'recovery'", type_words(KeyType::recovery));
    return {};
  }
  TableReader table(disruption.context(), *node, disruption.key_place("recovery"), recovery_schema(),
                    "'recovery' of " + disruption.title());
  return table.value("linear");
}

Destruction read_destruction(TableReader& disruption) {
  Destruction destruction;
  const Node* node = disruption.table("destroys");
  if (!node) return destruction;
  TableReader table(disruption.context(), *node, disruption.key_place("destroys"), destruction_schema(),
                    "'destroys' of " + disruption.title());
  destruction.site = table.name("site");
  destruction.item = table.name("item");
  table.one_of({"fraction", "quantity"}, "fraction; or quantity");
  destruction.fraction = table.value("fraction");
  destruction.quantity = table.value("quantity");
  return destruction;
}

}  // namespace

Exchange read_exchange(Context& context, const NamedSection& section) {
  TableReader table = reader(context, section);
  Exchange exchange{.name = section.name, .label = table.text("label"), .where = section.place.where};
  exchange.earned_by = read_holding(table, "for");
  exchange.gives = read_holding(table, "gives");
  exchange.lead_time = table.value("lead_time");
  return exchange;
}

Disruption read_disruption(Context& context, const NamedSection& section) {
  TableReader table = reader(context, section);
  Disruption disruption{.name = section.name, .label = table.text("label"), .where = section.place.where};
  table.one_of({"at", "every", "after"}, "at; every; or after with, if wanted, delay");
  table.goes_with("delay", "after");
  table.needs("targets", "factor");
  table.goes_with("factor", "targets");
  table.needs("factor", "lasts");
  table.goes_with("recovery", "factor");
  if (!table.has("targets") && !table.has("destroys")) {
    context.mistakes.error(table.place(), fmt::format("{} does nothing", table.title()),
                           {"it needs 'targets' with 'factor' and 'lasts', or 'destroys'"});
  }
  disruption.at = table.value("at");
  disruption.every = table.value("every");
  disruption.after = table.name("after");
  disruption.delay = table.value("delay");
  disruption.lasts = table.value("lasts");
  disruption.targets = read_targets(table);
  disruption.factor = table.value("factor");
  disruption.linear_recovery = read_recovery(table);
  disruption.destroys = read_destruction(table);
  disruption.chance = table.value("chance");
  return disruption;
}

}  // namespace materiel::scenario
