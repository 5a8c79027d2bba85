// Demand: takes items out of a site for good; what isn't there is lost or owed.

#include "model/run.h"

namespace materiel::model {

void Run::begin_demand(std::uint32_t index) {
  const DemandProgram& p = program_.demands[index];
  DemandState& s = state_.demands[index];
  s = {};
  s.span = begin_span(p.span, p.name);
  s.reserve = draw_units_or(p.reserve, 0, p.name);
  if (p.span.after == kNone) start_demand(index);
}

void Run::start_demand(std::uint32_t index) {
  const DemandProgram& p = program_.demands[index];
  DemandState& s = state_.demands[index];
  begin_pattern(p.pattern, s.pattern, s.span.begins);
  const double time = next_time(p.pattern, s.pattern, p.name);
  if (time < s.span.ends) set_slot(p.slot, time);
}

void Run::demand_event(std::uint32_t index) {
  const DemandProgram& p = program_.demands[index];
  DemandState& s = state_.demands[index];
  const std::int64_t quantity = draw_units_or(p.size, 1, p.name);
  if (quantity > 0) {
    count(p.demanded, quantity);
    if (p.backlog) {
      count(p.owed, quantity);
      fill_event(index);
    } else {
      const std::int64_t served = serve(index, quantity);
      if (served < quantity) count(p.unmet, quantity - served);
    }
  }
  const double time = next_time(p.pattern, s.pattern, p.name);
  if (time < s.span.ends) set_slot(p.slot, time);
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
    change_stock(cell, -units);
  }
  return served;
}

void Run::fill_event(std::uint32_t index) {
  const DemandProgram& p = program_.demands[index];
  const std::int64_t owed = state_.counts[p.owed];
  if (owed == 0) return;
  const std::int64_t served = serve(index, owed);
  if (served > 0) count(p.owed, -served);
}

}  // namespace materiel::model
