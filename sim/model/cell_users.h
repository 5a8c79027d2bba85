#pragma once

#include <vector>

#include "model/program.h"

namespace materiel::model {

/// Which processes put units into each cell or take them out, for checks that would otherwise look through all of them
/// for each: indices in the order of the program.
struct CellUsers {
  explicit CellUsers(const Program& program);

  IndexLists routes_from, routes_to, supplies_into, productions_into, exchanges_into, orders_to;
  std::vector<bool> owes;       ///< some demand, or some order from it, may be owed units of it
  std::vector<bool> destroyed;  ///< some disruption destroys part of it
};

}  // namespace materiel::model
