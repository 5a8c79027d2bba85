#include "scenario/parse_values.h"

#include <cmath>

#include <fmt/format.h>

#include <materiel/base/number_text.h>
#include <materiel/base/units.h>
#include <materiel/scenario/expression.h>

#include "scenario/parse_distributions.h"

namespace materiel::scenario {
namespace {

bool lies_in(double x, Range range, bool rounded) {
  const double whole = rounded_half_up(x);
  const bool is_whole = rounded || whole == x;
  switch (range) {
    case Range::number:
    case Range::time:
      return true;
    case Range::duration:
    case Range::rate:
    case Range::factor:
      return x >= 0;
    case Range::interval:
    case Range::positive:
      return x > 0;
    case Range::share:
      return x >= 0 && x <= 1;
    case Range::quantity:
      return x >= 0 && is_whole && whole <= static_cast<double>(kLargestQuantity);
    case Range::count:
      return whole >= 1 && is_whole && whole <= static_cast<double>(kLargestQuantity);
  }
  return false;
}

Value number_at(double x, const Node& node) {
  Value value = Value::of(x);
  value.where = node.place.where;
  return value;
}

ValueReading read_number(Context& context, const Node& node, const ValueRule& rule) {
  const bool whole = rule.range == Range::quantity || rule.range == Range::count;
  if (node.kind == Node::Kind::integer && whole && node.integer > kLargestQuantity) {
    context.mistakes.error(node.place,
                           fmt::format("{} must {}, not {}", rule.what, range_words(rule.range), node.integer));
    return {};
  }
  if (!check_range(context, node.number, node.place, rule, false)) return {};
  return {.value = number_at(node.number, node), .dated = false};
}

ValueReading read_day(Context& context, const Node& node, Date date, const ValueRule& rule) {
  if (rule.range != Range::time) {
    context.mistakes.error(node.place, fmt::format("{} must be a number, not a date", rule.what));
    return {};
  }
  const std::optional<double> day = day_number(context, date, node.place);
  if (!day) return {};
  return {.value = number_at(*day, node), .dated = true};
}

ValueReading read_text(Context& context, const Node& node, const ValueRule& rule) {
  bool impossible = false;
  if (const std::optional<Date> date = read_date(context, node, impossible))
    return read_day(context, node, *date, rule);
  if (impossible) return {};
  const auto used = read_expression(context, node, context.parameters);
  if (!used) return {};
  if (used->empty() && !check_range(context, constant_value(node.text, context.start), node.place, rule, true))
    return {};
  Value value;
  value.kind = Value::Kind::expression;
  value.expression = node.text;
  value.where = node.place.where;
  return {.value = std::move(value), .dated = false};
}

ValueReading read_table(Context& context, const Node& node, const ValueRule& rule) {
  if (!rule.random) {
    wrong_type(context, node, rule.what, "a number or an expression in quotes",
               {"no distribution can stand here: give the uncertain number a name as a [parameter.NAME] and write "
                "that"});
    return {};
  }
  return read_distribution(context, node, rule);
}

}  // namespace

double constant_value(const std::string& expression, Date start) {
  return Expression(expression, {.variables = {}, .start = start}).evaluate({});
}

bool check_range(Context& context, double x, const Place& place, const ValueRule& rule, bool rounded) {
  if (!std::isfinite(x)) {
    context.mistakes.error(
        place, fmt::format("{} must be finite, not {}", rule.what, std::isnan(x) ? "undefined (nan)" : "infinite"));
    return false;
  }
  if (lies_in(x, rule.range, rounded)) return true;
  context.mistakes.error(place, fmt::format("{} must {}, not {}", rule.what, range_words(rule.range), number_text(x)));
  return false;
}

ValueReading read_value(Context& context, const Node& node, const ValueRule& rule) {
  switch (node.kind) {
    case Node::Kind::boolean:
    case Node::Kind::integer:
    case Node::Kind::real:
      return read_number(context, node, rule);
    case Node::Kind::date:
      return read_day(context, node, node.date, rule);
    case Node::Kind::text:
      return read_text(context, node, rule);
    case Node::Kind::table:
      return read_table(context, node, rule);
    case Node::Kind::clock:
    case Node::Kind::list:
      wrong_type(context, node, rule.what, "one value");
      return {};
  }
  return {};
}

}  // namespace materiel::scenario
