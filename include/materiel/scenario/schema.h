#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

/// What a scenario file may hold, as tables: the parser looks keys up in them, and says from them what is allowed.
namespace materiel::scenario {

/// What stands behind a key.
enum class KeyType : std::uint8_t {
  text,          // a string
  texts,         // a list of strings
  date,          // 2024-01-31, or the same as a string
  flag,          // true or false
  choice,        // one of `words`
  grade,         // A1 to F6: reliability of the source, credibility of the figure
  format,        // the number of the file format
  item,          // the name of an item
  items,         // a list of names of items
  site,          // the name of a site
  milestone,     // the name of a milestone
  metric,        // the name of a metric
  value,         // a number, an expression, a date if the range is `time`, a distribution if `random`
  rate,          // a value, or a table of rate_schema()
  variability,   // "none", "poisson", or a table of variability_schema()
  schedule,      // a list of [when, quantity]
  steps,         // a list of [when, rate], times increasing
  factors,       // a list of 12 values
  quantities,    // a table of values by item
  capacity,      // the same, or one value
  departures,    // a table of departures_schema()
  closures,      // a list of tables of closure_schema()
  edge,          // of a closure: a day of the year as "12-01", or a time
  whole_number,  // an integer, also a negative one
  order,         // a table of order_schema()
  review,        // "continuous", or a value
  breakdowns,    // a table of breakdowns_schema()
  learning,      // a table of learning_schema()
  states,        // a table of tables of tempo_state_schema(), by name
  weights,       // a table of values by state
  holding,       // a table of holding_schema()
  targets,       // a list of processes: "production.plant", "route.*"
  recovery,      // "step", or a table of recovery_schema()
  destruction,   // a table of destruction_schema()
  pairs,         // a list of [parameter, parameter, correlation]
  settings,      // a table of values by dotted path
  outcome,       // an expression over final metrics, milestones and parameters
};

/// What a value may be.
enum class Range : std::uint8_t {
  number,    // any
  time,      // any, or a date: days since the start
  duration,  // days, at least 0
  interval,  // days, more than 0
  rate,      // units per day, at least 0
  factor,    // at least 0
  positive,  // more than 0
  share,     // 0 to 1
  quantity,  // whole, 0 to 2^53
  count,     // whole, 1 to 2^53
};

struct KeySchema {
  std::string_view key;
  KeyType type = KeyType::text;
  bool required = false;
  Range range = Range::number;                   ///< of values
  bool random = false;                           ///< whether a value may be a distribution
  std::string_view unit;                         ///< of numbers
  std::string_view doc;                          ///< one line
  std::span<const std::string_view> words = {};  ///< of a choice
};

/// A kind of section, or of table inside one.
struct TableSchema {
  std::string_view kind;  ///< "supply"
  bool named = false;     ///< [supply.NAME], any number of them; otherwise one [kind] at most
  std::span<const KeySchema> keys;
  std::string_view doc;
};

/// The kinds of section, in the order in which the documentation presents them.
[[nodiscard]] std::span<const TableSchema> section_schemas();

/// The schema of a kind of section; nothing if there is none.
[[nodiscard]] const TableSchema* find_section(std::string_view kind);

[[nodiscard]] const TableSchema& rate_schema();
[[nodiscard]] const TableSchema& variability_schema();
[[nodiscard]] const TableSchema& departures_schema();
[[nodiscard]] const TableSchema& closure_schema();
[[nodiscard]] const TableSchema& order_schema();
[[nodiscard]] const TableSchema& breakdowns_schema();
[[nodiscard]] const TableSchema& learning_schema();
[[nodiscard]] const TableSchema& tempo_state_schema();
[[nodiscard]] const TableSchema& holding_schema();
[[nodiscard]] const TableSchema& destruction_schema();
[[nodiscard]] const TableSchema& recovery_schema();

/// The key of a table; nothing if it has none of that name.
[[nodiscard]] const KeySchema* find_key(const TableSchema& schema, std::string_view key);

/// What a type is called in a sentence: "a date such as 2024-01-31".
[[nodiscard]] std::string_view type_words(KeyType type);

/// One line about a key: "start: the first day (a date such as 2024-01-31)".
[[nodiscard]] std::string key_words(const KeySchema& key);

/// What a range asks for, after "must": "be a whole number from 0 to 2^53".
[[nodiscard]] std::string_view range_words(Range range);

}  // namespace materiel::scenario
