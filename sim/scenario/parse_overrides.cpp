#include "scenario/parse_overrides.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <materiel/scenario/schema.h>

#include "scenario/parse_distributions.h"
#include "scenario/parse_limits.h"

namespace materiel::scenario {
namespace {

std::vector<std::string> split(std::string_view path) {
  std::vector<std::string> parts(1);
  for (const char c : path) {
    if (c == '.') {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

void set_place(Node& node, const Place& place) {
  node.place = place;
  for (Node& element : node.list) set_place(element, place);
  for (Entry& entry : node.entries) {
    entry.place = place;
    set_place(entry.value, place);
  }
}

/// The value of an override as TOML; as a string if it is none.
Node read_override_value(const std::string& text) {
  const std::string document = "value = " + text;
  if (!find_other_encoding(document) && !find_excess(document)) {
    TomlReading reading = read_toml(document);
    if (!reading.mistake && reading.root.entries.size() == 1) return std::move(reading.root.entries.front().value);
  }
  Node node;
  node.kind = Node::Kind::text;
  node.text = text;
  return node;
}

std::vector<std::string> keys_of(const Node& table) {
  std::vector<std::string> keys;
  for (const Entry& entry : table.entries) keys.push_back(entry.key);
  return keys;
}

void put(Node& table, const std::string& key, const Place& place, Node value) {
  if (Entry* entry = table.find(key)) {
    entry->place = place;
    entry->value = std::move(value);
  } else {
    table.entries.push_back({.key = key, .place = place, .value = std::move(value)});
  }
}

/// Writes one override into the tree.
class Writer {
 public:
  Writer(Node& root, std::string_view path, Node value, const Place& place, Mistakes& mistakes)
      : root_(root), parts_(split(path)), place_(place), mistakes_(mistakes), value_(std::move(value)) {}

  void write() {
    const TableSchema* schema = find_section(parts_[0]);
    if (!schema) {
      std::vector<std::string> kinds;
      for (const TableSchema& section : section_schemas()) kinds.emplace_back(section.kind);
      mistakes_.error(place_, fmt::format("there is no kind of section {}", in_quotes(parts_[0])),
                      suggest(parts_[0], kinds, "sections"));
      return;
    }
    const bool is_parameter = schema->kind == "parameter";
    const std::size_t shortest = schema->named && !is_parameter ? 3 : 2;
    if (parts_.size() < shortest || std::find(parts_.begin(), parts_.end(), "") != parts_.end()) {
      mistakes_.error(place_,
                      fmt::format("{} is not the path of a key", in_quotes(fmt::format("{}", fmt::join(parts_, ".")))),
                      {fmt::format("write {}.{}KEY=VALUE", schema->kind, schema->named ? "NAME." : "")});
      return;
    }
    if (!schema->named && !root_.find(parts_[0])) put(root_, parts_[0], place_, Node{.place = place_});
    const bool whole = is_parameter && (parts_.size() == 2 || (parts_.size() == 3 && parts_[2] == "value"));
    Node* table = find_table(whole ? 2 : parts_.size() - 1);
    if (!table) return;
    if (whole) {
      write_parameter(*table, *schema);
    } else {
      put(*table, parts_.back(), place_, std::move(value_));
    }
  }

 private:
  /// The table that the first `depth` parts of the path name; null if there is none, which has been reported.
  Node* find_table(std::size_t depth) {
    Node* table = &root_;
    for (std::size_t i = 0; i < depth; ++i) {
      const auto end = parts_.begin() + static_cast<std::ptrdiff_t>(i) + 1;
      const std::string path = fmt::format("{}", fmt::join(parts_.begin(), end, "."));
      Entry* entry = table->find(parts_[i]);
      if (!entry) {
        const std::vector<std::string> keys = keys_of(*table);
        const std::string there = fmt::format("{} there", i == 1 ? "names" : "keys");
        mistakes_.error(place_, fmt::format("the file has no {}", in_quotes(path)),
                        i == 0 ? Notes{} : suggest(parts_[i], keys, there));
        return nullptr;
      }
      if (entry->value.kind != Node::Kind::table) {
        mistakes_.error(place_,
                        fmt::format("{} is {}: it has no keys", in_quotes(path), kind_words(entry->value.kind)));
        return nullptr;
      }
      table = &entry->value;
    }
    return table;
  }

  /// A parameter's new value takes the place of its distribution; its unit, source and so on stay.
  void write_parameter(Node& table, const TableSchema& schema) {
    std::erase_if(table.entries, [&](const Entry& entry) {
      const bool is_argument = !find_key(schema, entry.key) && has_argument(entry.key);
      return is_argument || entry.key == "dist" || entry.key == "value";
    });
    if (value_.kind != Node::Kind::table) {
      put(table, "value", place_, std::move(value_));
      return;
    }
    for (Entry& entry : value_.entries) put(table, entry.key, place_, std::move(entry.value));
  }

  static bool has_argument(const std::string& key) {
    const std::vector<std::string> arguments = distribution_arguments();
    return std::find(arguments.begin(), arguments.end(), key) != arguments.end();
  }

  Node& root_;
  std::vector<std::string> parts_;
  Place place_;
  Mistakes& mistakes_;
  Node value_;
};

}  // namespace

std::string override_name(const Override& override) {
  return override.origin.empty() ? fmt::format("{}={}", override.path, override.value) : override.origin;
}

void apply_overrides(Node& root, const std::vector<Override>& overrides, Mistakes& mistakes) {
  for (std::uint32_t i = 0; i < overrides.size(); ++i) {
    if (overrides[i].path == kAllowPath) continue;
    const Place place{.where = {}, .origin = i + 1};
    Node value = read_override_value(overrides[i].value);
    set_place(value, place);
    write_value(root, overrides[i].path, std::move(value), place, mistakes);
  }
}

void write_value(Node& root, std::string_view path, Node value, const Place& place, Mistakes& mistakes) {
  Writer(root, path, std::move(value), place, mistakes).write();
}

}  // namespace materiel::scenario
