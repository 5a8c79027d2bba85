#pragma once

#include <string>
#include <vector>

#include "scenario/parse_mistakes.h"
#include "scenario/parse_tree.h"

namespace materiel::scenario {

/// A column of a CSV file, its cells as if they stood in the scenario: numbers and dates.
struct Column {
  std::vector<Node> cells;
  std::string error;        ///< empty if it could be read
  bool wrong_name = false;  ///< whether it is the column's name that is wrong
  Notes notes;
};

/// Reads the column `name` of a CSV file with a header row. Empty cells are missing values and are left out.
/// @param scenario  the scenario's file: `csv` is found from its folder
/// @param any_path  whether it may lie outside of that folder
[[nodiscard]] Column read_column(const std::string& scenario, const std::string& csv, const std::string& name,
                                 bool any_path);

}  // namespace materiel::scenario
