// Milestones: the first time that a condition has held for as long as it must.

#include "model/run.h"

namespace materiel::model {

void Run::begin_milestone(std::uint32_t index) {
  const MilestoneProgram& p = program_.milestones[index];
  MilestoneState& s = state_.milestones[index];
  s = {};
  s.threshold = draw(p.threshold);
  s.hold = p.hold.present() ? draw_days(p.hold, p.name) : 0;
  set_slot(p.slot, 0);
}

bool Run::condition_holds(std::uint32_t index) {
  const MilestoneProgram& p = program_.milestones[index];
  const double threshold = state_.milestones[index].threshold;
  const MetricProgram& metric = program_.metrics[p.metric];
  if (metric.count != kNone) settle_count(metric.count);
  const double value = p.count != kNone ? static_cast<double>(state_.counts[p.count]) : metric_value(metric);
  return p.reaches ? value >= threshold : value <= threshold;  // false if the value is missing
}

/// The first observation after this instant: that of this instant may be still to come, since it is the last event.
double Run::next_observation() const {
  const auto& days = program_.observation_days;
  const std::size_t next = observed_ < days.size() && days[observed_] <= now_ ? observed_ + 1 : observed_;
  return next < days.size() ? days[next] : engine::kNever;
}

/// A count has left the range in which none of its milestones has to be examined.
void Run::touch_milestones(CountId counter) {
  if (state_.counts[counter] > kLargestQuantity) fail_for_count(counter);
  for (const std::uint32_t milestone : program_.watchers[counter]) touch_milestone(milestone);
  state_.quiet[counter] = quiet_range(counter);
  for (const std::uint32_t p : program_.settlers[counter]) reconsider(p);
}

/// From its present number on as far as each condition stays as it is: within it touch_milestone does nothing. Nothing
/// is quiet to a milestone of real numbers.
QuietRange Run::quiet_range(CountId counter) const {
  constexpr double kFar = 0x1p60;
  const std::int64_t count = state_.counts[counter];
  QuietRange range;
  for (const std::uint32_t index : program_.watchers[counter]) {
    const MilestoneProgram& p = program_.milestones[index];
    const MilestoneState& s = state_.milestones[index];
    if (s.noted < engine::kNever) continue;
    if (p.count == kNone) return {.least = 1, .most = 0};
    // Counts from `bound` on are on one side of the threshold, those below it on the other.
    const double threshold = std::clamp(s.threshold, -kFar, kFar);
    const auto bound = static_cast<std::int64_t>(p.reaches ? std::ceil(threshold) : std::floor(threshold) + 1);
    if (count >= bound) {
      range.least = std::max(range.least, bound);
    } else {
      range.most = std::min(range.most, bound - 1);
    }
  }
  return range;
}

/// Until a count's quiet range is known, its milestones are examined at every change.
void Run::look_always() {
  for (const CountId counter : program_.watched) state_.quiet[counter] = {.least = 1, .most = 0};
}

/// Something that the milestone watches has changed: it is examined at the end of this instant.
void Run::touch_milestone(std::uint32_t index) {
  const MilestoneState& s = state_.milestones[index];
  if (s.noted < engine::kNever) return;
  const bool held = s.holds_since < engine::kNever;
  if (program_.milestones[index].count == kNone || condition_holds(index) != held)
    wake_slot(program_.milestones[index].slot);
}

void Run::milestone_event(std::uint32_t index) {
  const MilestoneProgram& p = program_.milestones[index];
  MilestoneState& s = state_.milestones[index];
  if (s.noted < engine::kNever) return;
  // A metric of real numbers is looked at with every observation too, since it changes with time alone.
  const double next_look = p.count != kNone ? engine::kNever : next_observation();
  if (!condition_holds(index)) {
    s.holds_since = engine::kNever;
    set_slot(p.slot, next_look);
    return;
  }
  if (s.holds_since > now_) s.holds_since = now_;
  if (now_ < s.holds_since + s.hold) {
    set_slot(p.slot, std::min(next_look, s.holds_since + s.hold));
    return;
  }
  s.noted = now_;
  tell(p.name, "reached");
  for (const std::uint32_t i : p.starts_supplies) {
    begin_after(program_.supplies[i].span, state_.supplies[i].span, program_.supplies[i].name);
    start_supply(i);
  }
  for (const std::uint32_t i : p.starts_productions) {
    begin_after(program_.productions[i].span, state_.productions[i].span, program_.productions[i].name);
    start_production(i);
  }
  for (const std::uint32_t i : p.starts_disruptions) {
    const DisruptionProgram& disruption = program_.disruptions[i];
    if (state_.disruptions[i].next == engine::kNever) continue;  // by chance it does not happen
    start_disruption(i, now_ + (disruption.delay.present() ? draw_days(disruption.delay, disruption.name) : 0));
  }
  for (const std::uint32_t i : p.starts_demands) {
    begin_after(program_.demands[i].span, state_.demands[i].span, program_.demands[i].name);
    start_demand(i);
  }
}

}  // namespace materiel::model
