#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <materiel/base/date.h>
#include <materiel/scenario/expression.h>

#include "scenario/parse_mistakes.h"
#include "scenario/parse_tree.h"

namespace materiel::scenario {

/// The names of one kind of section, in file order.
struct NameList {
  std::string what;  ///< "item"
  std::vector<std::string> names;
  std::unordered_map<std::string, std::uint32_t> index;

  void add(const std::string& name) {
    index.emplace(name, static_cast<std::uint32_t>(names.size()));
    names.push_back(name);
  }
  [[nodiscard]] bool holds(const std::string& name) const { return index.contains(name); }
};

/// What the readers of all parts of a file share.
struct Context {
  Mistakes& mistakes;
  std::string file;
  bool any_path = false;  ///< whether it may name files outside of its folder
  const Node& written;    ///< the file as it stands, before an alternative and overrides
  Date start;
  std::optional<Date> knowledge;
  ExpressionNames parameters;  ///< in file order
  NameList items{"item", {}, {}}, sites{"site", {}, {}}, milestones{"milestone", {}, {}};
  /// Those that a disruption may target.
  std::array<NameList, 4> processes{
      {{"supply", {}, {}}, {"production", {}, {}}, {"route", {}, {}}, {"demand", {}, {}}}};
  std::vector<bool> parameter_used;

  std::set<std::string> data_files;  ///< that were read, as the scenario names them

  /// Where an expression's parameters are noted besides; null if they need not be.
  std::vector<std::uint32_t>* uses = nullptr;
};

/// Days since the start of the scenario; a year that no scenario may name is an error at `place`.
std::optional<double> day_number(Context& context, Date date, const Place& place);

/// A date as TOML has it or as a text of the same form; nothing, without a word, if the node is something else.
/// @param impossible  set if it looks like a date and is none: that has been reported
std::optional<Date> read_date(Context& context, const Node& node, bool& impossible);

/// Checks an expression over parameters and notes which of them it uses; nothing if it was wrong.
/// @return indices of the parameters used
std::optional<std::vector<std::uint32_t>> read_expression(Context& context, const Node& node,
                                                          const ExpressionNames& names);

/// Reports a key that gives `what` its name and can't be one.
void check_new_name(Context& context, const Entry& entry, std::string_view what);

/// "'rate' must be a number, not a list".
void wrong_type(Context& context, const Node& node, std::string_view what, std::string_view expected, Notes notes = {});

}  // namespace materiel::scenario
