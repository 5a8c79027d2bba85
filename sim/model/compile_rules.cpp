// Milestones, the ledger, and the order of events at one instant.

#include <algorithm>
#include <tuple>

#include "model/compile_network.h"

namespace materiel::model {

using scenario::MetricKind;

void NetworkCompiler::milestones() {
  for (std::uint32_t i = 0; i < spec_.milestones.size(); ++i) {
    const scenario::Milestone& milestone = spec_.milestones[i];
    const std::string owner = "milestone." + milestone.name;
    MilestoneProgram made{.name = owner};
    made.reaches = milestone.sense == scenario::Milestone::Sense::reaches;
    made.metric = metric_names_.find(milestone.metric.text)->second;
    if (made.metric < program_.plain_metrics) made.count = made.metric;
    made.threshold = values_.draw(milestone.threshold, ValueRole::number, owner, made.reaches ? "reaches" : "falls_to");
    made.hold = values_.draw(milestone.hold, ValueRole::duration, owner, "for");
    program_.milestones.push_back(std::move(made));
    watch(i);
  }
}

/// Whole-number metrics are watched at each change; days of supply and fill rates at each change of what they are made
/// of. Everything else changes with time alone and is looked at with the observations.
void NetworkCompiler::watch(std::uint32_t index) {
  const MilestoneProgram& milestone = program_.milestones[index];
  if (milestone.count != kNone && milestone.count < program_.cells.size()) {
    dependents_.watchers[milestone.count].push_back(index);
  } else if (milestone.count != kNone) {
    watchers_[milestone.count].push_back(index);
  }
  const MetricProgram& metric = program_.metrics[milestone.metric];
  if (metric.kind == MetricKind::days_of_supply) dependents_.watchers[metric.owner].push_back(index);
  if (metric.kind == MetricKind::fill_rate) {
    watchers_[metric.count].push_back(index);
    watchers_[metric.other].push_back(index);
  }
}

void NetworkCompiler::finish_lists() {
  Dependents<IndexLists>& made = program_.dependents;
  made.productions_using = IndexLists(dependents_.productions_using);
  made.routes_from = IndexLists(dependents_.routes_from);
  made.demands_on = IndexLists(dependents_.demands_on);
  made.productions_into = IndexLists(dependents_.productions_into);
  made.watchers = IndexLists(dependents_.watchers);
  program_.watchers = IndexLists(watchers_);
}

/// Which milestone starts which processes.
void NetworkCompiler::starts() {
  const auto collect = [&](const auto& processes, auto member) {
    for (std::uint32_t i = 0; i < processes.size(); ++i)
      if (processes[i].span.after != kNone) (program_.milestones[processes[i].span.after].*member).push_back(i);
  };
  collect(program_.supplies, &MilestoneProgram::starts_supplies);
  collect(program_.productions, &MilestoneProgram::starts_productions);
  collect(program_.demands, &MilestoneProgram::starts_demands);
}

void NetworkCompiler::ledger() {
  program_.ledger.resize(spec_.items.size());
  const auto enter = [&](CellId c, CountId count, std::int64_t sign) {
    if (count != kNone) program_.ledger[program_.cells[c].item].push_back({count, sign});
  };
  for (CellId c = 0; c < program_.cells.size(); ++c) enter(c, c, -1);
  for (const SupplyProgram& supply : program_.supplies) {
    enter(supply.cell, supply.supplied, 1);
    enter(supply.cell, supply.turned_away, -1);
  }
  for (const ProductionProgram& production : program_.productions) {
    enter(production.output, production.produced, 1);
    for (const InputProgram& input : production.inputs) enter(input.cell, input.used, -1);
  }
  for (const RouteProgram& route : program_.routes) {
    for (const CargoProgram& c : route.cargo) {
      enter(c.origin, c.in_transit, -1);
      enter(c.origin, c.lost, -1);
    }
  }
  for (const DemandProgram& demand : program_.demands)
    for (std::size_t k = 0; k < demand.cells.size(); ++k)
      enter(demand.cells[k], demand.consumed_of[k] != kNone ? demand.consumed_of[k] : demand.consumed, -1);
}

/// Slots in the order of events at one instant (model.md section 2): supply and production in file order, unloading,
/// dispatch, demand with its backlog first, milestones, observation. Trips go between production and unloading.
void NetworkCompiler::slots() {
  const auto add = [&](SlotKind kind, std::uint32_t index) {
    program_.slots.push_back({kind, index});
    return static_cast<SlotId>(program_.slots.size() - 1);
  };
  std::vector<std::tuple<std::uint32_t, std::uint32_t, SlotKind, std::uint32_t>> makers;
  for (std::uint32_t i = 0; i < spec_.supplies.size(); ++i)
    makers.emplace_back(spec_.supplies[i].where.line, spec_.supplies[i].where.column, SlotKind::supply, i);
  for (std::uint32_t i = 0; i < spec_.productions.size(); ++i)
    makers.emplace_back(spec_.productions[i].where.line, spec_.productions[i].where.column, SlotKind::production, i);
  std::sort(makers.begin(), makers.end());
  for (const auto& [line, column, kind, index] : makers) {
    const SlotId slot = add(kind, index);
    (kind == SlotKind::supply ? program_.supplies[index].slot : program_.productions[index].slot) = slot;
  }
  program_.first_slot_after_trips = static_cast<SlotId>(program_.slots.size());
  for (std::uint32_t i = 0; i < program_.sites.size(); ++i) {
    const auto& cells = program_.sites[i].cells;
    if (std::any_of(cells.begin(), cells.end(), [&](CellId c) { return program_.cells[c].room_matters; }))
      program_.sites[i].unload_slot = add(SlotKind::unload, i);
  }
  for (std::uint32_t i = 0; i < program_.routes.size(); ++i) program_.routes[i].slot = add(SlotKind::dispatch, i);
  for (std::uint32_t i = 0; i < program_.demands.size(); ++i) {
    program_.demands[i].fill_slot = add(SlotKind::fill, i);
    program_.demands[i].slot = add(SlotKind::demand, i);
  }
  for (std::uint32_t i = 0; i < program_.milestones.size(); ++i)
    program_.milestones[i].slot = add(SlotKind::milestone, i);
  program_.observation_slot = add(SlotKind::observation, 0);
}

}  // namespace materiel::model
