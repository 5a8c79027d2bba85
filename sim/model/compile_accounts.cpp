// The ledger.

#include <materiel/scenario/spec.h>

#include "model/compile_network.h"

namespace materiel::model {

void NetworkCompiler::ledger() {
  program_.ledger.resize(spec_.items.size());
  const auto enter = [&](CellId c, CountId count, LedgerTerm term) {
    if (count != kNone) program_.ledger[program_.cells[c].item].push_back({count, term});
  };
  for (CellId c = 0; c < program_.cells.size(); ++c) enter(c, c, LedgerTerm::stock);
  for (const SupplyProgram& supply : program_.supplies) {
    enter(supply.cell, supply.supplied, LedgerTerm::supplied);
    enter(supply.cell, supply.turned_away, LedgerTerm::lost);
  }
  for (const ProductionProgram& production : program_.productions) {
    enter(production.output, production.produced, LedgerTerm::produced);
    enter(production.output, production.scrapped, LedgerTerm::produced);
    enter(production.output, production.scrapped, LedgerTerm::scrapped);
    for (const InputProgram& input : production.inputs) enter(input.cell, input.used, LedgerTerm::used);
  }
  for (const RouteProgram& route : program_.routes) {
    for (const CargoProgram& c : route.cargo) {
      enter(c.origin, c.in_transit, LedgerTerm::in_transit);
      enter(c.origin, c.lost, LedgerTerm::lost);
    }
  }
  for (const DemandProgram& demand : program_.demands)
    for (std::size_t k = 0; k < demand.cells.size(); ++k)
      enter(demand.cells[k], demand.consumed_of[k] != kNone ? demand.consumed_of[k] : demand.consumed,
            LedgerTerm::consumed);
  for (const ExchangeProgram& exchange : program_.exchanges) {
    enter(exchange.cell, exchange.exchanged, LedgerTerm::exchanged);
    enter(exchange.cell, exchange.turned_away, LedgerTerm::lost);
  }
  for (const DisruptionProgram& disruption : program_.disruptions)
    if (disruption.cell != kNone) enter(disruption.cell, disruption.destroyed, LedgerTerm::destroyed);
}

}  // namespace materiel::model
