#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include <materiel/scenario/rate_profile.h>
#include <materiel/scenario/schema.h>

#include "scenario/parse_context.h"
#include "scenario/parse_values.h"

namespace materiel::scenario {

struct ItemQuantity;

/// One table of a file read by its schema: reports unknown and missing keys, then hands out what stands behind the
/// others by their types. What is wrong is reported and comes out absent or empty.
class TableReader {
 public:
  /// @param title    what messages call it: "[supply.parts]"
  /// @param place    what stands for the whole of it: the name in its header
  /// @param further  keys that it may have besides those of the schema
  TableReader(Context& context, const Node& table, Place place, const TableSchema& schema, std::string title,
              const std::vector<std::string>& further = {});

  [[nodiscard]] const Node* find(std::string_view key) const;
  [[nodiscard]] bool has(std::string_view key) const { return find(key) != nullptr; }

  std::string text(std::string_view key);
  std::vector<std::string> texts(std::string_view key);
  std::optional<Date> date(std::string_view key);
  bool flag(std::string_view key);
  /// The word chosen, if it is one of those allowed.
  std::string choice(std::string_view key);
  /// The name of an item, site or milestone that exists.
  Text name(std::string_view key);
  /// The names of items that exist, each once; at least one.
  std::vector<Text> names(std::string_view key);
  Value value(std::string_view key) { return reading(key).value; }
  ValueReading reading(std::string_view key);
  /// [when, value] pairs; times increase if the type is `steps`.
  std::vector<When> pairs(std::string_view key);
  /// Values by item, in file order.
  std::vector<ItemQuantity> quantities(std::string_view key);

  /// The table behind a key, if it is one; what else it is has been reported.
  const Node* table(std::string_view key) { return expect(key, Node::Kind::table); }
  const Node* list(std::string_view key) { return expect(key, Node::Kind::list); }
  std::int64_t whole_number(std::string_view key);

  /// Reports it unless exactly one of these keys is given; the one that is, or else an empty text.
  /// @param words  what to write: "rate; every with quantity; or schedule"
  std::string_view one_of(std::initializer_list<std::string_view> keys, std::string_view words);
  /// Reports a key that is given without the one that it belongs to.
  void goes_with(std::string_view key, std::string_view companion);
  /// Reports that `key` is missing although `companion` is given.
  void needs(std::string_view companion, std::string_view key);

  [[nodiscard]] Context& context() { return context_; }
  [[nodiscard]] const Place& place() const { return place_; }
  [[nodiscard]] const Place& key_place(std::string_view key) const;
  [[nodiscard]] const std::string& title() const { return title_; }

 private:
  void check_keys(const std::vector<std::string>& further);
  [[nodiscard]] const KeySchema& schema_of(std::string_view key) const;
  /// The node of a key that should be of this kind; null if it isn't given, or is wrong, which has been reported.
  const Node* expect(std::string_view key, Node::Kind kind);
  std::optional<When> pair(const Node& node, const KeySchema& key);

  Context& context_;
  const Node& table_;
  Place place_;
  const TableSchema& schema_;
  std::string title_;
};

/// Reports a name that nothing of its kind has.
/// @return whether it is there
bool check_name(Context& context, const NameList& known, const Node& node);

}  // namespace materiel::scenario
