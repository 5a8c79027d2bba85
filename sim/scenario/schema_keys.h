#pragma once

#include <span>
#include <string_view>

#include <materiel/scenario/schema.h>

/// Short ways to write down the keys of a table.
namespace materiel::scenario {

using Key = KeySchema;
using Type = KeyType;

constexpr Key text(std::string_view key, std::string_view doc) {
  return {.key = key, .type = Type::text, .doc = doc};
}
constexpr Key other(Type type, std::string_view key, std::string_view doc) {
  return {.key = key, .type = type, .doc = doc};
}
constexpr Key random(std::string_view key, Range range, std::string_view unit, std::string_view doc) {
  return {.key = key, .type = Type::value, .range = range, .random = true, .unit = unit, .doc = doc};
}
constexpr Key fixed(std::string_view key, Range range, std::string_view unit, std::string_view doc) {
  return {.key = key, .type = Type::value, .range = range, .unit = unit, .doc = doc};
}
constexpr Key choice(std::string_view key, std::span<const std::string_view> words, std::string_view doc) {
  return {.key = key, .type = Type::choice, .doc = doc, .words = words};
}
constexpr Key required(Key key) {
  key.required = true;
  return key;
}
constexpr Key random_quantity(std::string_view key, Type type, std::string_view doc) {
  return {.key = key, .type = type, .range = Range::quantity, .random = true, .unit = "units", .doc = doc};
}

}  // namespace materiel::scenario
