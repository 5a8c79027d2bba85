#include "scenario/json_schema_values.h"

#include <array>
#include <vector>

#include <fmt/format.h>

#include <materiel/base/distribution_form.h>
#include <materiel/base/units.h>

namespace materiel::scenario {
namespace {

constexpr std::array kRanges = {Range::number, Range::time,     Range::duration, Range::interval, Range::rate,
                                Range::factor, Range::positive, Range::share,    Range::quantity, Range::count};
constexpr const char* kDatePattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";

std::string_view range_name(Range range) {
  switch (range) {
    case Range::number:
      return "number";
    case Range::time:
      return "time";
    case Range::duration:
      return "duration";
    case Range::interval:
      return "interval";
    case Range::rate:
      return "rate_value";
    case Range::factor:
      return "factor";
    case Range::positive:
      return "positive";
    case Range::share:
      return "share";
    case Range::quantity:
      return "quantity";
    case Range::count:
      return "count";
  }
  return "";
}

Json number_schema(Range range) {
  switch (range) {
    case Range::number:
    case Range::time:
      return {{"type", "number"}};
    case Range::duration:
    case Range::rate:
    case Range::factor:
      return {{"type", "number"}, {"minimum", 0}};
    case Range::interval:
    case Range::positive:
      return {{"type", "number"}, {"exclusiveMinimum", 0}};
    case Range::share:
      return {{"type", "number"}, {"minimum", 0}, {"maximum", 1}};
    case Range::quantity:
      return {{"type", "integer"}, {"minimum", 0}, {"maximum", kLargestQuantity}};
    case Range::count:
      return {{"type", "integer"}, {"minimum", 1}, {"maximum", kLargestQuantity}};
  }
  return {};
}

/// true is 1 and false is 0.
Json boolean_schema(Range range) {
  const bool above_zero = range == Range::interval || range == Range::positive || range == Range::count;
  return above_zero ? Json{{"const", true}} : Json{{"type", "boolean"}};
}

/// Where no time is meant, a date is a mistake, not a difference of three numbers.
Json expression_schema(Range range) {
  const char* dated = range == Range::time ? "^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:"
                                           : "^[0-9]{4}-[0-9]{2}-[0-9]{2}($|[T ][0-9]{2}:)";
  return {{"type", "string"}, {"minLength", 1}, {"maxLength", 4096}, {"not", {{"pattern", dated}}}};
}

Json value_schema(Range range, bool random) {
  Json any = Json::array({number_schema(range), boolean_schema(range), expression_schema(range)});
  if (random) any.push_back(reference(range == Range::time ? "distribution_of_times" : "distribution"));
  return {{"anyOf", std::move(any)}};
}

Json unit_schema() {
  Json names = Json::array();
  const std::string_view all = unit_names();
  constexpr std::string_view kBetween = ", ";
  for (std::size_t at = 0; at < all.size();) {
    const std::size_t end = std::min(all.find(kBetween, at), all.size());
    names.push_back(all.substr(at, end - at));
    at = end + kBetween.size();
  }
  return {{"description", "multiplies the values"}, {"enum", std::move(names)}};
}

/// A way to give a distribution: exactly these keys, besides the keys of the table that it stands in.
struct WrittenForm {
  std::string_view family;
  Json properties = Json::object();
  Json required = Json::array({"dist"});
};

WrittenForm written_form(const DistributionFormInfo& info, bool times) {
  WrittenForm form{.family = info.family};
  for (const DistributionArgument& argument : info.arguments) {
    const Json value = value_reference(argument.has_dimension && times ? Range::time : Range::number, false);
    form.properties[std::string(argument.name)] =
        argument.is_list ? Json{{"type", "array"}, {"minItems", 1}, {"items", value}} : value;
    if (!argument.has_default) form.required.push_back(argument.name);
  }
  return form;
}

std::vector<WrittenForm> written_forms(bool times) {
  std::vector<WrittenForm> all;
  for (const DistributionFormInfo& info : distribution_forms()) all.push_back(written_form(info, times));
  const Json text = {{"type", "string"}};
  all.push_back({.family = form_info(DistributionForm::empirical).family,
                 .properties = {{"csv", described("a file beside the scenario", text)},
                                {"column", described("the column of that file with the values", text)}},
                 .required = {"dist", "csv", "column"}});
  return all;
}

/// A form that stands in a table together with `own` keys.
Json form_schema(const WrittenForm& form, const std::vector<std::string>& own) {
  Json properties = {{"dist", {{"const", form.family}}}};
  for (const std::string& key : own) properties[key] = true;
  properties.update(form.properties);
  return {{"properties", std::move(properties)}, {"required", form.required}, {"additionalProperties", false}};
}

Json families_schema() {
  Json names = Json::array();
  for (const DistributionFormInfo& info : distribution_forms()) {
    if (names.empty() || names.back() != info.family) names.push_back(info.family);
  }
  return {{"description", "the family"}, {"enum", std::move(names)}};
}

Json distribution_schema(bool times) {
  Json any = Json::array();
  for (const WrittenForm& form : written_forms(times)) any.push_back(form_schema(form, {"unit"}));
  return {{"type", "object"},
          {"description", "a distribution: drawn each time it is needed"},
          {"properties", {{"dist", families_schema()}, {"unit", unit_schema()}}},
          {"required", {"dist"}},
          {"anyOf", std::move(any)}};
}

}  // namespace

Json reference(std::string_view definition) {
  return {{"$ref", fmt::format("#/definitions/{}", definition)}};
}

Json described(std::string_view words, Json schema) {
  if (!schema.contains("$ref")) {
    Json made = {{"description", words}};
    made.update(schema);
    return made;
  }
  return {{"description", words}, {"allOf", Json::array({std::move(schema)})}};
}

Json date_schema() {
  return {{"type", "string"}, {"format", "date"}, {"pattern", kDatePattern}};
}

Json value_reference(Range range, bool random) {
  return reference(fmt::format("{}{}", range_name(range), random ? "_or_distribution" : ""));
}

Json parameter_schema(const TableSchema& table, Json own) {
  std::vector<std::string> keys;  // that stand beside a value as well as beside a distribution
  for (const KeySchema& key : table.keys) {
    if (key.key != "value" && key.key != "dist") keys.emplace_back(key.key);
  }
  own["dist"].update(Json{{"enum", families_schema()["enum"]}});
  own["dist"].erase("type");
  Json certain = {{"properties", {{"value", true}}}, {"required", {"value"}}, {"additionalProperties", false}};
  for (const std::string& key : keys) certain["properties"][key] = true;
  Json any = Json::array({std::move(certain)});
  for (const WrittenForm& form : written_forms(true)) any.push_back(form_schema(form, keys));
  return {{"type", "object"}, {"description", table.doc}, {"properties", std::move(own)}, {"anyOf", std::move(any)}};
}

void define_values(Json& definitions) {
  for (const Range range : kRanges) {
    for (const bool random : {false, true})
      definitions[fmt::format("{}{}", range_name(range), random ? "_or_distribution" : "")] =
          value_schema(range, random);
  }
  definitions["distribution"] = distribution_schema(false);
  definitions["distribution_of_times"] = distribution_schema(true);
}

}  // namespace materiel::scenario
