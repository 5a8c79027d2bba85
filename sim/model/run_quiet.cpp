// How many batches of a production concern nobody: what run_batches.cpp may settle together.

#include "model/run.h"

namespace materiel::model {

/// How many more batches can be completed, and others begun in their place, before somebody may have to act or the next
/// can't begin; whatever else happens, unless reconsider() is called. Batches that other productions have reckoned
/// ahead count as if they were done.
std::int64_t Run::quiet_batches(std::uint32_t index) {
  const ProductionProgram& p = program_.productions[index];
  const ProductionState& s = state_.productions[index];
  const std::int64_t batch = s.batch;
  if (s.underway != batch || s.halted()) return 0;
  std::int64_t units = s.left;
  units = std::min(units, state_.quiet[p.produced].most - state_.counts[p.produced]);
  if (p.scrapped != kNone) units = std::min(units, state_.quiet[p.scrapped].most - state_.counts[p.scrapped]);
  if (p.in_process_watched && !state_.quiet[p.in_process].has(state_.counts[p.in_process] - batch)) return 0;
  units = std::min(units, quiet_output(index));
  for (const InputProgram& input : p.inputs)
    if (state_.per_unit[input.number] > 0) units = std::min(units, quiet_input(index, input));
  return units / batch;
}

/// Units that can be added to a production's output.
std::int64_t Run::quiet_output(std::uint32_t index) {
  const CellId cell = program_.productions[index].output;
  const Dependents<IndexLists>& lists = program_.dependents;
  const std::int64_t there = stock(cell);
  if (there < 1) return 0;  // the days without stock end
  for (const std::uint32_t p : lists.productions_using[cell])
    if (state_.productions[p].starved) return 0;
  for (const std::uint32_t d : lists.demands_on[cell])
    if (state_.counts[program_.demands[d].owed] > 0) return 0;
  std::int64_t units = state_.quiet[cell].most - there - added_ahead(cell, index);
  for (const std::uint32_t r : lists.routes_from[cell]) units = std::min(units, quiet_load(r, index));
  return std::max<std::int64_t>(units, 0);
}

/// Units that can be added to what a route may load before it has to look.
std::int64_t Run::quiet_load(std::uint32_t route, std::uint32_t production) {
  const RouteProgram& p = program_.routes[route];
  const RouteState& s = state_.routes[route];
  if (p.max_wait.present() && s.waiting_since == engine::kNever) return 0;  // with the first unit the wait begins
  if (p.scheduled || s.vehicles <= 0 || s.shut || s.limit < 1) return kUnlimited;
  if (state_.considered[p.claimant] || slot_time(p.slot) <= reopens(route)) return kUnlimited;  // as early as it can
  std::int64_t units = s.minimum - 1;
  for (const CargoProgram& cargo : p.cargo) {
    units -= std::max<std::int64_t>(stock(cargo.origin) - s.reserve, 0);
    units -= added_ahead(cargo.origin, production);
    if (units <= 0) return 0;
  }
  return units;
}

/// Units of an input that other claimants may take at the instant at which this production takes its own; all of them
/// if that can't be said. While so many are there beyond what it needs, it makes no difference who comes first.
std::int64_t Run::claimed_by_others(std::uint32_t index, CellId cell) const {
  const Dependents<IndexLists>& lists = program_.dependents;
  for (const std::uint32_t d : lists.demands_on[cell])
    if (state_.counts[program_.demands[d].owed] > 0) return kUnlimited;
  for (const std::uint32_t r : lists.orders_from[cell])
    if (state_.routes[r].on_order > 0) return kUnlimited;
  std::int64_t units = 0;
  for (const std::uint32_t other : lists.productions_using[cell]) {
    if (other == index) continue;
    const ProductionProgram& p = program_.productions[other];
    if (p.batch.present() && resolved_->is_drawn(p.batch)) return kUnlimited;
    for (const InputProgram& input : p.inputs) {
      if (input.cell != cell) continue;
      const std::int64_t batch =
          scaled(state_.per_unit[input.number], static_cast<double>(state_.productions[other].batch));
      if (batch >= kUnlimited - units) return kUnlimited;  // the sum may be more than can be counted
      units += batch;
    }
  }
  return units;
}

/// Units that can be taken from an input.
std::int64_t Run::quiet_input(std::uint32_t index, const InputProgram& input) {
  const CellId cell = input.cell;
  const std::int64_t least = std::max<std::int64_t>(state_.quiet[cell].least, 1);  // or days without stock begin
  std::int64_t units = stock(cell) - least - taken_ahead(cell, index);
  if (input.contested) units -= claimed_by_others(index, cell);
  return std::max<std::int64_t>(units, 0) / state_.per_unit[input.number];
}

/// Units that other productions than this have reckoned ahead into a cell.
std::int64_t Run::added_ahead(CellId cell, std::uint32_t production) const {
  std::int64_t units = 0;
  for (const std::uint32_t p : program_.settlers[cell])
    if (p != production && program_.productions[p].output == cell)
      units += state_.ahead[p].outstanding() * state_.productions[p].batch;
  return units;
}

/// And out of it.
std::int64_t Run::taken_ahead(CellId cell, std::uint32_t production) const {
  std::int64_t units = 0;
  for (const std::uint32_t p : program_.settlers[cell]) {
    if (p == production) continue;
    for (const InputProgram& input : program_.productions[p].inputs)
      if (input.cell == cell)
        units += state_.ahead[p].outstanding() * state_.productions[p].batch * state_.per_unit[input.number];
  }
  return units;
}

}  // namespace materiel::model
