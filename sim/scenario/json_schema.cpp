#include <array>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <materiel/scenario/json_schema.h>
#include <materiel/scenario/metric_catalogue.h>
#include <materiel/scenario/schema.h>

#include "scenario/json_schema_rules.h"
#include "scenario/json_schema_values.h"

namespace materiel::scenario {
namespace {

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

/// A list of exactly these, in this order.
Json tuple_schema(std::initializer_list<Json> entries) {
  return {{"type", "array"}, {"items", Json(entries)}, {"minItems", entries.size()}, {"maxItems", entries.size()}};
}

Json correlation_schema() {
  return {{"type", "number"}, {"minimum", -1}, {"maximum", 1}};
}

/// Values by dotted path; what all alternatives share can't be set.
Json settings_schema() {
  return {{"type", "object"},
          {"propertyNames",
           {{"pattern", "^[a-z_]+([.][^.]+)+$"}, {"not", {{"pattern", "^(scenario|observe|alternative|format)[.]"}}}}}};
}

Json metric_schema() {
  std::vector<std::string> words;
  for (int kind = 0; kind <= static_cast<int>(kLastMetricKind); ++kind)
    words.push_back(metric_word(static_cast<MetricKind>(kind)));
  return pattern_schema(fmt::format("^({})\\.", fmt::join(words, "|")));
}

/// A table whose keys are names.
Json table_of(Json value, int least) {
  Json table = {
      {"type", "object"}, {"propertyNames", {{"pattern", kNamePattern}}}, {"additionalProperties", std::move(value)}};
  if (least > 0) table["minProperties"] = least;
  return table;
}

Json distinct(Json list) {
  list["uniqueItems"] = true;
  return list;
}

/// Of keys that hold words; null of others.
Json words_schema(const KeySchema& key) {
  switch (key.type) {
    case KeyType::text:
      return text_schema();
    case KeyType::texts:
      return {{"type", "array"}, {"items", text_schema()}};
    case KeyType::date:
      return date_schema();
    case KeyType::choice:
      return {{"enum", std::vector<std::string>(key.words.begin(), key.words.end())}};
    case KeyType::grade:
      return pattern_schema("^[A-F][1-6]$");
    case KeyType::item:
    case KeyType::site:
    case KeyType::milestone:
      return name_schema();
    case KeyType::items:
      return distinct(list_schema(name_schema()));
    case KeyType::metric:
      return metric_schema();
    case KeyType::targets:
      return distinct(list_schema(pattern_schema("^(supply|production|route|demand)[.]([a-z][a-z0-9_-]*|[*])$")));
    case KeyType::outcome:
      return {{"type", "string"}, {"minLength", 1}, {"maxLength", 4096}};
    default:
      return nullptr;
  }
}

/// Of keys that hold numbers, or lists or tables of them; null of others.
Json numbers_schema(const KeySchema& key) {
  const auto value = [&key] { return value_reference(key.range, key.random); };
  switch (key.type) {
    case KeyType::flag:
      return {{"type", "boolean"}};
    case KeyType::format:
      return {{"const", 1}};
    case KeyType::whole_number:
      return {{"type", "integer"}};
    case KeyType::value:
      return value();
    case KeyType::schedule:
    case KeyType::steps:
      return list_schema(tuple_schema({value_reference(Range::time, true), value()}));
    case KeyType::factors: {
      constexpr int kMonths = 12;
      Json factors = list_schema(value());
      factors["minItems"] = factors["maxItems"] = kMonths;
      return factors;
    }
    case KeyType::quantities:
      return table_of(value(), 0);
    case KeyType::capacity:
      return any_of({value(), table_of(value(), 0)});
    case KeyType::edge:
      return value_reference(Range::time, true);
    case KeyType::review:
      return any_of({Json{{"const", "continuous"}}, value_reference(Range::interval, true)});
    case KeyType::weights:
      return table_of(value_reference(Range::factor, false), 1);
    case KeyType::pairs:
      return list_schema(tuple_schema({name_schema(), name_schema(), correlation_schema()}));
    default:
      return nullptr;
  }
}

/// Of keys that hold tables of the parser; null of others.
Json inner_schema(const KeySchema& key) {
  switch (key.type) {
    case KeyType::rate:
      return any_of({value_reference(Range::rate, true), reference("rate")});
    case KeyType::variability:
      return any_of({Json{{"enum", {"none", "poisson"}}}, reference("variability")});
    case KeyType::recovery:
      return any_of({Json{{"const", "step"}}, reference("recovery")});
    case KeyType::closures:
      return {{"type", "array"}, {"items", reference("closed")}};
    case KeyType::departures:
      return reference("departs");
    case KeyType::order:
      return reference("order");
    case KeyType::breakdowns:
      return reference("breakdowns");
    case KeyType::learning:
      return reference("learning");
    case KeyType::states:
      return table_of(reference("states"), 2);
    case KeyType::holding:
      return reference("holding");
    case KeyType::destruction:
      return reference("destroys");
    case KeyType::settings:
      return settings_schema();
    default:
      return nullptr;
  }
}

Json key_schema(const KeySchema& key) {
  for (const auto schema_of : {words_schema, numbers_schema, inner_schema}) {
    Json schema = schema_of(key);
    if (!schema.is_null()) return schema;
  }
  return Json::object();
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

/// The tables that stand inside sections.
std::array<const TableSchema*, 11> inner_tables() {
  return {&rate_schema(),    &variability_schema(), &departures_schema(), &closure_schema(),
          &order_schema(),   &breakdowns_schema(),  &learning_schema(),   &tempo_state_schema(),
          &holding_schema(), &destruction_schema(), &recovery_schema()};
}

}  // namespace

std::string json_schema() {
  Json properties = {{"format", {{"description", "the version of the file format"}, {"const", 1}}}};
  Json definitions = Json::object();
  for (const TableSchema& table : section_schemas()) {
    properties[std::string(table.kind)] = section_schema(table);
    definitions[std::string(table.kind)] = table_schema(table);
  }
  for (const TableSchema* table : inner_tables()) definitions[std::string(table->kind)] = table_schema(*table);
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

}  // namespace materiel::scenario
