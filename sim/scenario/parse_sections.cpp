// Sections that do nothing by themselves: items, parameters, sites; and what watches: milestones, outcomes.

#include "scenario/parse_sections.h"

#include <algorithm>

#include <fmt/format.h>

#include <materiel/base/number_text.h>
#include <materiel/base/units.h>
#include <materiel/scenario/spec.h>

#include "scenario/parse_distributions.h"
#include "scenario/unit_spelling.h"

namespace materiel::scenario {
namespace {

void check_grade(TableReader& table, const std::string& grade) {
  const auto between = [](char c, char low, char high) { return c >= low && c <= high; };
  const bool fine = grade.size() == 2 && between(grade[0], 'A', 'F') && between(grade[1], '1', '6');
  const Node* node = table.find("grade");
  if (fine || !node || node->kind != Node::Kind::text) return;
  table.context().mistakes.error(node->place, fmt::format("there is no grade {}", in_quotes(grade)),
                                 {"a letter from A (reliable) to F (can't be judged) for the source, then a digit from "
                                  "1 (confirmed) to 6 (can't be judged) for the figure, such as \"B2\""});
}

/// A unit that looks like one of time, but multiplies nothing.
void check_unit_spelling(TableReader& table, const std::string& unit) {
  const std::optional<std::string> instead = unconverted_unit(unit);
  if (!instead) return;
  table.context().mistakes.warning(table.find("unit")->place,
                                   fmt::format("unit {} is a description only: the values are taken {}",
                                               in_quotes(unit), unit.find_first_of("/p1") == 0 ? "per day" : "in days"),
                                   {*instead});
}

/// Multiplies a parameter's `value` by its unit.
void apply_unit(TableReader& table, Value& value, const std::string& unit, double factor) {
  if (value.kind == Value::Kind::number) value.number *= factor;
  if (value.kind != Value::Kind::expression || factor == 1) return;
  Node product;
  product.text = fmt::format("({}){}{}", value.expression, unit.starts_with('/') ? "" : "*", unit);
  product.place = table.find("value")->place;
  if (read_expression(table.context(), product, table.context().parameters)) value.expression = product.text;
}

constexpr std::string_view kParameterWords = "value; or dist with its arguments";

/// Reports arguments of a distribution whose family isn't given; true if there are any.
bool report_arguments(TableReader& table, const NamedSection& section) {
  const std::vector<std::string> arguments = distribution_arguments();
  for (const Entry& entry : section.table->entries) {
    const bool is_argument = std::find(arguments.begin(), arguments.end(), entry.key) != arguments.end();
    if (!is_argument || find_key(*section.schema, entry.key)) continue;
    table.context().mistakes.error(entry.place, fmt::format("'{}' stands without 'dist'", entry.key),
                                   {"arguments of a distribution need its family, such as dist = \"uniform\""});
    return true;
  }
  return false;
}

void read_parameter_value(TableReader& table, const NamedSection& section, Parameter& parameter) {
  Context& context = table.context();
  const bool distributed = is_distribution(*section.table);
  const std::optional<double> factor = unit_factor(parameter.unit);
  std::vector<std::string> own;
  for (const KeySchema& key : section.schema->keys) own.emplace_back(key.key);
  if (distributed) {
    const Node* dist = table.find("dist");
    const bool value_is_argument = dist->kind == Node::Kind::text && dist->text == "constant";
    if (table.has("value") && !value_is_argument) table.one_of({"value", "dist"}, kParameterWords);
    if (value_is_argument) std::erase(own, "value");
    const ValueRule rule{.what = "'dist'", .range = Range::time, .random = true};
    ValueReading reading = read_parameter_distribution(context, *section.table, rule, own, factor.value_or(1));
    parameter.value = std::move(reading.value);
    parameter.is_date = reading.dated;
    return;
  }
  const bool has_arguments = report_arguments(table, section);
  if (!table.has("value")) {
    if (!has_arguments) table.one_of({"value", "dist"}, kParameterWords);
    return;
  }
  if (table.find("value")->kind == Node::Kind::table) {
    wrong_type(context, *table.find("value"), "'value'", "a number, a date or an expression in quotes",
               {fmt::format("the keys of a parameter's distribution stand in {} itself", table.title())});
    return;
  }
  ValueReading reading = table.reading("value");
  parameter.is_date = reading.dated;
  parameter.value = std::move(reading.value);
  if (factor && !reading.dated) apply_unit(table, parameter.value, parameter.unit, *factor);
}

}  // namespace

TableReader reader(Context& context, const NamedSection& section, const std::vector<std::string>& further) {
  return {context, *section.table, section.place, *section.schema, section.title(), further};
}

Item read_item(Context& context, const NamedSection& section) {
  TableReader table = reader(context, section);
  return {.name = section.name,
          .unit = table.has("unit") ? table.text("unit") : "units",
          .label = table.text("label"),
          .where = section.place.where};
}

Parameter read_parameter(Context& context, const NamedSection& section) {
  // All keys but its own are its distribution's arguments and are checked with it.
  std::vector<std::string> further = distribution_arguments();
  if (is_distribution(*section.table)) {
    for (const Entry& entry : section.table->entries) further.push_back(entry.key);
  }
  TableReader table = reader(context, section, further);
  Parameter parameter{.name = section.name, .where = section.place.where};
  parameter.unit = table.text("unit");
  parameter.label = table.text("label");
  parameter.source = table.text("source");
  parameter.note = table.text("note");
  parameter.grade = table.text("grade");
  parameter.as_of = table.date("as_of");
  check_grade(table, parameter.grade);
  check_unit_spelling(table, parameter.unit);
  read_parameter_value(table, section, parameter);
  if (parameter.as_of && context.knowledge && *parameter.as_of > *context.knowledge) {
    context.mistakes.warning(
        table.find("as_of")->place,
        fmt::format("{} lies after the scenario's knowledge, {}", parameter.as_of->iso(), context.knowledge->iso()),
        {"a scenario uses only what was known at its 'knowledge' date"});
  }
  return parameter;
}

Site read_site(Context& context, const NamedSection& section) {
  TableReader table = reader(context, section);
  Site site{.name = section.name, .label = table.text("label"), .where = section.place.where};
  site.stock = table.quantities("stock");
  const Node* capacity = table.find("capacity");
  if (capacity && capacity->kind == Node::Kind::table && !is_distribution(*capacity)) {
    site.capacity = table.quantities("capacity");
  } else {
    site.total_capacity = table.value("capacity");
  }
  return site;
}

Milestone read_milestone(Context& context, const NamedSection& section) {
  TableReader table = reader(context, section);
  Milestone milestone{.name = section.name, .label = table.text("label"), .where = section.place.where};
  if (const Node* metric = table.find("metric")) {
    milestone.metric.where = metric->place.where;
    milestone.metric.text = table.text("metric");
  }
  const std::string_view sense = table.one_of({"reaches", "falls_to"}, "reaches; or falls_to");
  if (sense == "falls_to") milestone.sense = Milestone::Sense::falls_to;
  if (!sense.empty()) milestone.threshold = table.value(sense);
  milestone.hold = table.value("for");
  return milestone;
}

Outcome read_outcome(Context& context, const NamedSection& section) {
  TableReader table = reader(context, section);
  Outcome outcome{
      .name = section.name, .unit = table.text("unit"), .label = table.text("label"), .where = section.place.where};
  if (const Node* value = table.find("value")) {
    outcome.value.where = value->place.where;
    outcome.value.text = table.text("value");
  }
  return outcome;
}

}  // namespace materiel::scenario
