#include "model/cell_users.h"

namespace materiel::model {

CellUsers::CellUsers(const Program& program)
    : owes(program.cells.size(), false), destroyed(program.cells.size(), false) {
  using Lists = std::vector<std::vector<std::uint32_t>>;
  const std::size_t cells = program.cells.size();
  Lists from(cells), to(cells), supplies(cells), productions(cells), exchanges(cells), orders(cells);
  for (std::uint32_t i = 0; i < program.routes.size(); ++i) {
    for (const CargoProgram& cargo : program.routes[i].cargo) {
      from[cargo.origin].push_back(i);
      to[cargo.destination].push_back(i);
    }
  }
  for (std::uint32_t i = 0; i < program.supplies.size(); ++i) supplies[program.supplies[i].cell].push_back(i);
  for (std::uint32_t i = 0; i < program.productions.size(); ++i)
    productions[program.productions[i].output].push_back(i);
  for (std::uint32_t i = 0; i < program.exchanges.size(); ++i) exchanges[program.exchanges[i].cell].push_back(i);
  for (std::uint32_t i = 0; i < program.orders.size(); ++i) {
    orders[program.orders[i].destination].push_back(i);
    owes[program.orders[i].origin] = true;
  }
  for (const DemandProgram& demand : program.demands)
    if (demand.owed != kNone) owes[demand.cells.front()] = true;
  for (const DisruptionProgram& disruption : program.disruptions)
    if (disruption.cell != kNone) destroyed[disruption.cell] = true;
  routes_from = IndexLists(from);
  routes_to = IndexLists(to);
  supplies_into = IndexLists(supplies);
  productions_into = IndexLists(productions);
  exchanges_into = IndexLists(exchanges);
  orders_to = IndexLists(orders);
}

}  // namespace materiel::model
