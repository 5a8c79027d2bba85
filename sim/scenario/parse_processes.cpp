// Sections that move stock: supply, production, routes, demand.

#include <fmt/format.h>

#include "scenario/parse_distributions.h"
#include "scenario/parse_rates.h"
#include "scenario/parse_sections.h"

namespace materiel::scenario {
namespace {

TableReader reader(Context& context, const NamedSection& section) {
  return {context, *section.table, section.place, *section.schema, section.title()};
}

/// Reports two times, both constants, of which the second isn't after the first.
void check_order(TableReader& table, std::string_view first, const Value& begins, std::string_view second,
                 const Value& ends) {
  const bool constant = begins.kind == Value::Kind::number && ends.kind == Value::Kind::number;
  if (!constant || begins.number < ends.number) return;
  table.context().mistakes.error(table.find(second)->place, fmt::format("'{}' must come after '{}'", second, first));
}

Span read_span(TableReader& table, std::string_view begins, std::string_view ends) {
  Span span;
  span.begins = table.value(begins);
  span.ends = table.value(ends);
  span.after = table.name("after");
  span.delay = table.value("delay");
  table.goes_with("delay", "after");
  check_order(table, begins, span.begins, ends, span.ends);
  return span;
}

Departures read_departures(TableReader& route) {
  Departures departures;
  const Node* node = route.find("departs");
  if (!node) return departures;
  if (node->kind != Node::Kind::table || is_distribution(*node)) {
    wrong_type(route.context(), *node, "'departs'", type_words(KeyType::departures));
    return departures;
  }
  TableReader table(route.context(), *node, route.key_place("departs"), departures_schema(),
                    "'departs' of " + route.title());
  departures.every = table.value("every");
  departures.first = table.value("first");
  return departures;
}

/// Whether a text has the form of a day of the year, however wrong; as an expression it would be a difference.
bool looks_like_month_day(const std::string& text) {
  const std::size_t dash = text.find('-');
  const auto digits = [](std::string_view part) {
    return !part.empty() && part.size() <= 2 && part.find_first_not_of("0123456789") == std::string_view::npos;
  };
  return dash != std::string::npos && digits(std::string_view{text}.substr(0, dash)) &&
         digits(std::string_view{text}.substr(dash + 1));
}

/// Reads an edge of a closure: either a day of the year or a value.
void read_edge(TableReader& table, std::string_view key, std::optional<MonthDay>& yearly, Value& once) {
  const Node* node = table.find(key);
  if (!node) return;
  if (node->kind == Node::Kind::text && looks_like_month_day(node->text)) {
    yearly = MonthDay::parse(node->text);
    if (!yearly) {
      table.context().mistakes.error(node->place, fmt::format("there is no day {} in a year", in_quotes(node->text)),
                                     {"days of the year are written month-day, such as \"12-01\" for December 1"});
    }
    return;
  }
  const std::string what = fmt::format("'{}'", key);
  once = read_value(table.context(), *node, {.what = what, .range = Range::time, .random = true}).value;
}

Closure read_closure(TableReader& table) {
  Closure closure{.where = table.place().where};
  read_edge(table, "from", closure.yearly_from, closure.from);
  read_edge(table, "to", closure.yearly_to, closure.to);
  if ((closure.yearly_from && closure.to.present()) || (closure.yearly_to && closure.from.present())) {
    table.context().mistakes.error(table.find("to")->place,
                                   "'from' and 'to' must both be days of the year, or both be times");
  }
  if (closure.yearly_from && closure.yearly_from == closure.yearly_to) {
    table.context().mistakes.error(table.find("to")->place, "'to' must be another day of the year than 'from'",
                                   {"a closure ends when its 'to' begins"});
  }
  check_order(table, "from", closure.from, "to", closure.to);
  return closure;
}

std::vector<Closure> read_closures(TableReader& route) {
  std::vector<Closure> closures;
  const Node* node = route.find("closed");
  if (!node) return closures;
  if (node->kind != Node::Kind::list) {
    wrong_type(route.context(), *node, "'closed'", type_words(KeyType::closures));
    return closures;
  }
  for (const Node& element : node->list) {
    if (element.kind != Node::Kind::table) {
      wrong_type(route.context(), element, "an entry of 'closed'", "a table { from = ..., to = ... }");
      continue;
    }
    TableReader table(route.context(), element, element.place, closure_schema(), "'closed' of " + route.title());
    closures.push_back(read_closure(table));
  }
  return closures;
}

}  // namespace

Supply read_supply(Context& context, const NamedSection& section) {
  TableReader table = reader(context, section);
  Supply supply{.name = section.name, .label = table.text("label"), .where = section.place.where};
  supply.site = table.name("site");
  supply.item = table.name("item");
  table.one_of({"rate", "every", "schedule"}, "rate with, if wanted, variability; every with quantity; or schedule");
  if (table.has("rate")) supply.rate = read_rate(table);
  table.goes_with("variability", "rate");
  supply.variability = read_variability(table);
  table.needs("every", "quantity");
  table.goes_with("quantity", "every");
  supply.every = table.value("every");
  supply.quantity = table.value("quantity");
  supply.schedule = table.pairs("schedule");
  supply.span = read_span(table, "begins", "ends");
  supply.total = table.value("total");
  return supply;
}

Production read_production(Context& context, const NamedSection& section) {
  TableReader table = reader(context, section);
  Production production{.name = section.name, .label = table.text("label"), .where = section.place.where};
  production.site = table.name("site");
  production.makes = table.name("makes");
  production.uses = table.quantities("uses");
  production.rate = read_rate(table);
  production.variability = read_variability(table);
  production.span = read_span(table, "opens", "closes");
  production.batch = table.value("batch");
  production.yield = table.value("yield");
  production.total = table.value("total");
  return production;
}

Route read_route(Context& context, const NamedSection& section) {
  TableReader table = reader(context, section);
  Route route{.name = section.name, .label = table.text("label"), .where = section.place.where};
  route.from = table.name("from");
  route.to = table.name("to");
  if (!route.to.text.empty() && route.from.text == route.to.text) {
    context.mistakes.error(table.find("to")->place,
                           fmt::format("{} leads from {} to itself", table.title(), in_quotes(route.to.text)));
  }
  route.items = table.names("items");
  route.vehicles = table.value("vehicles");
  route.capacity = table.value("capacity");
  route.minimum = table.value("minimum");
  route.max_wait = table.value("max_wait");
  route.transit = table.value("transit");
  route.return_time = table.value("return");
  route.loss = table.value("loss");
  route.attrition = table.value("attrition");
  route.reserve = table.value("reserve");
  route.loses_vehicle = table.flag("loses_vehicle");
  route.departs = read_departures(table);
  route.closed = read_closures(table);
  return route;
}

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
  demand.span = read_span(table, "begins", "ends");
  return demand;
}

}  // namespace materiel::scenario
