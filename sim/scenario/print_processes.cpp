#include "scenario/print_processes.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <materiel/scenario/spec.h>

#include "scenario/print_values.h"
#include "scenario/toml_text.h"

namespace materiel::scenario {
namespace {

/// Adds "key = value" if there is a value.
void add(std::vector<std::string>& parts, std::string_view key, const Value& value) {
  if (value.present()) parts.push_back(fmt::format("{} = {}", key, toml_value(value)));
}

void add(std::vector<std::string>& parts, std::string_view key, const std::string& text) {
  parts.push_back(fmt::format("{} = {}", key, toml_string(text)));
}

std::string closure_text(const Closure& closure) {
  const auto edge = [](const std::optional<MonthDay>& yearly, const Value& once) {
    return yearly ? fmt::format("\"{:02}-{:02}\"", yearly->month, yearly->day) : toml_value(once);
  };
  return fmt::format("{{ from = {}, to = {} }}", edge(closure.yearly_from, closure.from),
                     edge(closure.yearly_to, closure.to));
}

std::string order_text(const Order& order) {
  std::vector<std::string> parts;
  add(parts, "point", order.point);
  add(parts, "up_to", order.up_to);
  add(parts, "quantity", order.quantity);
  add(parts, "review", order.review);
  return toml_table(parts);
}

std::string state_text(const TempoState& state) {
  std::vector<std::string> parts, next;
  add(parts, "mean", state.mean);
  add(parts, "factor", state.factor);
  add(parts, "size", state.size);
  for (const TempoChange& change : state.next) add(next, toml_key(change.state.text), change.weight);
  if (!next.empty()) parts.push_back("next = " + toml_table(next));
  return fmt::format("{} = {}", toml_key(state.name), toml_table(parts));
}

std::string holding_text(const Holding& holding) {
  std::vector<std::string> parts;
  add(parts, "site", holding.site.text);
  add(parts, "item", holding.item.text);
  add(parts, "quantity", holding.quantity);
  return toml_table(parts);
}

}  // namespace

std::string section_text(const Supply& supply) {
  SectionText text("supply." + supply.name);
  text.text("label", supply.label);
  text.name("site", supply.site);
  text.name("item", supply.item);
  if (supply.rate) text.rate(*supply.rate);
  text.variability(supply.variability);
  text.value("every", supply.every);
  text.value("quantity", supply.quantity);
  text.pairs("schedule", supply.schedule);
  text.span(supply.span, "begins", "ends");
  text.value("total", supply.total);
  return text.lines();
}

std::string section_text(const Production& production) {
  SectionText text("production." + production.name);
  text.text("label", production.label);
  text.name("site", production.site);
  text.name("makes", production.makes);
  text.quantities("uses", production.uses);
  text.rate(production.rate);
  text.variability(production.variability);
  text.span(production.span, "opens", "closes");
  text.value("batch", production.batch);
  text.value("yield", production.yield);
  text.value("total", production.total);
  text.value("breakdowns.uptime", production.breakdowns.uptime);
  text.value("breakdowns.repair", production.breakdowns.repair);
  text.value("learning.slope", production.learning.slope);
  text.value("learning.reference", production.learning.reference);
  text.value("learning.ceiling", production.learning.ceiling);
  text.priority(production.priority);
  return text.lines();
}

std::string section_text(const Route& route) {
  SectionText text("route." + route.name);
  text.text("label", route.label);
  text.name("from", route.from);
  text.name("to", route.to);
  text.names("items", route.items);
  const std::pair<const char*, const Value*> values[] = {{"vehicles", &route.vehicles},
                                                         {"capacity", &route.capacity},
                                                         {"minimum", &route.minimum},
                                                         {"max_wait", &route.max_wait},
                                                         {"transit", &route.transit},
                                                         {"return", &route.return_time},
                                                         {"loss", &route.loss},
                                                         {"attrition", &route.attrition},
                                                         {"reserve", &route.reserve},
                                                         {"departs.every", &route.departs.every},
                                                         {"departs.first", &route.departs.first}};
  for (const auto& [key, value] : values) text.value(key, *value);
  text.flag("loses_vehicle", route.loses_vehicle);
  std::vector<std::string> closed;
  for (const Closure& closure : route.closed) closed.push_back(closure_text(closure));
  if (!closed.empty()) text.line("closed", fmt::format("[{}]", fmt::join(closed, ", ")));
  if (route.order.present()) text.line("order", order_text(route.order));
  text.priority(route.priority);
  text.value("share", route.share);
  return text.lines();
}

std::string section_text(const Demand& demand) {
  SectionText text("demand." + demand.name);
  text.text("label", demand.label);
  text.name("site", demand.site);
  text.names("items", demand.items);
  text.value("every", demand.every);
  text.value("size", demand.size);
  if (demand.rate) text.rate(*demand.rate);
  text.variability(demand.variability);
  if (demand.backlog) text.line("unmet", "\"backlog\"");
  text.flag("whole", demand.whole);
  text.value("needs", demand.needs);
  text.value("reserve", demand.reserve);
  text.priority(demand.priority);
  std::vector<std::string> states;
  for (const TempoState& state : demand.states) states.push_back(state_text(state));
  if (!states.empty()) text.line("states", toml_table(states));
  text.name("initial", demand.initial);
  text.span(demand.span, "begins", "ends");
  return text.lines();
}

std::string section_text(const Exchange& exchange) {
  SectionText text("exchange." + exchange.name);
  text.text("label", exchange.label);
  text.line("for", holding_text(exchange.earned_by));
  text.line("gives", holding_text(exchange.gives));
  text.value("lead_time", exchange.lead_time);
  return text.lines();
}

std::string section_text(const Disruption& disruption) {
  SectionText text("disruption." + disruption.name);
  text.text("label", disruption.label);
  text.value("at", disruption.at);
  text.value("every", disruption.every);
  text.name("after", disruption.after);
  text.value("delay", disruption.delay);
  text.value("lasts", disruption.lasts);
  text.names("targets", disruption.targets);
  text.value("factor", disruption.factor);
  text.value("recovery.linear", disruption.linear_recovery);
  text.value("chance", disruption.chance);
  if (disruption.destroys.present()) {
    std::vector<std::string> parts;
    add(parts, "site", disruption.destroys.site.text);
    add(parts, "item", disruption.destroys.item.text);
    add(parts, "fraction", disruption.destroys.fraction);
    add(parts, "quantity", disruption.destroys.quantity);
    text.line("destroys", toml_table(parts));
  }
  return text.lines();
}

}  // namespace materiel::scenario
