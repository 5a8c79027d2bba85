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

/// Wright's law with constant labour (Wright 1936): output per day grows as labour per unit falls.
void Run::learn(std::uint32_t index, std::int64_t units) {
  ProductionState& s = state_.productions[index];
  s.completed += units;
  s.learned = std::pow(static_cast<double>(std::max<std::int64_t>(s.completed, 1)) / s.reference, s.exponent);
  s.speed = s.factor * s.learned;
}

void Run::begin_breakdowns(std::uint32_t index) {
  const ProductionProgram& p = program_.productions[index];
  const double begins = std::max(state_.productions[index].span.begins, now_);
  set_slot(p.breakdown_slot, begins + draw_days(p.uptime, p.name));
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
