#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <materiel/scenario/json_schema.h>
#include <materiel/scenario/schema.h>

namespace materiel::scenario {
namespace {

using Json = nlohmann::json;

/// Every $ref in a schema.
void collect_references(const Json& json, std::vector<std::string>& references) {
  if (json.is_object() && json.contains("$ref")) references.push_back(json["$ref"]);
  if (!json.is_structured()) return;
  for (const Json& part : json) collect_references(part, references);
}

TEST(JsonSchema, HasEveryKeyOfTheParserWithItsDescription) {
  const Json schema = Json::parse(json_schema());
  for (const TableSchema& table : section_schemas()) {
    ASSERT_TRUE(schema["properties"].contains(table.kind)) << table.kind;
    const Json& definition = schema["definitions"][std::string(table.kind)];
    EXPECT_EQ(definition["properties"].size(), table.keys.size()) << table.kind;
    for (const KeySchema& key : table.keys) {
      ASSERT_TRUE(definition["properties"].contains(key.key)) << table.kind << "." << key.key;
      const std::string description = definition["properties"][std::string(key.key)]["description"];
      EXPECT_TRUE(description.starts_with(key.doc)) << description;
      const Json required = definition.value("required", Json::array());
      EXPECT_EQ(std::find(required.begin(), required.end(), key.key) != required.end(), key.required) << key.key;
    }
  }
}

TEST(JsonSchema, EveryReferenceLeadsToADefinition) {
  const Json schema = Json::parse(json_schema());
  std::vector<std::string> references;
  collect_references(schema, references);
  EXPECT_GT(references.size(), 50U);
  for (const std::string& one : references) EXPECT_TRUE(schema.contains(Json::json_pointer(one.substr(1)))) << one;
}

TEST(JsonSchema, EveryTypeOfKeySaysWhatItTakes) {
  const Json schema = Json::parse(json_schema());
  for (const auto& [kind, definition] : schema["definitions"].items()) {
    if (!definition.contains("properties")) continue;
    for (const auto& [key, value] : definition["properties"].items())
      EXPECT_GT(value.size(), 1U) << kind << "." << key << " has nothing but a description";
  }
}

}  // namespace
}  // namespace materiel::scenario
