// The ledger, and the order of events at one instant.

#include <algorithm>

#include <materiel/scenario/maker_order.h>

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

SlotId NetworkCompiler::add_slot(SlotKind kind, std::uint32_t index) {
  program_.slots.push_back({kind, index});
  return static_cast<SlotId>(program_.slots.size() - 1);
}

/// Slots in the order of events at one instant (docs/model.md, section 4), those of makers last: their events are by
/// far the most and have a calendar of their own.
void NetworkCompiler::slots() {
  for (std::uint32_t i = 0; i < program_.disruptions.size(); ++i)
    program_.disruptions[i].slot = add_slot(SlotKind::disruption, i);
  for (std::uint32_t i = 0; i < program_.productions.size(); ++i)
    if (program_.productions[i].uptime.present())
      program_.productions[i].breakdown_slot = add_slot(SlotKind::breakdown, i);
  for (std::uint32_t i = 0; i < program_.demands.size(); ++i)
    if (!program_.demands[i].tempo.empty()) program_.demands[i].tempo_slot = add_slot(SlotKind::tempo, i);
  program_.first_late_slot = static_cast<SlotId>(program_.slots.size());
  for (std::uint32_t i = 0; i < program_.sites.size(); ++i) {
    const auto& cells = program_.sites[i].cells;
    if (std::any_of(cells.begin(), cells.end(), [&](CellId c) { return program_.cells[c].room_matters; }))
      program_.sites[i].unload_slot = add_slot(SlotKind::unload, i);
  }
  for (std::uint32_t i = 0; i < program_.routes.size(); ++i) program_.routes[i].slot = add_slot(SlotKind::dispatch, i);
  demand_slots();
  for (std::uint32_t i = 0; i < program_.orders.size(); ++i) program_.orders[i].slot = add_slot(SlotKind::order, i);
  for (std::uint32_t i = 0; i < program_.milestones.size(); ++i)
    program_.milestones[i].slot = add_slot(SlotKind::milestone, i);
  program_.observation_slot = add_slot(SlotKind::observation, 0);
  program_.first_maker_slot = static_cast<SlotId>(program_.slots.size());
  maker_slots();
}

/// Supplies and productions in the order of the file.
void NetworkCompiler::maker_slots() {
  for (const scenario::Maker& maker : scenario::makers_in_order(spec_)) {
    if (maker.kind == scenario::Maker::Kind::supply) {
      program_.supplies[maker.index].slot = add_slot(SlotKind::supply, maker.index);
    } else {
      program_.productions[maker.index].slot = add_slot(SlotKind::production, maker.index);
    }
  }
}

/// Demands by priority, then in the order of the file; each with its backlog first.
void NetworkCompiler::demand_slots() {
  std::vector<std::uint32_t> order(program_.demands.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return spec_.demands[a].priority < spec_.demands[b].priority;
  });
  for (const std::uint32_t i : order) {
    program_.demands[i].fill_slot = add_slot(SlotKind::fill, i);
    program_.demands[i].slot = add_slot(SlotKind::demand, i);
  }
}

}  // namespace materiel::model
