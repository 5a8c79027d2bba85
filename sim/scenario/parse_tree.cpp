#include "scenario/parse_tree.h"

#include <algorithm>
#include <tuple>

#include <toml++/toml.h>

#include "scenario/parse_toml_mistake.h"

namespace materiel::scenario {
namespace {

Location location(const toml::source_region& region) {
  Location where{.line = region.begin.line, .column = region.begin.column, .length = 1};
  if (region.end.line == region.begin.line && region.end.column > region.begin.column)
    where.length = region.end.column - region.begin.column;
  return where;
}

Node convert(const toml::node& source);

void convert_table(const toml::table& source, Node& node) {
  node.kind = Node::Kind::table;
  node.entries.reserve(source.size());
  for (const auto& [key, value] : source) {
    node.entries.push_back({.key = std::string{key.str()},
                            .place = {.where = location(key.source()), .origin = 0},
                            .value = convert(value)});
  }
  const auto position = [](const Entry& entry) { return std::pair(entry.place.where.line, entry.place.where.column); };
  std::stable_sort(node.entries.begin(), node.entries.end(),
                   [&](const Entry& a, const Entry& b) { return position(a) < position(b); });
}

void convert_list(const toml::array& source, Node& node) {
  node.kind = Node::Kind::list;
  node.list.reserve(source.size());
  for (const toml::node& element : source) node.list.push_back(convert(element));
}

/// toml++ lets only days of the calendar through; it knows years from 0 to 9999.
void convert_date(const toml::date& source, Node& node) {
  node.kind = Node::Kind::date;
  if (const auto date = Date::of(source.year, source.month, source.day)) node.date = *date;
}

Node convert(const toml::node& source) {
  Node node;
  node.place.where = location(source.source());
  if (const auto* table = source.as_table()) convert_table(*table, node);
  if (const auto* array = source.as_array()) convert_list(*array, node);
  if (const auto* text = source.as_string()) {
    node.kind = Node::Kind::text;
    node.text = text->get();
  }
  if (const auto* integer = source.as_integer()) {
    node.kind = Node::Kind::integer;
    node.integer = integer->get();
    node.number = static_cast<double>(node.integer);
  }
  if (const auto* real = source.as_floating_point()) {
    node.kind = Node::Kind::real;
    node.number = real->get();
  }
  if (const auto* boolean = source.as_boolean()) {
    node.kind = Node::Kind::boolean;
    node.number = boolean->get() ? 1 : 0;
  }
  if (const auto* date = source.as_date()) convert_date(date->get(), node);
  if (source.is_time() || source.is_date_time()) node.kind = Node::Kind::clock;
  return node;
}

}  // namespace

const Entry* Node::find(std::string_view key) const {
  const auto found = std::find_if(entries.begin(), entries.end(), [&](const Entry& e) { return e.key == key; });
  return found == entries.end() ? nullptr : &*found;
}

Entry* Node::find(std::string_view key) {
  const auto found = std::find_if(entries.begin(), entries.end(), [&](const Entry& e) { return e.key == key; });
  return found == entries.end() ? nullptr : &*found;
}

std::string_view kind_words(Node::Kind kind) {
  switch (kind) {
    case Node::Kind::boolean:
      return "true or false";
    case Node::Kind::integer:
    case Node::Kind::real:
      return "a number";
    case Node::Kind::text:
      return "a text";
    case Node::Kind::date:
      return "a date";
    case Node::Kind::clock:
      return "a time of day";
    case Node::Kind::list:
      return "a list";
    case Node::Kind::table:
      return "a table";
  }
  return "";
}

TomlReading read_toml(std::string_view text) {
  TomlReading reading;
  try {
    const toml::table table = toml::parse(text, std::string_view{});
    convert_table(table, reading.root);
  } catch (const toml::parse_error& error) {
    const toml::source_position at = error.source().begin;
    reading.mistake = explain_toml_mistake(error.description(), {.line = at.line, .column = at.column}, text);
  }
  return reading;
}

}  // namespace materiel::scenario
