// Patterns and spans, which supply and demand share: moments that follow one another.

#include <cmath>

#include <fmt/format.h>

#include "model/run.h"

namespace materiel::model {

SpanState Run::begin_span(const SpanProgram& span, const std::string&) {
  SpanState s;
  s.phase = draw_or(span.begins, 0);
  s.begins = std::max(s.phase, 0.0);
  s.ends = draw_or(span.ends, engine::kNever);
  return s;
}

/// The milestone that a process waits for has been noted now.
void Run::begin_after(const SpanProgram& span, SpanState& s, const std::string& owner) {
  const double delay = span.delay.present() ? draw_days(span.delay, owner) : 0;
  s.begins = s.phase = std::max(s.begins, now_ + delay);
}

/// A rate begins at the start at the earliest. Intervals keep their phase: those before the start are skipped.
void Run::begin_pattern(const PatternProgram& pattern, PatternState& s, const SpanState& span,
                        const std::string& owner) {
  s.cursor = 0;
  s.carried = 0;
  s.known = false;
  state_.pattern_steps[pattern.steps].forget();
  s.since = span.begins;
  if (pattern.curve != kNone) {
    s.reached = curve(pattern.curve).integral(std::min(span.begins, program_.horizon), s.cursor);
    s.own_at_since = s.curve_at_since = s.reached;
  } else {
    s.reached = span.phase;
    s.own_at_since = s.curve_at_since = span.begins;
    if (span.phase < 0) {
      add_interval(s.reached, s.carried, pattern.step, owner);
      skip_to_start(s.reached, s.carried, pattern.step, owner);
      s.known = true;
    }
  }
  s.pending = true;
}

/// Moves a moment before the start on by intervals, until it is at the start or later.
void Run::skip_to_start(double& moment, double& carried, const Draw& interval, const std::string& owner) {
  if (moment >= 0) return;
  if (!resolved_->is_drawn(interval)) {
    // The product is rounded before it is added: tenths of a day that began on a midnight fall on midnights still.
    const double days = draw_days(interval, owner), first = moment;
    double intervals = std::max(std::ceil(-first / days) - 1, 1.0);
    while (first + intervals * days < 0) ++intervals;
    moment = first + intervals * days;
    carried = 0;
    return;
  }
  for (std::int64_t skipped = 0; moment < 0; ++skipped) {
    if (skipped >= kMostBeforeStart) return fail_for_intervals(owner);
    moment += draw_days(interval, owner);
  }
}

void Run::fail_for_intervals(const std::string& owner) {
  fail(fmt::format("{}: more than {} intervals before the start", owner, kMostBeforeStart));
}

/// The time of the next unit or of the next interval's end; infinity if there is none before the horizon.
double Run::next_time(const PatternProgram& pattern, PatternState& s, const std::string& owner) {
  if (s.known) {
    s.known = false;
  } else if (pattern.curve == kNone) {
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
/// time of the next unit again.
void Run::change_pace(const PatternProgram& pattern, PatternState& s, double factor) {
  if (s.pending && now_ > s.since) {
    const double reached = curve_time(pattern, now_);
    s.own_at_since += (reached - s.curve_at_since) * s.factor;
    s.curve_at_since = reached;
    s.since = now_;
  }
  s.factor = factor;
}

}  // namespace materiel::model
