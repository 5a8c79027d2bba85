#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <materiel/base/date.h>
#include <materiel/base/diagnostic.h>

/// A TOML document as a plain tree: tables in file order, and a place for everything.
namespace materiel::scenario {

/// Where something was written.
struct Place {
  Location where;
  std::uint32_t origin = 0;  ///< 0: the file; n: the n-th override
};

struct Entry;

struct Node {
  enum class Kind : std::uint8_t { boolean, integer, real, text, date, clock, list, table };
  Kind kind = Kind::table;
  double number = 0;         ///< boolean, integer, real
  std::int64_t integer = 0;  ///< integer, exactly
  std::string text;
  Date date;
  std::vector<Node> list;
  std::vector<Entry> entries;  ///< of a table
  Place place;                 ///< from the first to behind the last character, if that is on one line

  [[nodiscard]] const Entry* find(std::string_view key) const;
  [[nodiscard]] Entry* find(std::string_view key);
};

struct Entry {
  std::string key;
  Place place;  ///< of the key
  Node value;
};

/// What a kind of node is called in a sentence: "a list".
[[nodiscard]] std::string_view kind_words(Node::Kind kind);

/// Why a text is not a TOML document.
struct TomlMistake {
  Location where;
  std::string message;
  std::vector<std::string> notes;
};

struct TomlReading {
  Node root;  ///< a table
  std::optional<TomlMistake> mistake;
};

/// Reads a text that is UTF-8 and in which find_excess found nothing.
[[nodiscard]] TomlReading read_toml(std::string_view text);

}  // namespace materiel::scenario
