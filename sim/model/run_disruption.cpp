// Disruptions: factors on the pace of processes for a while, and stock destroyed.

#include <fmt/format.h>

#include "model/run.h"

namespace materiel::model {

void Run::begin_disruption(std::uint32_t index) {
  const DisruptionProgram& p = program_.disruptions[index];
  DisruptionState& s = state_.disruptions[index];
  s = {};
  s.next = engine::kNever;
  if (p.chance.present() && !(state_.streams[p.chance_stream].uniform() < draw(p.chance))) return;
  if (p.after != kNone) {
    s.next = 0;  // once the milestone comes
    return;
  }
  start_disruption(index, p.at.present() ? draw(p.at) : draw_days(p.every, p.name));
}

void Run::start_disruption(std::uint32_t index, double at) {
  DisruptionState& s = state_.disruptions[index];
  s.next = at;
  if (at < 0)
    start_before(index, at);
  else
    set_slot(program_.disruptions[index].slot, at);
}

/// Of a disruption that happened before the start what is left of it holds, and of its recovery.
void Run::start_before(std::uint32_t index, double at) {
  const DisruptionProgram& p = program_.disruptions[index];
  DisruptionState& s = state_.disruptions[index];
  s.lasts = (p.lasts.present() ? draw_days(p.lasts, p.name) : 0) + at;
  if (s.lasts > 0) {
    s.before_start = true;
    set_slot(p.slot, 0);
    return;
  }
  if (!p.factor.present() || !p.recovery.present()) return;
  s.recovery = draw_days(p.recovery, p.name);
  s.ended = s.lasts;
  if (!(s.ended + s.recovery > 0)) return;
  draw_depth(index);
  s.phase = DisruptionState::Phase::recovering;
  s.next = engine::kNever;
  set_slot(p.slot, 0);
}

void Run::draw_depth(std::uint32_t index) {
  const DisruptionProgram& p = program_.disruptions[index];
  DisruptionState& s = state_.disruptions[index];
  s.depth = draw(p.factor);
  if (!(s.depth >= 0)) fail(fmt::format("{}: the factor must be at least 0, not {}", p.name, s.depth));
}

void Run::disruption_event(std::uint32_t index) {
  const DisruptionState& s = state_.disruptions[index];
  if (s.phase == DisruptionState::Phase::active)
    end_disruption(index);
  else if (now_ >= s.next)
    disrupt(index);
  else
    recover(index);
}

void Run::disrupt(std::uint32_t index) {
  const DisruptionProgram& p = program_.disruptions[index];
  DisruptionState& s = state_.disruptions[index];
  if (!s.before_start) {
    s.lasts = p.lasts.present() ? draw_days(p.lasts, p.name) : 0;
    if (p.cell != kNone) destroy(index);
  }
  s.before_start = false;
  s.phase = DisruptionState::Phase::active;
  tell(p.name, "begins");
  if (p.factor.present()) {
    draw_depth(index);
    set_disruption_factor(index, s.depth);
  }
  set_slot(p.slot, now_ + s.lasts);
}

void Run::end_disruption(std::uint32_t index) {
  const DisruptionProgram& p = program_.disruptions[index];
  DisruptionState& s = state_.disruptions[index];
  tell(p.name, "ends");
  s.phase = DisruptionState::Phase::recovering;
  s.ended = now_;
  s.recovery = p.recovery.present() ? draw_days(p.recovery, p.name) : 0;
  s.next = p.every.present() ? now_ + draw_days(p.every, p.name) : engine::kNever;
  recover(index);
}

/// Goes back to 1 in a straight line, in steps of a day: in each the factor is its mean over the step.
void Run::recover(std::uint32_t index) {
  const DisruptionProgram& p = program_.disruptions[index];
  DisruptionState& s = state_.disruptions[index];
  constexpr double kRounding = 1e-6;  // days: steps end at ended + a whole number, rounded; the start is within one
  const double step = std::floor(now_ - s.ended + kRounding);
  const bool recovered = !p.factor.present() || now_ >= s.ended + s.recovery;
  const double ends = std::min(step + 1, s.recovery);
  if (p.factor.present())
    set_disruption_factor(index, recovered ? 1 : s.depth + (1 - s.depth) * 0.5 * (step + ends) / s.recovery);
  if (recovered) s.phase = DisruptionState::Phase::waiting;
  const double next = recovered ? s.next : std::min(s.ended + ends, s.next);
  if (next < engine::kNever) set_slot(p.slot, next);
}

void Run::destroy(std::uint32_t index) {
  const DisruptionProgram& p = program_.disruptions[index];
  const std::int64_t there = stock(p.cell);
  const std::int64_t units = p.fraction.present() ? scaled(there, draw(p.fraction)) : draw_units(p.quantity, p.name);
  const std::int64_t destroyed = std::min(units, there);
  if (destroyed == 0) return;
  count(p.destroyed, destroyed);
  change_stock(p.cell, -destroyed, "destroyed");
}

void Run::set_disruption_factor(std::uint32_t index, double factor) {
  DisruptionState& s = state_.disruptions[index];
  if (s.factor == factor) return;
  s.factor = factor;
  for (const TargetProgram& target : program_.disruptions[index].targets) change_target(target);
}

/// The product of the factors of these disruptions.
double Run::factor_of(const std::vector<std::uint32_t>& disruptions) const {
  double product = 1;
  for (const std::uint32_t d : disruptions) product *= state_.disruptions[d].factor;
  return product;
}

void Run::change_target(const TargetProgram& target) {
  switch (target.kind) {
    case TargetProgram::Kind::supply:
      return change_supply(target.index);
    case TargetProgram::Kind::production:
      return change_production(target.index);
    case TargetProgram::Kind::route:
      return change_route(target.index);
    case TargetProgram::Kind::demand:
      return change_demand(target.index);
  }
}

void Run::change_production(std::uint32_t index) {
  const ProductionProgram& p = program_.productions[index];
  ProductionState& s = state_.productions[index];
  settle(index);
  pause_work(index);
  s.factor = factor_of(p.disruptions);
  s.speed = s.factor * s.learned;
  if (s.open) wake_slot(p.slot);
}

void Run::change_route(std::uint32_t index) {
  const RouteProgram& p = program_.routes[index];
  RouteState& s = state_.routes[index];
  const double factor = factor_of(p.disruptions);
  const std::int64_t capacity = scaled(s.full_capacity, factor);
  s.shut = capacity == 0;
  if (!s.shut) {
    s.capacity = capacity;
    s.minimum = std::min(s.full_minimum, s.capacity);
    limit_route(index);
  }
  update_race(index);
  touch_route(index);
}

void Run::change_supply(std::uint32_t index) {
  const SupplyProgram& p = program_.supplies[index];
  SupplyState& s = state_.supplies[index];
  change_pace(p.pattern, s.pattern, factor_of(p.disruptions));
  if (!p.schedule.empty() || !s.pattern.pending || slot_time(p.slot) <= now_) return;
  const double time = time_of_next(p.pattern, s.pattern);
  set_slot(p.slot, time < s.span.ends ? time : engine::kNever);
}

void Run::change_demand(std::uint32_t index) {
  const DemandProgram& p = program_.demands[index];
  DemandState& s = state_.demands[index];
  change_pace(p.pattern, s.pattern, factor_of(p.disruptions) * s.tempo_factor);
  if (!s.pattern.pending || slot_time(p.slot) <= now_) return;
  const double time = time_of_next(p.pattern, s.pattern);
  set_slot(p.slot, time < s.span.ends ? time : engine::kNever);
}

}  // namespace materiel::model
