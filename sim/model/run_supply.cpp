// Patterns and spans, which supply and demand share, and supply.

#include "model/run.h"

namespace materiel::model {

SpanState Run::begin_span(const SpanProgram& span, const std::string&) {
  SpanState s;
  s.begins = std::max(draw_or(span.begins, 0), 0.0);
  s.ends = draw_or(span.ends, engine::kNever);
  return s;
}

/// The milestone that a process waits for has been noted now.
void Run::begin_after(const SpanProgram& span, SpanState& s, const std::string& owner) {
  const double delay = span.delay.present() ? draw_days(span.delay, owner) : 0;
  s.begins = std::max(s.begins, now_ + delay);
}

void Run::begin_pattern(const PatternProgram& pattern, PatternState& s, double time) {
  s.cursor = 0;
  s.carried = 0;
  state_.pattern_steps[pattern.steps].forget();
  s.reached = pattern.curve == kNone ? time : curve(pattern.curve).integral(std::min(time, program_.horizon), s.cursor);
  s.since = time;
  s.own_at_since = s.curve_at_since = s.reached;
  s.pending = true;
}

/// The time of the next unit or of the next interval's end; infinity if there is none before the horizon.
double Run::next_time(const PatternProgram& pattern, PatternState& s, const std::string& owner) {
  if (pattern.curve == kNone) {
    add_interval(s.reached, s.carried, pattern.step, owner);
  } else {
    s.reached += next_pattern_step(pattern);
  }
  if (pattern.modulated) return time_of_next(pattern, s);
  if (pattern.curve == kNone) return s.reached;
  return std::max(curve(pattern.curve).inverse(s.reached, s.cursor), now_);
}

/// The next of moments at intervals. Fixed ones don't drift; of those that are drawn no one could tell.
void Run::add_interval(double& moment, double& carried, const Draw& interval, const std::string& owner) {
  const double days = draw_days(interval, owner);
  if (resolved_->is_drawn(interval)) {
    moment += days;
  } else {
    add_carrying(moment, carried, days);
  }
}

/// Of a rate: operational times are never negative, so several can be drawn at a time.
double Run::next_pattern_step(const PatternProgram& pattern) {
  auto& ahead = state_.pattern_steps[pattern.steps];
  if (ahead.next == ahead.filled) {
    ahead.next = 0;
    ahead.filled = settles_ ? static_cast<std::uint32_t>(ahead.steps.size()) : 1;
    resolved_->draw(pattern.step, state_.streams, std::span(ahead.steps).first(ahead.filled));
  }
  return ahead.steps[ahead.next++];
}

/// The time at which a modulated pattern reaches its next unit if its factor stays as it is.
double Run::time_of_next(const PatternProgram& pattern, PatternState& s) {
  const double left = s.reached - s.own_at_since;
  if (left <= 0) return std::max(now_, s.since);
  if (s.factor <= 0) return engine::kNever;
  const double reached = s.curve_at_since + left / s.factor;
  if (pattern.curve == kNone) return std::max(reached, now_);
  return std::max(curve(pattern.curve).inverse(reached, s.cursor), now_);
}

/// The operational time of the unmodulated pattern.
double Run::curve_time(const PatternProgram& pattern, double time) const {
  if (pattern.curve == kNone) return time;
  RateCurve::Cursor cursor = 0;
  return curve(pattern.curve).integral(std::min(time, program_.horizon), cursor);
}

/// From now on a modulated pattern's operational time passes at `factor` times the pace. Who calls this must set the
/// time of the next unit anew.
void Run::change_pace(const PatternProgram& pattern, PatternState& s, double factor) {
  if (s.pending && now_ > s.since) {
    const double reached = curve_time(pattern, now_);
    s.own_at_since += (reached - s.curve_at_since) * s.factor;
    s.curve_at_since = reached;
    s.since = now_;
  }
  s.factor = factor;
}

void Run::begin_supply(std::uint32_t index) {
  const SupplyProgram& p = program_.supplies[index];
  SupplyState& s = state_.supplies[index];
  s = {};
  s.span = begin_span(p.span, p.name);
  s.left = draw_units_or(p.total, kUnlimited, p.name);
  auto& schedule = state_.schedules[index];
  schedule.clear();
  for (const Knot& delivery : p.schedule) {
    const double time = draw(delivery.when);
    schedule.emplace_back(time, draw_units(delivery.value, p.name));
  }
  std::stable_sort(schedule.begin(), schedule.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  if (p.span.after == kNone) start_supply(index);
}

void Run::start_supply(std::uint32_t index) {
  const SupplyProgram& p = program_.supplies[index];
  SupplyState& s = state_.supplies[index];
  if (p.schedule.empty()) {
    begin_pattern(p.pattern, s.pattern, s.span.begins);
  } else {
    const auto& schedule = state_.schedules[index];
    while (s.next_scheduled < schedule.size() && schedule[s.next_scheduled].first < s.span.begins) ++s.next_scheduled;
  }
  schedule_supply(index);
}

/// Sets the slot to the next delivery, if there is one.
void Run::schedule_supply(std::uint32_t index) {
  const SupplyProgram& p = program_.supplies[index];
  SupplyState& s = state_.supplies[index];
  s.pattern.pending = s.left > 0;
  if (s.left <= 0) return;
  double time = engine::kNever;
  if (p.schedule.empty()) {
    time = next_time(p.pattern, s.pattern, p.name);
  } else if (s.next_scheduled < state_.schedules[index].size()) {
    time = state_.schedules[index][s.next_scheduled].first;
  }
  if (time < s.span.ends) set_slot(p.slot, time);
}

void Run::supply_event(std::uint32_t index) {
  const SupplyProgram& p = program_.supplies[index];
  SupplyState& s = state_.supplies[index];
  std::int64_t quantity = 1;
  if (!p.schedule.empty()) {
    quantity = state_.schedules[index][s.next_scheduled++].second;
    if (p.pattern.modulated) quantity = scaled(quantity, s.pattern.factor);
  } else if (p.quantity.present()) {
    quantity = draw_units(p.quantity, p.name);
  }
  put_supply(index, std::min(quantity, s.left));
  schedule_supply(index);
}

void Run::put_supply(std::uint32_t index, std::int64_t quantity) {
  if (quantity <= 0) return;
  const SupplyProgram& p = program_.supplies[index];
  SupplyState& s = state_.supplies[index];
  if (s.left < kUnlimited) s.left -= quantity;
  count(p.supplied, quantity);
  const std::int64_t fits = std::min(quantity, room(p.cell));
  if (fits < quantity) {
    count(p.turned_away, quantity - fits);
    tell(p.name, "lost", quantity - fits, p.cell);
  }
  if (fits > 0) deliver(p.cell, fits, "supplied");
}

}  // namespace materiel::model
