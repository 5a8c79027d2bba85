#include "cli/json_schema.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <materiel/scenario/metric_catalogue.h>
#include <materiel/scenario/schema.h>

#include "cli/json_schema_rules.h"
#include "cli/json_schema_values.h"

namespace materiel::cli {
namespace {

using scenario::KeySchema;
using scenario::KeyType;
using scenario::Range;
using scenario::TableSchema;

Json text_schema() {
  return {{"type", "string"}};
}

Json pattern_schema(std::string_view pattern) {
  return {{"type", "string"}, {"pattern", pattern}};
}

Json name_schema() {
  return pattern_schema(kNamePattern);
}

Json list_schema(Json entry) {
  return {{"type", "array"}, {"minItems", 1}, {"items", std::move(entry)}};
}

Json any_of(std::initializer_list<Json> schemas) {
  return {{"anyOf", Json(schemas)}};
}

/// [when, value]
Json pairs_schema(const KeySchema& key) {
  const Json pair = {{"type", "array"},
                     {"items", {value_reference(Range::time, true), value_reference(key.range, key.random)}},
                     {"minItems", 2},
                     {"maxItems", 2}};
  return list_schema(pair);
}

Json metric_schema() {
  std::vector<std::string> words;
  for (int kind = 0; kind <= static_cast<int>(scenario::kLastMetricKind); ++kind)
    words.push_back(scenario::metric_word(static_cast<scenario::MetricKind>(kind)));
  return pattern_schema(fmt::format("^({})\\.", fmt::join(words, "|")));
}

Json quantities_schema(const KeySchema& key) {
  return {{"type", "object"},
          {"propertyNames", {{"pattern", kNamePattern}}},
          {"additionalProperties", value_reference(key.range, key.random)}};
}

/// A table whose keys are names chosen by the author.
Json named_schema(Json value, int least) {
  return {{"type", "object"},
          {"propertyNames", {{"pattern", kNamePattern}}},
          {"minProperties", least},
          {"additionalProperties", std::move(value)}};
}

/// [parameter, parameter, correlation]
Json correlations_schema() {
  const Json rho = {{"type", "number"}, {"minimum", -1}, {"maximum", 1}};
  return {
      {"type", "array"},
      {"items", {{"type", "array"}, {"items", {name_schema(), name_schema(), rho}}, {"minItems", 3}, {"maxItems", 3}}}};
}

/// Keys that hold a table of their own, or a list of such.
Json part_schema(const KeySchema& key) {
  switch (key.type) {
    case KeyType::order:
      return reference("order");
    case KeyType::review:
      return any_of({Json{{"const", "continuous"}}, value_reference(Range::interval, true)});
    case KeyType::breakdowns:
      return reference("breakdowns");
    case KeyType::learning:
      return reference("learning");
    case KeyType::states:
      return named_schema(reference("states"), 2);
    case KeyType::weights:
      return named_schema(value_reference(Range::factor, false), 1);
    case KeyType::holding:
      return reference("holding");
    case KeyType::targets:
      return list_schema(pattern_schema("^(supply|production|route|demand)\\.([a-z][a-z0-9_-]*|\\*)$"));
    case KeyType::recovery:
      return any_of({Json{{"const", "step"}}, reference("recovery")});
    case KeyType::destruction:
      return reference("destroys");
    case KeyType::pairs:
      return correlations_schema();
    default:
      return {{"type", "object"}, {"propertyNames", {{"pattern", "^[a-z_]+(\\.[^.]+)+$"}}}};  // settings
  }
}

Json key_schema(const KeySchema& key) {
  switch (key.type) {
    case KeyType::text:
      return text_schema();
    case KeyType::texts:
      return {{"type", "array"}, {"items", text_schema()}};
    case KeyType::date:
      return date_schema();
    case KeyType::flag:
      return {{"type", "boolean"}};
    case KeyType::choice:
      return {{"enum", std::vector<std::string>(key.words.begin(), key.words.end())}};
    case KeyType::grade:
      return pattern_schema("^[A-F][1-6]$");
    case KeyType::format:
      return {{"const", 1}};
    case KeyType::item:
    case KeyType::site:
    case KeyType::milestone:
      return name_schema();
    case KeyType::items: {
      Json names = list_schema(name_schema());
      names["uniqueItems"] = true;
      return names;
    }
    case KeyType::metric:
      return metric_schema();
    case KeyType::value:
      return value_reference(key.range, key.random);
    case KeyType::rate:
      return any_of({value_reference(Range::rate, true), reference("rate")});
    case KeyType::variability:
      return any_of({Json{{"enum", {"none", "poisson"}}}, reference("variability")});
    case KeyType::schedule:
    case KeyType::steps:
      return pairs_schema(key);
    case KeyType::factors: {
      constexpr int kMonths = 12;
      Json factors = list_schema(value_reference(key.range, key.random));
      factors["minItems"] = factors["maxItems"] = kMonths;
      return factors;
    }
    case KeyType::quantities:
      return quantities_schema(key);
    case KeyType::capacity:
      return any_of({value_reference(key.range, key.random), quantities_schema(key)});
    case KeyType::departures:
      return reference("departs");
    case KeyType::closures:
      return {{"type", "array"}, {"items", reference("closed")}};
    case KeyType::edge:
      return value_reference(Range::time, true);
    case KeyType::whole_number:
      return {{"type", "integer"}};
    case KeyType::order:
    case KeyType::review:
    case KeyType::breakdowns:
    case KeyType::learning:
    case KeyType::states:
    case KeyType::weights:
    case KeyType::holding:
    case KeyType::targets:
    case KeyType::recovery:
    case KeyType::destruction:
    case KeyType::pairs:
    case KeyType::settings:
      return part_schema(key);
    case KeyType::outcome:
      return {{"type", "string"}, {"minLength", 1}, {"maxLength", 4096}};
  }
  return true;
}

std::string key_description(const KeySchema& key) {
  return key.unit.empty() ? std::string(key.doc) : fmt::format("{} ({})", key.doc, key.unit);
}

Json table_schema(const TableSchema& table) {
  Json properties = Json::object(), required = Json::array();
  for (const KeySchema& key : table.keys) {
    properties[std::string(key.key)] = described(key_description(key), key_schema(key));
    if (key.required) required.push_back(key.key);
  }
  if (table.kind == "parameter") return parameter_schema(table, std::move(properties));
  Json schema = {{"type", "object"}, {"description", table.doc}, {"properties", std::move(properties)}};
  if (!required.empty()) schema["required"] = std::move(required);
  schema["additionalProperties"] = false;
  add_rules(table.kind, schema);
  return schema;
}

/// All sections of a kind, or the only one.
Json section_schema(const TableSchema& table) {
  if (!table.named) return described(table.doc, reference(table.kind));
  return {{"type", "object"},
          {"description", fmt::format("[{}.NAME]: {}", table.kind, table.doc)},
          {"propertyNames", {{"pattern", kNamePattern}}},
          {"additionalProperties", reference(table.kind)}};
}

}  // namespace

std::string json_schema() {
  Json properties = {{"format", {{"description", "the version of the file format"}, {"const", 1}}}};
  Json definitions = Json::object();
  for (const TableSchema& table : scenario::section_schemas()) {
    properties[std::string(table.kind)] = section_schema(table);
    definitions[std::string(table.kind)] = table_schema(table);
  }
  for (const TableSchema* table :
       {&scenario::rate_schema(), &scenario::variability_schema(), &scenario::departures_schema(),
        &scenario::closure_schema(), &scenario::order_schema(), &scenario::breakdowns_schema(),
        &scenario::learning_schema(), &scenario::tempo_state_schema(), &scenario::holding_schema(),
        &scenario::destruction_schema(), &scenario::recovery_schema()})
    definitions[std::string(table->kind)] = table_schema(*table);
  define_values(definitions);
  const Json schema = {{"$schema", "http://json-schema.org/draft-07/schema#"},
                       {"title", "materiel scenario"},
                       {"description", "A scenario of materiel: production, shipment and depletion of stocks."},
                       {"type", "object"},
                       {"properties", std::move(properties)},
                       {"required", {"format", "scenario"}},
                       {"additionalProperties", false},
                       {"definitions", std::move(definitions)}};
  return schema.dump(2) + "\n";
}

}  // namespace materiel::cli
