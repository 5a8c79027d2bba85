// The order of events at one instant: kinds in the order of their steps, names within a kind.

#include <algorithm>

#include "model/by_name.h"
#include "model/compile_network.h"

namespace materiel::model {

SlotId NetworkCompiler::add_slot(SlotKind kind, std::uint32_t index) {
  program_.slots.push_back({kind, index});
  return static_cast<SlotId>(program_.slots.size() - 1);
}

/// Slots in the order of the steps of an instant (docs/model.md, section 4), those of source processes last: their
/// events are by far the most and have a calendar of their own.
void NetworkCompiler::slots() {
  Program& p = program_;
  const auto productions = by_name(p.productions), demands = by_name(p.demands), sites = by_name(p.sites);
  for (const std::uint32_t i : by_name(p.disruptions)) p.disruptions[i].slot = add_slot(SlotKind::disruption, i);
  for (const std::uint32_t i : p.routes_by_name)
    if (p.routes[i].race != kNone && !p.routes[i].closed.empty())
      p.routes[i].opening_slot = add_slot(SlotKind::opening, i);
  for (const std::uint32_t i : productions)
    if (p.productions[i].uptime.present()) p.productions[i].breakdown_slot = add_slot(SlotKind::breakdown, i);
  for (const std::uint32_t i : demands)
    if (!p.demands[i].tempo.empty()) p.demands[i].tempo_slot = add_slot(SlotKind::tempo, i);
  p.first_late_slot = static_cast<SlotId>(p.slots.size());
  for (const std::uint32_t i : sites) {
    const auto& cells = p.sites[i].cells;
    if (std::any_of(cells.begin(), cells.end(), [&](CellId c) { return p.cells[c].room_matters; }))
      p.sites[i].unload_slot = add_slot(SlotKind::unload, i);
  }
  p.first_dispatch_slot = static_cast<SlotId>(p.slots.size());
  for (const std::uint32_t i : p.routes_by_name) p.routes[i].slot = add_slot(SlotKind::dispatch, i);
  p.service_slot = add_slot(SlotKind::service, 0);
  p.first_demand_slot = static_cast<SlotId>(p.slots.size());
  std::vector<std::uint32_t> turns = demands;
  std::stable_sort(turns.begin(), turns.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return p.demands[a].priority < p.demands[b].priority; });
  for (const std::uint32_t i : turns) p.demands[i].slot = add_slot(SlotKind::demand, i);
  p.first_order_slot = static_cast<SlotId>(p.slots.size());
  for (const std::uint32_t i : p.routes_by_name) {
    const std::uint32_t order = p.routes[i].order;
    if (order != kNone) p.orders[order].slot = add_slot(SlotKind::order, order);
  }
  p.first_milestone_slot = static_cast<SlotId>(p.slots.size());
  for (const std::uint32_t i : by_name(p.milestones)) p.milestones[i].slot = add_slot(SlotKind::milestone, i);
  p.observation_slot = add_slot(SlotKind::observation, 0);
  p.first_maker_slot = static_cast<SlotId>(p.slots.size());
  for (const std::uint32_t i : by_name(p.supplies)) p.supplies[i].slot = add_slot(SlotKind::supply, i);
  for (const std::uint32_t i : productions) p.productions[i].slot = add_slot(SlotKind::production, i);
}

}  // namespace materiel::model
