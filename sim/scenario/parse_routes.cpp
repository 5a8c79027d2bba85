// Routes, with their timetables, closures and orders.

#include <algorithm>

#include <fmt/format.h>

#include <materiel/scenario/spec.h>

#include "scenario/parse_distributions.h"
#include "scenario/parse_process_parts.h"
#include "scenario/parse_sections.h"

namespace materiel::scenario {
namespace {

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

/// Whether an expression is a single word that nothing is called: rather a word meant to be chosen.
bool is_unknown_word(const Context& context, const std::string& text) {
  const bool word =
      !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
  return word && !is_constant_name(text) && !context.parameters.variables.find(text);
}

/// "continuous", which is no value, or the time between reviews.
Value read_review(TableReader& order) {
  const Node* node = order.find("review");
  if (!node || (node->kind == Node::Kind::text && node->text == "continuous")) return {};
  const bool unknown = node->kind == Node::Kind::text && is_unknown_word(order.context(), node->text);
  if (unknown || node->kind == Node::Kind::list) {
    wrong_type(order.context(), *node, "'review'", type_words(KeyType::review));
    return {};
  }
  return read_value(order.context(), *node, {.what = "'review'", .range = Range::interval, .random = true}).value;
}

Order read_order(TableReader& route) {
  Order order;
  const Node* node = route.table("order");
  if (!node) return order;
  Mistakes& mistakes = route.context().mistakes;
  const Node* items = route.find("items");
  if (items && items->list.size() > 1) {
    mistakes.error(route.key_place("order"), "a route with an 'order' carries one item",
                   {"write a route for each item: an order is reckoned on the position of one"});
  }
  TableReader table(route.context(), *node, route.key_place("order"), order_schema(), "'order' of " + route.title());
  order.where = node->place.where;
  table.one_of({"up_to", "quantity"}, "up_to; point with up_to; or point with quantity");
  table.needs("quantity", "point");
  order.point = table.value("point");
  order.up_to = table.value("up_to");
  order.quantity = table.value("quantity");
  order.review = read_review(table);
  const bool constant = order.point.kind == Value::Kind::number && order.up_to.kind == Value::Kind::number;
  if (constant && order.point.number >= order.up_to.number)
    mistakes.error(table.find("up_to")->place, "'up_to' must be more than 'point'");
  return order;
}

}  // namespace

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
  route.order = read_order(table);
  route.priority = table.whole_number("priority");
  route.share = table.value("share");
  if (route.share.present() && route.order.present())
    context.mistakes.error(table.key_place("share"), "'share' is for a route that pushes, without an 'order'",
                           {"orders are served first come, first served; 'priority' may put some before others"});
  return route;
}

}  // namespace materiel::scenario
