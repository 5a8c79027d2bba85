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
  if (p.slope.present()) begin_learning(index);
  state_.steps[index].forget();
  plan_batches(index);
  if (p.span.after == kNone) start_production(index);
}

void Run::start_production(std::uint32_t index) {
  const ProductionProgram& p = program_.productions[index];
  set_slot(p.slot, state_.productions[index].span.begins);
  if (p.uptime.present()) begin_breakdowns(index);
}

void Run::production_event(std::uint32_t index) {
  const ProductionProgram& p = program_.productions[index];
  ProductionState& s = state_.productions[index];
  settle(index);
  BatchesAhead& ahead = state_.ahead[index];
  ahead.end = std::min(ahead.end, ahead.first + 1);
  if (s.finished && room(p.output) >= s.underway) complete_batch(index);
  if (now_ >= s.span.ends) {
    pause_work(index);
    rest_work(index);
    s.open = s.starved = s.blocked = false;
    s.claimed = engine::kNever;
    return;
  }
  s.open = true;
  if (!s.working || s.completes > now_) {
    pause_work(index);
  } else if (p.limited && room(p.output) < s.underway) {  // another has filled the site at this very instant
    pause_work(index);
    s.remaining = 0;
    s.finished = true;
  } else {
    complete_batch(index);
  }
  if (try_work(index)) return;
  // A machine whose turn to take inputs comes later at this instant has not stopped.
  if (!(p.contested && s.working && s.claimed == now_ && state_.considered[p.claimant])) rest_work(index);
  set_slot(p.slot, s.left > 0 || s.underway > 0 ? s.span.ends : engine::kNever);
}

/// Begins a batch if none is under way, and works on it unless it is down, starved or blocked.
/// @return whether it works
bool Run::try_work(std::uint32_t index) {
  const ProductionProgram& p = program_.productions[index];
  ProductionState& s = state_.productions[index];
  s.starved = s.blocked = false;
  if (s.finished) {
    s.blocked = true;
    return false;
  }
  if (s.halted()) return false;
  if (s.underway == 0) {
    if (s.left <= 0) return false;
    if (s.claimed == engine::kNever) s.claimed = now_;  // it turns to the batch
    s.starved = p.contested || !has_inputs(p, s);
    if (s.starved) {
      wait_for_inputs(index);
      return false;
    }
    begin_batch(index);
  }
  s.blocked = room(p.output) < s.underway;
  if (!s.blocked) start_work(index);
  return !s.blocked;
}

/// If its inputs are there it will be its turn at this instant; else when there is more of them.
void Run::wait_for_inputs(std::uint32_t index) {
  const ProductionProgram& p = program_.productions[index];
  if (p.contested && has_inputs(p, state_.productions[index])) {
    consider(p.claimant);
  } else {
    for (const InputProgram& input : p.inputs) reconsider_cell(input.cell, 0);
  }
}

/// Its claim may be served: all the inputs of its batch, or none.
void Run::serve_production(std::uint32_t index) {
  const ProductionProgram& p = program_.productions[index];
  ProductionState& s = state_.productions[index];
  if (s.open && !s.halted() && has_inputs(p, s)) {
    s.starved = false;
    begin_batch(index);
    s.blocked = room(p.output) < s.underway;
    if (!s.blocked) {
      start_work(index);
      return;
    }
  } else {
    for (const InputProgram& input : p.inputs) reconsider_cell(input.cell, 0);
  }
  if (s.working) rest_work(index);
}

void Run::start_work(std::uint32_t index) {
  const ProductionProgram& p = program_.productions[index];
  ProductionState& s = state_.productions[index];
  const RateCurve& rate = curve(p.curve);
  if (!s.working) {
    s.resumed_at = rate.integral(now_, s.cursor);
    s.resumed_work = rate.positive_time(now_, s.cursor);
    s.resumed = now_;
    s.working = true;
  }
  if (!s.settles || !knows_completion(index)) {
    const double completes = is_capped(s) ? rate.capped_inverse(s.resumed, s.remaining / s.speed, s.ceiling / s.learned)
                                          : rate.inverse(s.resumed_at + s.remaining / s.speed, s.inverse_cursor);
    s.completes = std::max(completes, now_);
  }
  if (s.settles) {
    reckon_batches(index);
  } else {
    set_slot(p.slot, std::min(s.completes, s.span.ends));
  }
}

/// The operational time of the next unit.
double Run::next_step(std::uint32_t index) {
  auto& ahead = state_.steps[index];
  if (ahead.next == ahead.filled) draw_steps(index);
  return ahead.steps[ahead.next++];
}

/// Adds to the steps that are known.
void Run::draw_steps(std::uint32_t index) {
  auto& ahead = state_.steps[index];
  std::copy(ahead.steps.begin() + ahead.next, ahead.steps.begin() + ahead.filled, ahead.steps.begin());
  ahead.filled -= ahead.next;
  ahead.next = 0;
  const auto wanted = state_.productions[index].settles ? static_cast<std::uint32_t>(ahead.steps.size()) : 1;
  if (ahead.filled >= wanted) return;
  resolved_->draw(program_.productions[index].step, state_.streams,
                  std::span(ahead.steps).subspan(ahead.filled, wanted - ahead.filled));
  ahead.filled = wanted;
}

/// Whether the site has the inputs of the next batch.
bool Run::has_inputs(const ProductionProgram& p, const ProductionState& s) {
  const std::int64_t batch = std::min(s.batch, s.left);
  return std::all_of(p.inputs.begin(), p.inputs.end(), [&](const InputProgram& input) {
    std::int64_t units = 0;
    const bool too_many = __builtin_mul_overflow(batch, state_.per_unit[input.number], &units);
    return !too_many && stock(input.cell) >= units;
  });
}

/// Takes the inputs of the next batch, which are there.
void Run::begin_batch(std::uint32_t index) {
  const ProductionProgram& p = program_.productions[index];
  ProductionState& s = state_.productions[index];
  s.claimed = engine::kNever;
  s.underway = std::min(s.batch, s.left);
  if (s.left < kUnlimited) s.left -= s.underway;
  if (p.in_process != kNone) count(p.in_process, s.underway);
  for (const InputProgram& input : p.inputs) {
    const std::int64_t units = s.underway * state_.per_unit[input.number];
    if (units == 0) continue;
    count(input.used, units);
    change_stock_of(input.cell, -units, "used", input_moment(input));
  }
  s.remaining = static_cast<double>(s.underway) * next_step(index);
}

/// Brings the work on the batch up to date.
void Run::pause_work(std::uint32_t index) {
  ProductionState& s = state_.productions[index];
  state_.ahead[index].forget();
  if (!s.working) return;
  const RateCurve& rate = curve(program_.productions[index].curve);
  const double reached = rate.integral(now_, s.cursor);
  const double accrued =
      is_capped(s) ? rate.capped_integral(s.resumed, now_, s.ceiling / s.learned) : reached - s.resumed_at;
  s.remaining = std::max(s.remaining - accrued * s.speed, 0.0);
  s.resumed_at = reached;
  s.resumed = now_;
}

/// The machine goes idle.
void Run::rest_work(std::uint32_t index) {
  ProductionState& s = state_.productions[index];
  state_.ahead[index].forget();
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
  if (s.speed > 0) s.resumed_at += s.remaining / s.speed;
  s.resumed = now_;
  s.remaining = 0;
  s.completes = engine::kNever;
  s.finished = false;
  s.underway = 0;
  if (p.slope.present()) learn(index, batch);
  s.batch = draw_units_or(p.batch, 1, p.name);
  if (s.left < kUnlimited) s.left += scrapped;  // a contract counts good units
  if (p.in_process != kNone) count(p.in_process, -batch);
  if (scrapped > 0) {
    count(p.scrapped, scrapped);
    tell(p.name, "scrapped", scrapped, p.output);
  }
  if (scrapped == batch) return;
  count(p.produced, batch - scrapped);
  change_stock_of(p.output, batch - scrapped, "produced", state_.batch_moments[index]);
}

/// The room for a production's output has changed: it may have to stop, or may go on.
void Run::touch_production_room(std::uint32_t index) {
  const ProductionProgram& p = program_.productions[index];
  const ProductionState& s = state_.productions[index];
  if (!s.finished && (!s.open || s.underway == 0 || (!s.working && !s.blocked))) return;
  const bool fits = room(p.output) >= s.underway;
  if (s.finished) {  // it needs no more work: neither a breakdown nor its closing keeps it back
    if (fits) wake_slot(p.slot);
    return;
  }
  if (fits == s.blocked) wake_slot(p.slot);
}

/// Days worked so far.
double Run::worked(std::uint32_t index) {
  ProductionState& s = state_.productions[index];
  if (!s.working) return s.worked;
  return s.worked + curve(program_.productions[index].curve).positive_time(now_, s.cursor) - s.resumed_work;
}

}  // namespace materiel::model
