#include "scenario/parse_table.h"

#include <algorithm>
#include <cassert>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <materiel/scenario/spec.h>

namespace materiel::scenario {
TableReader::TableReader(Context& context, const Node& table, Place place, const TableSchema& schema, std::string title,
                         const std::vector<std::string>& further)
    : context_(context), table_(table), place_(place), schema_(schema), title_(std::move(title)) {
  check_keys(further);
}

void TableReader::check_keys(const std::vector<std::string>& further) {
  std::vector<std::string> allowed;
  for (const KeySchema& key : schema_.keys) allowed.emplace_back(key.key);
  for (const Entry& entry : table_.entries) {
    const bool known =
        find_key(schema_, entry.key) || std::find(further.begin(), further.end(), entry.key) != further.end();
    if (known || context_.mistakes.leave_out()) continue;
    context_.mistakes.error(entry.place, fmt::format("unknown key {} in {}", in_quotes(entry.key), title_),
                            suggest(entry.key, allowed, "allowed keys"));
  }
  for (const KeySchema& key : schema_.keys) {
    if (key.required && !has(key.key))
      context_.mistakes.error(place_, fmt::format("{} lacks its key '{}'", title_, key.key), {key_words(key)});
  }
}

const KeySchema& TableReader::schema_of(std::string_view key) const {
  const KeySchema* found = find_key(schema_, key);
  assert(found && "a key that is read stands in the schema");
  return *found;
}

const Node* TableReader::find(std::string_view key) const {
  const Entry* entry = table_.find(key);
  return entry ? &entry->value : nullptr;
}

const Place& TableReader::key_place(std::string_view key) const {
  const Entry* entry = table_.find(key);
  return entry ? entry->place : place_;
}

const Node* TableReader::expect(std::string_view key, Node::Kind kind) {
  const Node* node = find(key);
  if (!node || node->kind == kind) return node;
  const KeySchema& schema = schema_of(key);
  wrong_type(context_, *node, in_quotes(key), type_words(schema.type));
  return nullptr;
}

std::string TableReader::text(std::string_view key) {
  const Node* node = expect(key, Node::Kind::text);
  return node ? node->text : std::string{};
}

std::vector<std::string> TableReader::texts(std::string_view key) {
  std::vector<std::string> all;
  const Node* node = expect(key, Node::Kind::list);
  if (!node) return all;
  for (const Node& element : node->list) {
    if (element.kind == Node::Kind::text) {
      all.push_back(element.text);
    } else {
      wrong_type(context_, element, fmt::format("an entry of '{}'", key), type_words(KeyType::text));
    }
  }
  return all;
}

std::optional<Date> TableReader::date(std::string_view key) {
  const Node* node = find(key);
  if (!node) return std::nullopt;
  bool impossible = false;
  const std::optional<Date> date = read_date(context_, *node, impossible);
  if (!date && !impossible) wrong_type(context_, *node, in_quotes(key), type_words(KeyType::date));
  if (!date || !day_number(context_, *date, node->place)) return std::nullopt;
  return date;
}

bool TableReader::flag(std::string_view key) {
  const Node* node = expect(key, Node::Kind::boolean);
  return node && node->number != 0;
}

std::int64_t TableReader::whole_number(std::string_view key) {
  const Node* node = expect(key, Node::Kind::integer);
  return node ? node->integer : 0;
}

std::string TableReader::choice(std::string_view key) {
  const KeySchema& schema = schema_of(key);
  const std::vector<std::string> words(schema.words.begin(), schema.words.end());
  const Node* node = expect(key, Node::Kind::text);
  if (!node) return {};
  if (std::find(words.begin(), words.end(), node->text) != words.end()) return node->text;
  context_.mistakes.error(node->place, fmt::format("'{}' can't be {}", key, in_quotes(node->text)),
                          suggest(node->text, words, "allowed"));
  return {};
}

Text TableReader::name(std::string_view key) {
  const Node* node = expect(key, Node::Kind::text);
  if (!node) return {};
  const KeyType type = schema_of(key).type;
  const NameList& known = type == KeyType::item   ? context_.items
                          : type == KeyType::site ? context_.sites
                                                  : context_.milestones;
  if (!check_name(context_, known, *node)) return {};
  return {.text = node->text, .where = node->place.where};
}

std::vector<Text> TableReader::names(std::string_view key) {
  const Node* node = expect(key, Node::Kind::list);
  std::vector<Text> names;
  if (!node) return names;
  if (node->list.empty()) context_.mistakes.error(node->place, fmt::format("'{}' must not be empty", key));
  std::set<std::string> seen;
  for (const Node& element : node->list) {
    if (element.kind != Node::Kind::text) {
      wrong_type(context_, element, fmt::format("an entry of '{}'", key), type_words(KeyType::item));
    } else if (!seen.insert(element.text).second) {
      context_.mistakes.error(element.place, fmt::format("{} stands twice in '{}'", in_quotes(element.text), key));
    } else if (check_name(context_, context_.items, element)) {
      names.push_back({.text = element.text, .where = element.place.where});
    }
  }
  return names;
}

ValueReading TableReader::reading(std::string_view key) {
  const Node* node = find(key);
  if (!node) return {};
  const KeySchema& schema = schema_of(key);
  const std::string what = in_quotes(key);
  return read_value(context_, *node, {.what = what, .range = schema.range, .random = schema.random});
}

std::optional<When> TableReader::pair(const Node& node, const KeySchema& key) {
  if (node.kind != Node::Kind::list || node.list.size() != 2) {
    context_.mistakes.error(node.place, fmt::format("an entry of '{}' must be a pair such as [2024-01-31, 5]", key.key),
                            {key_words(key)});
    return std::nullopt;
  }
  const std::string when = fmt::format("a time of '{}'", key.key);
  const std::string what = fmt::format("{} of '{}'", key.range == Range::rate ? "a rate" : "a quantity", key.key);
  When made{
      .when = read_value(context_, node.list[0], {.what = when, .range = Range::time, .random = key.random}).value,
      .value = read_value(context_, node.list[1], {.what = what, .range = key.range, .random = key.random}).value};
  return made;
}

std::vector<When> TableReader::pairs(std::string_view key) {
  const Node* node = expect(key, Node::Kind::list);
  std::vector<When> all;
  if (!node) return all;
  const KeySchema& schema = schema_of(key);
  if (node->list.empty()) context_.mistakes.error(node->place, fmt::format("'{}' must not be empty", key));
  const Value* last = nullptr;
  all.reserve(node->list.size());
  for (const Node& element : node->list) {
    std::optional<When> made = pair(element, schema);
    if (!made) continue;
    all.push_back(std::move(*made));
    const Value& when = all.back().when;
    if (when.kind != Value::Kind::number || schema.type != KeyType::steps) continue;
    if (last && last->number >= when.number)
      context_.mistakes.error(element.list[0].place, fmt::format("the times of '{}' must increase", key));
    last = &when;
  }
  return all;
}

std::vector<ItemQuantity> TableReader::quantities(std::string_view key) {
  const Node* node = expect(key, Node::Kind::table);
  std::vector<ItemQuantity> all;
  if (!node) return all;
  const KeySchema& schema = schema_of(key);
  for (const Entry& entry : node->entries) {
    Node name;
    name.text = entry.key;
    name.place = entry.place;
    const std::string what = fmt::format("'{}' of '{}'", entry.key, key);
    ValueReading reading =
        read_value(context_, entry.value, {.what = what, .range = schema.range, .random = schema.random});
    if (!check_name(context_, context_.items, name)) continue;
    all.push_back({.item = {.text = entry.key, .where = entry.place.where}, .quantity = std::move(reading.value)});
  }
  return all;
}

std::string_view TableReader::one_of(std::initializer_list<std::string_view> keys, std::string_view words) {
  std::string_view chosen;
  for (const std::string_view key : keys) {
    if (!has(key)) continue;
    if (chosen.empty()) {
      chosen = key;
    } else {
      context_.mistakes.error(key_place(key), fmt::format("'{}' and '{}' exclude each other", chosen, key),
                              {fmt::format("{} takes one of: {}", title_, words)});
    }
  }
  if (chosen.empty()) {
    context_.mistakes.error(place_, fmt::format("{} has none of '{}'", title_, fmt::join(keys, "', '")),
                            {fmt::format("it takes one of: {}", words)});
  }
  return chosen;
}

void TableReader::goes_with(std::string_view key, std::string_view companion) {
  if (!has(key) || has(companion)) return;
  context_.mistakes.error(key_place(key), fmt::format("'{}' stands without '{}'", key, companion),
                          {key_words(schema_of(key))});
}

void TableReader::needs(std::string_view companion, std::string_view key) {
  if (!has(companion) || has(key)) return;
  context_.mistakes.error(key_place(companion), fmt::format("'{}' needs '{}' beside it", companion, key),
                          {key_words(schema_of(key))});
}

bool check_name(Context& context, const NameList& known, const Node& node) {
  if (known.holds(node.text)) return true;
  if (!context.mistakes.leave_out()) {
    context.mistakes.error(node.place, fmt::format("there is no {} {}", known.what, in_quotes(node.text)),
                           suggest(node.text, known.names, known.what + "s"));
  }
  return false;
}

}  // namespace materiel::scenario
