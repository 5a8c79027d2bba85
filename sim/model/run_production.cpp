// Production: open, its inputs taken, its output not blocked, it accrues operational time until the batch is complete.

#include "model/run.h"

namespace materiel::model {

void Run::begin_production(std::uint32_t index) {
  const ProductionProgram& p = program_.productions[index];
  ProductionState& s = state_.productions[index];
  s = {};
  s.span = begin_span(p.span, p.name);
  s.left = draw_units_or(p.total, kUnlimited, p.name);
  s.batch = draw_units_or(p.batch, 1, p.name);
  for (const InputProgram& input : p.inputs) state_.per_unit[input.number] = draw_units(input.per_unit, p.name);
  if (p.span.after == kNone) set_slot(p.slot, s.span.begins);
}

void Run::production_event(std::uint32_t index) {
  const ProductionProgram& p = program_.productions[index];
  ProductionState& s = state_.productions[index];
  if (now_ >= s.span.ends) {
    pause_work(index);
    rest_work(index);
    s.open = s.starved = s.blocked = false;
    return;
  }
  s.open = true;
  if (s.working && s.completes <= now_) {
    complete_batch(index);
  } else {
    pause_work(index);
  }
  try_work(index);
  if (s.underway > 0 && !s.starved && !s.blocked) return;
  rest_work(index);
  set_slot(p.slot, s.left > 0 || s.underway > 0 ? s.span.ends : engine::kNever);
}

/// Begins a batch if none is under way, and works on it unless it is starved or blocked.
void Run::try_work(std::uint32_t index) {
  const ProductionProgram& p = program_.productions[index];
  ProductionState& s = state_.productions[index];
  s.starved = s.blocked = false;
  if (s.underway == 0) {
    if (s.left <= 0) return;
    s.starved = !take_inputs(index);
    if (s.starved) return;
    s.remaining = static_cast<double>(s.underway) * draw_days(p.step, p.name);
  }
  s.blocked = room(p.output) < s.underway;
  if (!s.blocked) start_work(index);
}

void Run::start_work(std::uint32_t index) {
  const ProductionProgram& p = program_.productions[index];
  ProductionState& s = state_.productions[index];
  const RateCurve& rate = curve(p.curve);
  if (!s.working) {
    s.resumed_at = rate.integral(now_, s.cursor);
    s.resumed_work = rate.positive_time(now_, s.cursor);
    s.working = true;
  }
  s.completes = std::max(rate.inverse(s.resumed_at + s.remaining, s.inverse_cursor), now_);
  set_slot(p.slot, std::min(s.completes, s.span.ends));
}

/// Whether the site has the inputs of the next batch.
bool Run::has_inputs(const ProductionProgram& p, const ProductionState& s) const {
  const std::int64_t batch = std::min(s.batch, s.left);
  return std::all_of(p.inputs.begin(), p.inputs.end(), [&](const InputProgram& input) {
    std::int64_t units = 0;
    const bool too_many = __builtin_mul_overflow(batch, state_.per_unit[input.number], &units);
    return !too_many && stock(input.cell) >= units;
  });
}

/// Takes the inputs of the next batch; false if some are not there.
bool Run::take_inputs(std::uint32_t index) {
  const ProductionProgram& p = program_.productions[index];
  ProductionState& s = state_.productions[index];
  if (!has_inputs(p, s)) return false;
  s.underway = std::min(s.batch, s.left);
  if (s.left < kUnlimited) s.left -= s.underway;
  if (p.in_process != kNone) count(p.in_process, s.underway);
  for (const InputProgram& input : p.inputs) {
    const std::int64_t units = s.underway * state_.per_unit[input.number];
    if (units == 0) continue;
    count(input.used, units);
    change_stock(input.cell, -units);
  }
  return true;
}

/// Brings the work on the batch up to date.
void Run::pause_work(std::uint32_t index) {
  ProductionState& s = state_.productions[index];
  if (!s.working) return;
  const double reached = curve(program_.productions[index].curve).integral(now_, s.cursor);
  s.remaining = std::max(s.remaining - (reached - s.resumed_at), 0.0);
  s.resumed_at = reached;
}

/// The machine goes idle.
void Run::rest_work(std::uint32_t index) {
  ProductionState& s = state_.productions[index];
  s.worked = worked(index);
  s.working = false;
  s.completes = engine::kNever;
}

/// The next batch begins where this one ended in operational time, so that thresholds add up without rounding.
void Run::complete_batch(std::uint32_t index) {
  const ProductionProgram& p = program_.productions[index];
  ProductionState& s = state_.productions[index];
  const std::int64_t batch = s.underway;
  std::int64_t scrapped = 0;
  if (p.yield.present()) scrapped = draw_binomial(batch, 1 - draw(p.yield), p.yield_stream);
  s.resumed_at += s.remaining;
  s.remaining = 0;
  s.underway = 0;
  s.batch = draw_units_or(p.batch, 1, p.name);
  if (s.left < kUnlimited) s.left += scrapped;  // a contract counts good units
  if (p.in_process != kNone) count(p.in_process, -batch);
  if (scrapped > 0) count(p.scrapped, scrapped);
  if (scrapped == batch) return;
  count(p.produced, batch - scrapped);
  change_stock(p.output, batch - scrapped);
}

/// The room for a production's output has changed: it may have to stop, or may go on.
void Run::touch_production_room(std::uint32_t index) {
  const ProductionProgram& p = program_.productions[index];
  const ProductionState& s = state_.productions[index];
  if (!s.open || s.underway == 0 || (!s.working && !s.blocked)) return;
  const bool fits = room(p.output) >= s.underway;
  if (fits == s.blocked) wake_slot(p.slot);
}

/// Days worked so far.
double Run::worked(std::uint32_t index) {
  ProductionState& s = state_.productions[index];
  if (!s.working) return s.worked;
  return s.worked + curve(program_.productions[index].curve).positive_time(now_, s.cursor) - s.resumed_work;
}

}  // namespace materiel::model
