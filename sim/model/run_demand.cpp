// Demand: takes items out of a site for good; what isn't there is lost or owed.

#include "model/run.h"

namespace materiel::model {

void Run::begin_demand(std::uint32_t index) {
  const DemandProgram& p = program_.demands[index];
  DemandState& s = state_.demands[index];
  s = {};
  s.span = begin_span(p.span, p.name);
  s.reserve = draw_units_or(p.reserve, 0, p.name);
  s.needs = draw_units_or(p.needs, 0, p.name);
  state_.lines[index].clear();
  if (!p.tempo.empty()) begin_tempo(index);
  if (p.span.after == kNone) start_demand(index);
}

void Run::start_demand(std::uint32_t index) {
  const DemandProgram& p = program_.demands[index];
  DemandState& s = state_.demands[index];
  begin_pattern(p.pattern, s.pattern, s.span, p.name);
  const double time = next_time(p.pattern, s.pattern, p.name);
  if (time < s.span.ends) set_slot(p.slot, time);
}

void Run::demand_event(std::uint32_t index) {
  const DemandProgram& p = program_.demands[index];
  DemandState& s = state_.demands[index];
  const std::int64_t quantity = draw_units_or(size_of(index), 1, p.name);
  if (quantity > 0) {
    count(p.demanded, quantity);
    if (p.in_line) {
      join_line(index, quantity);
    } else {
      const std::int64_t served = p.whole && servable(index) < quantity ? 0 : serve(index, quantity);
      if (served < quantity) {
        count(p.unmet, quantity - served);
        tell(p.name, "unmet", quantity - served);
      }
    }
  }
  const double time = next_time(p.pattern, s.pattern, p.name);
  if (time < s.span.ends) set_slot(p.slot, time);
}

/// Units that the demand could take now.
std::int64_t Run::servable(std::uint32_t index) {
  const std::int64_t reserve = state_.demands[index].reserve;
  std::int64_t units = 0;
  for (const CellId cell : program_.demands[index].cells)
    units = std::min(units + std::max<std::int64_t>(stock(cell) - reserve, 0), kUnlimited);
  return units;
}

/// The backlog changes by so many units.
void Run::owe(std::uint32_t index, std::int64_t change) {
  const DemandProgram& p = program_.demands[index];
  state_.demands[index].backlog_moment += static_cast<double>(change) * now_;
  count(p.owed, change);
  if (change > 0)
    for (const CellId cell : p.cells) reconsider_users(cell);
  if (program_.cells[p.cells.front()].reviewed) wake_orders(p.cells.front());
}

/// Takes up to `quantity` units from the demand's items in their order; returns how many were there.
std::int64_t Run::serve(std::uint32_t index, std::int64_t quantity) {
  const DemandProgram& p = program_.demands[index];
  const std::int64_t reserve = state_.demands[index].reserve;
  std::int64_t served = 0;
  for (std::size_t k = 0; k < p.cells.size(); ++k) {
    const CellId cell = p.cells[k];
    const std::int64_t units = std::clamp<std::int64_t>(stock(cell) - reserve, 0, quantity - served);
    if (units == 0) continue;
    served += units;
    count(p.consumed, units);
    if (p.consumed_of[k] != kNone) count(p.consumed_of[k], units);
    ConsumptionHistory& history = state_.consumption[cell];
    history.entries.push_back({now_, history.total});
    history.total += units;
    change_stock(cell, -units, "consumed");
  }
  return served;
}

/// A request takes at once what it can if none is before it; what it lacks waits.
void Run::join_line(std::uint32_t index, std::int64_t quantity) {
  const DemandProgram& p = program_.demands[index];
  WaitingLine& line = state_.lines[index];
  if (p.needs.present()) {
    line.push(now_, quantity);
    owe(index, quantity);
    while (serve_first(index)) {
    }
    return;
  }
  std::int64_t lacking = quantity;
  if (line.empty() && !(p.whole && servable(index) < quantity)) lacking -= serve(index, quantity);
  if (lacking == 0) return;
  line.push(now_, lacking);
  owe(index, lacking);
}

/// Serves the first in line, if there is enough for it.
/// @return whether the next one may be served
bool Run::serve_first(std::uint32_t index) {
  const DemandProgram& p = program_.demands[index];
  WaitingLine& line = state_.lines[index];
  if (line.empty()) return false;
  const std::int64_t units = line.front().units, there = servable(index);
  if (there < std::max<std::int64_t>(state_.demands[index].needs, 1) || (p.whole && p.backlog && there < units))
    return false;
  const std::int64_t served = p.whole && there < units ? 0 : serve(index, units);
  const std::int64_t lacking = units - served;
  if (served > 0) owe(index, -served);
  if (lacking > 0 && p.backlog) {
    line.front().units = lacking;
    return false;
  }
  if (lacking > 0) {
    owe(index, -lacking);
    count(p.unmet, lacking);
    tell(p.name, "unmet", lacking);
  }
  line.pop();
  return true;
}

}  // namespace materiel::model
