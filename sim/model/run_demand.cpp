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
  state_.lines[index].sizes.clear();
  state_.lines[index].first = 0;
  if (!p.tempo.empty()) begin_tempo(index);
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
  const std::int64_t quantity = draw_units_or(size_of(index), 1, p.name);
  if (quantity > 0) {
    count(p.demanded, quantity);
    if (p.in_line) {
      join_line(index, quantity);
    } else if (p.backlog) {
      owe(index, quantity);
      fill_event(index);
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
    for (const CellId cell : p.cells) reconsider_cell(cell, 0);
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

void Run::fill_event(std::uint32_t index) {
  const DemandProgram& p = program_.demands[index];
  if (p.in_line) {
    serve_line(index);
    return;
  }
  const std::int64_t owed = state_.counts[p.owed];
  if (owed == 0) return;
  const std::int64_t served = serve(index, owed);
  if (served > 0) owe(index, -served);
}

/// A demand of its own size waits behind those before it.
void Run::join_line(std::uint32_t index, std::int64_t quantity) {
  state_.lines[index].sizes.push_back(quantity);
  owe(index, quantity);
  serve_line(index);
}

/// Serves those who wait, first come first, while there is enough for the first.
void Run::serve_line(std::uint32_t index) {
  const DemandProgram& p = program_.demands[index];
  const DemandState& s = state_.demands[index];
  WaitingLine& line = state_.lines[index];
  while (line.first < line.sizes.size()) {
    std::int64_t& size = line.sizes[line.first];
    const std::int64_t there = servable(index);
    if (there < s.needs || (p.whole && p.backlog && there < size)) break;
    const std::int64_t served = p.whole && there < size ? 0 : serve(index, size);
    const std::int64_t lacking = size - served;
    if (served > 0) owe(index, -served);
    if (lacking > 0 && p.backlog) {
      size = lacking;
      break;
    }
    if (lacking > 0) {
      owe(index, -lacking);
      count(p.unmet, lacking);
      tell(p.name, "unmet", lacking);
    }
    ++line.first;
  }
  if (2 * line.first > line.sizes.size()) {
    line.sizes.erase(line.sizes.begin(), line.sizes.begin() + static_cast<std::ptrdiff_t>(line.first));
    line.first = 0;
  }
}

}  // namespace materiel::model
