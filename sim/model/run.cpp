#include "model/run.h"

#include <utility>

#include <boost/random/binomial_distribution.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <materiel/base/units.h>

namespace materiel::model {

Run::Run(const Program& program, const ReplicationLimits& limits)
    : program_(program),
      limits_(limits),
      slots_(program.first_maker_slot),
      makers_(program.slots.size() - program.first_maker_slot),
      row_(program.metrics.size()) {
  State& s = state_;
  s.streams.resize(program.streams.size());
  s.counts.resize(program.counts);
  s.quiet.resize(program.counts);
  s.last_counts.resize(program.plain_metrics);
  s.history.resize(program.cells.size());
  s.consumption.resize(program.cells.size());
  s.capacity.resize(program.cells.size());
  s.site_capacity.resize(program.sites.size());
  s.quays.resize(program.sites.size());
  s.supplies.resize(program.supplies.size());
  s.schedules.resize(program.supplies.size());
  s.productions.resize(program.productions.size());
  s.per_unit.resize(program.inputs);
  s.steps.resize(program.productions.size());
  s.pattern_steps.resize(program.patterns);
  s.ahead.resize(program.productions.size());
  s.batch_moments.resize(program.productions.size() + program.inputs);
  s.routes.resize(program.routes.size());
  s.demands.resize(program.demands.size());
  s.lines.resize(program.demands.size());
  s.orders.resize(program.orders.size());
  s.order_lines.resize(program.orders.size());
  s.considered.resize(program.claimants.size());
  s.exchanges.resize(program.exchanges.size());
  s.disruptions.resize(program.disruptions.size());
  s.tempo_shares.resize(program.demands.size());
  s.milestones.resize(program.milestones.size());
  s.random_curves.resize(program.curves.size());
  s.curves.resize(program.curves.size());
  s.opening.resize(program.item_names.size());
  last_rates_.resize(program.metrics.size());
  // As many as a scenario of so many processes may need at its start.
  constexpr std::uint64_t kActs = 1'000'000, kActsOfAProcess = 1000;
  const std::size_t processes = program.supplies.size() + program.productions.size() + program.routes.size() +
                                program.demands.size() + program.exchanges.size() + program.disruptions.size();
  most_acts_ = kActs + kActsOfAProcess * processes;
}

ReplicationReport Run::replicate(const Resolved& resolved, std::uint64_t seed, std::uint32_t sample,
                                 std::uint32_t replication, std::span<double> observations,
                                 std::span<double> outcomes) {
  resolved_ = &resolved;
  observations_ = observations;
  replicate_once(seed, sample, replication);
  // Once more, to find who lost units; or event by event, to say when it failed and after how many events.
  const bool search = units_lost_ && !checks_every_event_;
  if (search || (!report_.ok && !report_.stopped && settles_ && !watcher_)) {
    const bool settled = std::exchange(settles_, false),
               checked = std::exchange(checks_every_event_, checks_every_event_ || units_lost_);
    replicate_once(seed, sample, replication);
    settles_ = settled;
    checks_every_event_ = checked;
  }
  if (!report_.ok) return report_;
  double* const last = observations.empty() ? row_.data() : observations.data() + observed_ * row_.size();
  observe(last);
  std::copy(last, last + row_.size(), outcomes.begin());
  if (!program_.ends_whole)
    for (const std::uint32_t i : program_.rates) outcomes[i] = last_rates_[i];
  for (std::size_t m = 0; m < state_.milestones.size(); ++m) {
    const double day = state_.milestones[m].noted;
    outcomes[row_.size() + m] = day < engine::kNever ? day : std::nan("");
  }
  return report_;
}

void Run::replicate_once(std::uint64_t seed, std::uint32_t sample, std::uint32_t replication) {
  begin(seed, sample, replication);
  loop();
  if (report_.ok) {
    now_ = program_.horizon;
    end_batches();
    check_ledger();
  }
  report_.events = events_;
}

void Run::begin(std::uint64_t seed, std::uint32_t sample, std::uint32_t replication) {
  report_ = {};
  now_ = last_observed_ = 0;
  std::fill(last_rates_.begin(), last_rates_.end(), std::nan(""));
  observed_ = 0;
  events_ = 0;
  look_after_ = 0;  // at the first, so that one that is asked to stop before it begins does so
  handled_ = trip_process_ = kNone;
  late_at_ = instant_ = last_trip_at_ = -1;
  acts_ = 0;
  standing_still_.clear();
  defer_below_ = 0;
  deferred_.clear();
  served_ = kNone;
  reconsidered_.clear();
  units_lost_ = false;
  slots_.reset();
  makers_.reset();
  trips_.clear();
  if (keys_.empty() || keys_seed_ != seed) {
    keys_.clear();
    keys_seed_ = seed;
    for (const StreamProgram& stream : program_.streams)
      keys_.push_back(random::stream_key(seed, stream.name, stream.purpose));
  }
  for (std::size_t i = 0; i < keys_.size(); ++i) state_.streams[i] = random::Stream(keys_[i], sample, replication);
  for (CurveId c = 0; c < program_.curves.size(); ++c) {
    state_.curves[c] = program_.curves[c].random ? &state_.random_curves[c] : &resolved_->curve(c);
    if (!program_.curves[c].random) continue;
    auto wrong = build_curve(program_.curves[c], program_.start, program_.horizon, state_.random_curves[c],
                             [this](const Draw& d) { return draw(d); });
    if (wrong) fail(wrong->what);
  }
  if (!report_.ok) return;
  begin_stocks();
  if (!report_.ok) return;
  // First of all, since a demand that enters a state of its tempo looks at the factors of its disruptions.
  for (std::uint32_t i = 0; i < program_.disruptions.size(); ++i) begin_disruption(i);
  for (std::uint32_t i = 0; i < program_.routes.size(); ++i) begin_route(i);
  // Each may draw a million intervals before the start.
  for (std::uint32_t i = 0; i < program_.supplies.size() && !is_stopped(); ++i) begin_supply(i);
  for (std::uint32_t i = 0; i < program_.productions.size() && !is_stopped(); ++i) begin_production(i);
  for (std::uint32_t i = 0; i < program_.demands.size() && !is_stopped(); ++i) begin_demand(i);
  for (std::uint32_t i = 0; i < program_.orders.size(); ++i) begin_order(i);
  for (std::uint32_t i = 0; i < program_.exchanges.size(); ++i) begin_exchange(i);
  for (std::uint32_t i = 0; i < program_.milestones.size(); ++i) begin_milestone(i);
  look_always();
  for (std::uint32_t i = 0; i < program_.routes.size(); ++i) touch_route(i);
  set_slot(program_.observation_slot, program_.observation_days.front());
}

void Run::begin_stocks() {
  State& s = state_;
  std::fill(s.counts.begin(), s.counts.end(), 0);
  std::fill(s.last_counts.begin(), s.last_counts.end(), 0);
  std::fill(s.opening.begin(), s.opening.end(), 0);
  std::fill(s.batch_moments.begin(), s.batch_moments.end(), 0.0);
  for (BatchesAhead& ahead : s.ahead) ahead = {};
  s.trips.clear();
  s.loads.clear();
  s.free_trips.clear();
  for (auto& quay : s.quays) quay.clear();
  s.considered.assign(program_.claimants.size(), false);
  s.to_consider.clear();
  s.loading.clear();
  s.sent.clear();
  for (std::size_t i = 0; i < program_.sites.size(); ++i)
    s.site_capacity[i] = draw_units_or(program_.sites[i].total_capacity, kUnlimited, program_.sites[i].name);
  for (CellId c = 0; c < program_.cells.size(); ++c) {
    const std::string& owner = program_.sites[program_.cells[c].site].name;
    s.capacity[c] = draw_units_or(program_.cells[c].capacity, kUnlimited, owner);
    s.counts[c] = draw_units_or(program_.cells[c].initial, 0, owner);
    std::int64_t& opening = s.opening[program_.cells[c].item];
    opening = std::min(opening + s.counts[c], kUnlimited);
    if (opening > kLargestQuantity) fail_for_item(program_.cells[c].item);
    s.history[c] = {};
    s.consumption[c].entries.clear();
    s.consumption[c].first = 0;
    s.consumption[c].total = 0;
  }
  check_capacities();
}

/// What is drawn may not fit; what is constant has been checked before.
void Run::check_capacities() {
  const auto refuse = [this](std::uint32_t site, const std::string& of, std::int64_t units, std::int64_t capacity) {
    fail(fmt::format("{}: the opening stock{} is {} units, more than the capacity of {}", program_.sites[site].name, of,
                     units, capacity));
  };
  for (std::uint32_t i = 0; i < program_.sites.size(); ++i) {
    std::int64_t sum = 0;
    for (const CellId c : program_.sites[i].cells) {
      sum = std::min(sum + state_.counts[c], kUnlimited);
      if (state_.counts[c] > state_.capacity[c])
        refuse(i, " of " + program_.item_names[program_.cells[c].item], state_.counts[c], state_.capacity[c]);
    }
    if (sum > state_.site_capacity[i]) refuse(i, " of all items", sum, state_.site_capacity[i]);
  }
}

void Run::loop() {
  while (report_.ok) {
    const double time = slots_.top_time();
    const SlotId slot = slots_.top_slot();
    const double trip_time = trips_.next_time();
    const bool late = slot >= program_.first_late_slot;
    const bool trip_first = trip_time < time || (trip_time == time && late);
    const double others = trip_first ? trip_time : time;
    const double maker_time = makers_.top_time();
    const bool maker_first = maker_time < others || (maker_time == others && (trip_first || late));
    now_ = maker_first ? maker_time : others;
    if (!(now_ < program_.horizon)) return;
    if (!maker_first && (trip_first || late)) late_at_ = now_;
    if (++events_ > look_after_ && !may_go_on()) return;
    if (now_ == instant_) {
      ++acts_;
    } else {
      instant_ = now_;
      acts_ = 0;
    }
    if (maker_first) {
      handle(program_.first_maker_slot + makers_.top_slot());
    } else if (trip_first) {
      handled_ = kNone;
      handle_trip(trips_.pop());
    } else {
      handle(slot);
    }
    if (!reconsidered_.empty()) reconsider_batches();
    if (checks_every_event_ && report_.ok) check_ledger();
    if (acts_ > most_acts_) [[unlikely]]
      find_who_stands_still();
  }
}

/// An event of a step from the dispatch on has been handled. What the step has caused in earlier steps of its instant
/// happens when all that is due in it is done.
void Run::end_step() {
  if (!handled_set_) put_slot(handled_, engine::kNever);
  if (slots_.top_time() <= now_ && slots_.top_slot() >= defer_below_ && slots_.top_slot() < defer_until_) return;
  for (const SlotId slot : deferred_)
    if (slot_time(slot) > now_) put_slot(slot, now_);
  deferred_.clear();
}

void Run::handle(SlotId slot) {
  handled_ = slot;
  handled_set_ = false;
  handle_slot(slot);
  if (!handled_set_) put_slot(slot, engine::kNever);
}

void Run::handle_slot(SlotId slot) {
  const SlotProgram what = program_.slots[slot];
  switch (what.kind) {
    case SlotKind::disruption:
      return disruption_event(what.index);
    case SlotKind::opening:
      return opening_event(what.index);
    case SlotKind::breakdown:
      return breakdown_event(what.index);
    case SlotKind::tempo:
      return tempo_event(what.index);
    case SlotKind::supply:
      return supply_event(what.index);
    case SlotKind::production:
      return production_event(what.index);
    case SlotKind::unload:
      return unload_event(what.index);
    case SlotKind::dispatch:
      defer(program_.first_dispatch_slot, program_.first_demand_slot);
      dispatch_event(what.index);
      return end_event_of_step();
    case SlotKind::service:
      --events_;  // what is done in a round is counted, not the round
      acts_ -= acts_ > 0 ? 1 : 0;
      defer(program_.first_dispatch_slot, program_.first_demand_slot);
      service_event();
      return end_event_of_step();
    case SlotKind::demand:
      defer(program_.first_demand_slot, program_.first_order_slot);
      demand_event(what.index);
      return end_event_of_step();
    case SlotKind::order:
      defer(program_.first_order_slot, program_.first_milestone_slot);
      order_event(what.index);
      return end_event_of_step();
    case SlotKind::milestone:
      defer(program_.first_milestone_slot, program_.observation_slot);
      milestone_event(what.index);
      return end_event_of_step();
    case SlotKind::observation:
      return observation_event();
  }
}

/// Priorities of the trips' calendar: arrivals by route, then vehicles that are back by route, then deliveries of
/// exchanges; by name.
void Run::handle_trip(const engine::Event& event) {
  const auto routes = static_cast<engine::Priority>(program_.routes.size());
  // The trips of one route at one instant are one act.
  if (event.priority == last_trip_ && last_trip_at_ == now_ && acts_ > 0) --acts_;
  last_trip_ = event.priority;
  last_trip_at_ = now_;
  trip_process_ = event.priority;
  if (event.priority < routes)
    arrive(static_cast<std::uint32_t>(event.payload));
  else if (event.priority < 2 * routes)
    vehicle_back(program_.routes_by_name[event.priority - routes]);
  else
    exchange_event(program_.exchanges_by_name[event.priority - 2 * routes], static_cast<std::int64_t>(event.payload));
}

void Run::fail(std::string what) {
  if (!report_.ok) return;
  report_.ok = false;
  report_.failure = std::move(what);
  report_.failed_at = now_;
}

/// More happens at one instant than any scenario needs: those that act in a circle are asked for their names.
void Run::find_who_stands_still() {
  constexpr std::size_t kListened = 200, kNamed = 8;  // acts, names
  const std::string& name = acting();
  auto& names = standing_still_;
  const bool process = name != process_of({SlotKind::observation, 0});
  if (process && names.size() < kNamed && std::find(names.begin(), names.end(), name) == names.end())
    names.push_back(name);
  if (acts_ < most_acts_ + kListened) return;
  std::sort(names.begin(), names.end());
  fail(fmt::format("{}: more than {} events at one instant: no time passes between what they do to one another",
                   fmt::join(names, ", "), most_acts_));
}

/// What needs no look at every event: whether there were too many, and whether somebody wants it to stop.
bool Run::may_go_on() {
  constexpr std::uint64_t kEventsBetweenLooks = std::uint64_t{1} << 14;  // some milliseconds
  if (events_ > limits_.max_events) {
    fail_for_events();
    return false;
  }
  look_after_ = std::min(limits_.max_events, events_ + kEventsBetweenLooks);
  return !is_stopped();
}

bool Run::is_stopped() {
  if (limits_.stop == nullptr || !limits_.stop->load(std::memory_order_relaxed)) return false;
  report_.ok = false;
  report_.stopped = true;
  return true;
}

void Run::fail_for_events() {
  fail(fmt::format("the replication took more than {} events, the most that it may", limits_.max_events));
}

std::int64_t Run::draw_units(const Draw& d, const std::string& owner) {
  const double units = rounded_half_up(draw(d));
  if (units >= 0 && units <= static_cast<double>(kLargestQuantity)) return static_cast<std::int64_t>(units);
  const ValueProgram& value = program_.values[d.value];
  fail(fmt::format("{}: {} was drawn as {}: it must be between 0 and 2^53", owner, value.what, units));
  return 0;
}

double Run::draw_days(const Draw& d, const std::string& owner) {
  const double days = draw(d);
  if (days >= 0) return days;
  fail(fmt::format("{}: {} was drawn as {} days: it must be at least 0", owner, program_.values[d.value].what, days));
  return 0;
}

std::int64_t Run::draw_binomial_of_many(std::int64_t n, double p, random::Stream& bits) {
  return boost::random::binomial_distribution<std::int64_t, double>(n, p)(bits);
}

}  // namespace materiel::model
