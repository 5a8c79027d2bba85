// What changes a production's pace: learning and breakdowns. (Disruptions: run_disruption.cpp.)

#include <fmt/format.h>

#include "model/run.h"

namespace materiel::model {

void Run::begin_learning(std::uint32_t index) {
  const ProductionProgram& p = program_.productions[index];
  ProductionState& s = state_.productions[index];
  const double slope = draw(p.slope);
  if (!(slope > 0)) fail(fmt::format("{}: the slope of learning must be more than 0, not {}", p.name, slope));
  s.exponent = -std::log2(slope);
  s.reference = draw(p.reference);
  if (p.ceiling.present()) s.ceiling = draw(p.ceiling);
  learn(index, 0);
}

/// Wright's law with constant labour (Wright 1936): output per day grows as labour per unit falls. The unit that is
/// being made has the number after those completed.
void Run::learn(std::uint32_t index, std::int64_t units) {
  ProductionState& s = state_.productions[index];
  s.completed += units;
  s.learned = std::pow(static_cast<double>(s.completed + 1) / s.reference, s.exponent);
  s.speed = s.factor * s.learned;
}

void Run::begin_breakdowns(std::uint32_t index) {
  const ProductionProgram& p = program_.productions[index];
  const double opens = state_.productions[index].span.phase;
  set_slot(p.breakdown_slot, opens < 0 ? first_change(index, opens) : opens + draw_days(p.uptime, p.name));
}

/// When a machine that opened before the start breaks down or is repaired for the first time from the start on; sets
/// which of both it is.
double Run::first_change(std::uint32_t index, double opens) {
  const ProductionProgram& p = program_.productions[index];
  ProductionState& s = state_.productions[index];
  double time = opens;
  if (!resolved_->is_drawn(p.uptime) && !resolved_->is_drawn(p.repair)) {
    const double cycle = draw_days(p.uptime, p.name) + draw_days(p.repair, p.name);
    if (cycle > 0) time += cycle * std::max(std::floor(-opens / cycle) - 1, 0.0);
  }
  for (std::int64_t changes = 0; changes < kMostBeforeStart; ++changes) {
    const double next = time + draw_days(s.down ? p.repair : p.uptime, p.name);
    if (next >= 0) return next;
    time = next;
    s.down = !s.down;
  }
  fail_for_intervals(p.name);
  return engine::kNever;
}

void Run::breakdown_event(std::uint32_t index) {
  const ProductionProgram& p = program_.productions[index];
  ProductionState& s = state_.productions[index];
  if (now_ >= s.span.ends) return;
  s.down = !s.down;
  tell(p.name, s.down ? "breaks down" : "is repaired");
  wake_slot(p.slot);
  set_slot(p.breakdown_slot, now_ + draw_days(s.down ? p.repair : p.uptime, p.name));
}

}  // namespace materiel::model
