#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <materiel/base/units.h>
#include <materiel/engine/calendar.h>
#include <materiel/engine/slot_calendar.h>
#include <materiel/model/replicator.h>

#include "model/program.h"
#include "model/resolved.h"
#include "model/state.h"

namespace materiel::model {

/// One replication after the other of one program. In pseudocode:
///
///     begin: set stocks, draw what is drawn once, give every process its first event
///     until the horizon: take the earliest event, by time, then by step and name, then first scheduled;
///       let its process act: it changes stocks through change_stock(), which wakes the processes that depend on them
///       by setting their slot to the present instant, or has their claims considered
///     after each step of an instant: serve the claims that may be able now, and the routes that push (run_service.cpp)
///     observe the end
///
/// Batches of productions that nobody waits for or looks at are settled together (run_batches.cpp): the same draws and
/// the same sums, in the same order, as event by event.
///
/// A run that can't go on (a drawn size is impossible, too many events, units don't add up) stops with a report that
/// names the process, the time and the reason.
class Run {
 public:
  Run(const Program& program, const ReplicationLimits& limits);

  /// Spans as in Replicator::run; `outcomes` receives metrics and milestones only.
  ReplicationReport replicate(const Resolved& resolved, std::uint64_t seed, std::uint32_t sample,
                              std::uint32_t replication, std::span<double> observations, std::span<double> outcomes);

  /// As Replicator's.
  void ledger(std::span<std::int64_t> totals) const;
  void trace(TraceWatcher watcher) { watcher_ = std::move(watcher); }
  void event_by_event(bool one_by_one) { settles_ = !one_by_one; }

 private:
  // The loop (run.cpp).
  void replicate_once(std::uint64_t seed, std::uint32_t sample, std::uint32_t replication);
  void begin(std::uint64_t seed, std::uint32_t sample, std::uint32_t replication);
  void begin_stocks();
  void check_capacities();
  void end_event_of_step() {
    if (!deferred_.empty()) [[unlikely]]
      end_step();
    defer_below_ = 0;
  }
  void end_step();
  void loop();
  bool may_go_on();
  bool is_stopped();
  void handle(SlotId slot);
  void handle_slot(SlotId slot);
  void handle_trip(const engine::Event& event);
  void fail(std::string what);
  void fail_for_events();
  void find_who_stands_still();
  [[nodiscard]] const std::string& name_of(const ClaimantProgram& claimant) const;
  [[nodiscard]] const std::string& process_of(SlotProgram slot) const;
  [[nodiscard]] const std::string& acting() const;

  // Draws.
  [[nodiscard]] double draw(const Draw& d) { return resolved_->draw(d, state_.streams); }
  [[nodiscard]] double draw_or(const Draw& d, double absent) { return d.present() ? draw(d) : absent; }
  [[nodiscard]] std::int64_t draw_units(const Draw& d, const std::string& owner);
  [[nodiscard]] std::int64_t draw_units_or(const Draw& d, std::int64_t absent, const std::string& owner) {
    return d.present() ? draw_units(d, owner) : absent;
  }
  [[nodiscard]] double draw_days(const Draw& d, const std::string& owner);
  [[nodiscard]] std::int64_t draw_binomial(std::int64_t n, double p, StreamId stream) {
    if (n <= 0 || p <= 0) return 0;
    if (p >= 1) return n;
    random::Stream& bits = state_.streams[stream];
    if (n == 1) return bits.uniform() < p ? 1 : 0;
    return draw_binomial_of_many(n, p, bits);
  }
  [[nodiscard]] static std::int64_t draw_binomial_of_many(std::int64_t n, double p, random::Stream& bits);

  // Stocks and counters.
  void change_stock(CellId cell, std::int64_t change, std::string_view what) {
    change_stock_of(cell, change, what, state_.history[cell].moment);
  }
  void change_stock_of(CellId cell, std::int64_t change, std::string_view what, double& moment);
  void count(CountId counter, std::int64_t change);
  void fail_for_count(CountId counter);
  void fail_for_item(std::size_t item);
  void wake(CellId cell, std::int64_t change);
  void wake_followers(CellId cell, std::int64_t change);
  void wake_for_room(std::uint32_t site, std::int64_t change);
  void wake_orders(CellId cell);
  void deliver(CellId cell, std::int64_t units, std::string_view what);
  [[nodiscard]] std::int64_t room(CellId cell);
  /// A count as it is now: with the batches that are complete.
  [[nodiscard]] std::int64_t settled_count(CountId counter) {
    settle_count(counter);
    return state_.counts[counter];
  }
  [[nodiscard]] std::int64_t stock(CellId cell) { return settled_count(cell); }
  /// The time of a slot's event; the event that is being handled is no longer pending.
  [[nodiscard]] double slot_time(SlotId slot) const {
    if (slot == handled_ && !handled_set_) return engine::kNever;
    const SlotId first_maker = program_.first_maker_slot;
    return slot < first_maker ? slots_.time(slot) : makers_.time(slot - first_maker);
  }
  void put_slot(SlotId slot, double time) {
    const SlotId first_maker = program_.first_maker_slot;
    if (slot < first_maker) {
      slots_.set(slot, time);
    } else {
      makers_.set(slot - first_maker, time);
    }
    handled_set_ |= slot == handled_;
  }
  void set_slot(SlotId slot, double time) {
    if (defer_below_ > 0 && time <= now_ && (slot < defer_below_ || slot >= program_.first_maker_slot)) [[unlikely]] {
      deferred_.push_back(slot);
      return;
    }
    put_slot(slot, time);
  }
  /// While a step's events are handled: what they cause in earlier steps waits until the step is finished.
  void defer(SlotId first, SlotId next_step) {
    defer_below_ = first;
    defer_until_ = next_step;
  }
  void wake_slot(SlotId slot) {
    if (slot_time(slot) > now_) set_slot(slot, now_);
  }

  // Who gets a scarce unit (run_service.cpp, run_race.cpp).
  void consider(ClaimantId claimant);
  [[nodiscard]] std::optional<Candidate> candidate(ClaimantId claimant) const;
  [[nodiscard]] bool serve_claimant(ClaimantId claimant);
  void release(ClaimantId claimant);
  void service_event();
  [[nodiscard]] bool may_race(std::uint32_t route);
  void begin_race(std::uint32_t route);
  void update_race(std::uint32_t route);
  void opening_event(std::uint32_t route);

  // Patterns and spans (run_pattern.cpp).
  SpanState begin_span(const SpanProgram& span, const std::string& owner);
  void begin_after(const SpanProgram& span, SpanState& state, const std::string& owner);
  void begin_pattern(const PatternProgram& pattern, PatternState& state, const SpanState& span,
                     const std::string& owner);
  [[nodiscard]] double next_time(const PatternProgram& pattern, PatternState& state, const std::string& owner);
  void add_interval(double& moment, double& carried, const Draw& interval, const std::string& owner);
  void skip_to_start(double& moment, double& carried, const Draw& interval, const std::string& owner);
  void fail_for_intervals(const std::string& owner);
  [[nodiscard]] double next_pattern_step(const PatternProgram& pattern);
  [[nodiscard]] double time_of_next(const PatternProgram& pattern, PatternState& state);
  [[nodiscard]] double curve_time(const PatternProgram& pattern, double time) const;
  void change_pace(const PatternProgram& pattern, PatternState& state, double factor);

  // Supply.
  void begin_supply(std::uint32_t index);
  void start_supply(std::uint32_t index);
  void supply_event(std::uint32_t index);
  void put_supply(std::uint32_t index, std::int64_t quantity);
  void schedule_supply(std::uint32_t index);

  // Production.
  void begin_production(std::uint32_t index);
  void production_event(std::uint32_t index);
  [[nodiscard]] bool try_work(std::uint32_t index);
  void start_production(std::uint32_t index);
  void start_work(std::uint32_t index);
  void wait_for_inputs(std::uint32_t index);
  void serve_production(std::uint32_t index);
  void begin_batch(std::uint32_t index);
  [[nodiscard]] bool has_inputs(const ProductionProgram& p, const ProductionState& s);
  void pause_work(std::uint32_t index);
  [[nodiscard]] double next_step(std::uint32_t index);
  void draw_steps(std::uint32_t index);
  void rest_work(std::uint32_t index);
  void complete_batch(std::uint32_t index);
  void touch_production_room(std::uint32_t index);
  [[nodiscard]] double worked(std::uint32_t index);
  [[nodiscard]] bool is_capped(const ProductionState& s) const { return s.ceiling < kUncapped; }
  void begin_learning(std::uint32_t index);
  void learn(std::uint32_t index, std::int64_t units);
  void begin_breakdowns(std::uint32_t index);
  [[nodiscard]] double first_change(std::uint32_t index, double opens);
  void breakdown_event(std::uint32_t index);

  // Batches settled together (run_batches.cpp, run_quiet.cpp).
  void plan_batches(std::uint32_t index);
  [[nodiscard]] bool knows_completion(std::uint32_t index);
  void reckon_batches(std::uint32_t index);
  void settle(std::uint32_t index, bool this_instant);
  [[nodiscard]] std::int64_t book_output(std::uint32_t index, std::span<const double> times);
  void settle(std::uint32_t index) {
    const BatchesAhead& ahead = state_.ahead[index];
    if (ahead.outstanding() > 0 && ahead.completes[ahead.first] <= now_)
      settle(index, comes_before_acting(program_.productions[index].slot));
  }
  void settle_count(CountId counter) {
    for (const std::uint32_t p : program_.settlers[counter]) settle(p);
  }
  /// What a production's batches add to the moment of an input.
  [[nodiscard]] double& input_moment(const InputProgram& input) {
    return state_.batch_moments[program_.productions.size() + input.number];
  }
  void settle_all();
  void end_batches();
  [[nodiscard]] bool comes_before_acting(SlotId maker) const;
  void reconsider(std::uint32_t index);
  void reconsider_cell(CellId cell, std::int64_t change);
  void reconsider_users(CellId cell);
  void reconsider_batches();
  [[nodiscard]] std::int64_t quiet_batches(std::uint32_t index);
  [[nodiscard]] std::int64_t quiet_output(std::uint32_t index);
  [[nodiscard]] std::int64_t quiet_input(std::uint32_t index, const InputProgram& input);
  [[nodiscard]] std::int64_t claimed_by_others(std::uint32_t index, CellId cell) const;
  [[nodiscard]] std::int64_t quiet_load(std::uint32_t route, std::uint32_t production);
  [[nodiscard]] std::int64_t added_ahead(CellId cell, std::uint32_t production) const;
  [[nodiscard]] std::int64_t taken_ahead(CellId cell, std::uint32_t production) const;

  // Routes.
  void begin_route(std::uint32_t index);
  void read_closures(std::uint32_t index);
  void touch_route(std::uint32_t index);
  void dispatch_event(std::uint32_t index);
  [[nodiscard]] double reopens(std::uint32_t index);
  [[nodiscard]] std::int64_t available_load(std::uint32_t index);
  [[nodiscard]] bool may_leave(const RouteState& s, std::int64_t load) const;
  [[nodiscard]] bool may_load(std::uint32_t index);
  [[nodiscard]] bool push_trip(std::uint32_t index);
  [[nodiscard]] bool load_ordered(std::uint32_t index);
  void leave(std::uint32_t index);
  void serve_alone(std::uint32_t index);
  [[nodiscard]] std::uint32_t begin_trip(std::uint32_t route);
  void load_cargo(std::uint32_t route, std::size_t item, std::int64_t units);
  void send(std::uint32_t trip);
  [[nodiscard]] std::uint32_t new_trip(std::uint32_t route);
  void arrive(std::uint32_t trip);
  [[nodiscard]] bool unload(std::uint32_t trip);
  void end_trip(std::uint32_t trip);
  void unload_event(std::uint32_t site);
  void unload_before(std::uint32_t site);
  void vehicle_back(std::uint32_t route);
  void limit_route(std::uint32_t index);
  void move_cargo(std::uint32_t route, std::size_t item, CountId CargoProgram::*counter, std::int64_t change);

  // Orders.
  void begin_order(std::uint32_t index);
  void order_event(std::uint32_t index);
  [[nodiscard]] std::int64_t wanted(std::uint32_t index);

  // Exchange.
  void begin_exchange(std::uint32_t index);
  void earn(CellId cell, std::int64_t units);
  void exchange_event(std::uint32_t index, std::int64_t units);

  // Disruption.
  void begin_disruption(std::uint32_t index);
  void start_disruption(std::uint32_t index, double at);
  void start_before(std::uint32_t index, double at);
  void draw_depth(std::uint32_t index);
  void disruption_event(std::uint32_t index);
  void disrupt(std::uint32_t index);
  void end_disruption(std::uint32_t index);
  void recover(std::uint32_t index);
  void destroy(std::uint32_t index);
  void set_disruption_factor(std::uint32_t index, double factor);
  [[nodiscard]] double factor_of(const std::vector<std::uint32_t>& disruptions) const;
  void change_target(const TargetProgram& target);
  void change_production(std::uint32_t index);
  void change_route(std::uint32_t index);
  void change_supply(std::uint32_t index);
  void change_demand(std::uint32_t index);

  // Demand.
  void begin_demand(std::uint32_t index);
  void start_demand(std::uint32_t index);
  void demand_event(std::uint32_t index);
  [[nodiscard]] std::int64_t serve(std::uint32_t index, std::int64_t quantity);
  void owe(std::uint32_t index, std::int64_t change);
  void join_line(std::uint32_t index, std::int64_t quantity);
  [[nodiscard]] bool serve_first(std::uint32_t index);
  [[nodiscard]] std::int64_t servable(std::uint32_t index);
  /// The size of a demand now: its tempo may have its own.
  [[nodiscard]] const Draw& size_of(std::uint32_t index) const {
    const DemandProgram& p = program_.demands[index];
    if (p.tempo.empty()) return p.size;
    const Draw& size = p.tempo[state_.demands[index].tempo].size;
    return size.present() ? size : p.size;
  }
  void begin_tempo(std::uint32_t index);
  void tempo_event(std::uint32_t index);
  void enter_tempo(std::uint32_t index, std::uint32_t state);
  [[nodiscard]] std::uint32_t stationary_state(std::uint32_t index);
  [[nodiscard]] bool shares_of_alike(const DemandProgram& p, TempoShares& made);
  [[nodiscard]] bool shares_by_elimination(const DemandProgram& p, TempoShares& made);

  // Milestones.
  void begin_milestone(std::uint32_t index);
  void touch_milestones(CountId counter);
  void touch_milestone(std::uint32_t index);
  [[nodiscard]] QuietRange quiet_range(CountId counter) const;
  void look_always();
  void milestone_event(std::uint32_t index);
  [[nodiscard]] bool condition_holds(std::uint32_t index);
  [[nodiscard]] double next_observation() const;

  // Observation.
  void observe(double* row);
  void observation_event();
  [[nodiscard]] double metric_value(const MetricProgram& metric);
  [[nodiscard]] double rate_value(const MetricProgram& metric) const;
  [[nodiscard]] bool ends_interval() const;
  [[nodiscard]] double days_of_supply(CellId cell);
  [[nodiscard]] double mean_stock(CellId cell);
  [[nodiscard]] double last_interval() const { return now_ - last_observed_; }
  void check_ledger();

  // Trace.
  void tell(std::string_view process, std::string_view what, std::int64_t quantity = 0, CellId cell = kNone);
  void tell_stock(CellId cell, std::int64_t change, std::string_view what);

  [[nodiscard]] const RateCurve& curve(CurveId id) const { return *state_.curves[id]; }

  const Program& program_;
  ReplicationLimits limits_;
  State state_;
  engine::SlotCalendar slots_;   ///< of all processes but makers
  engine::SlotCalendar makers_;  ///< of supplies and productions, from Program::first_maker_slot on
  engine::Calendar trips_;
  const Resolved* resolved_ = nullptr;
  std::span<double> observations_;
  std::vector<double> row_;
  std::vector<double> last_rates_;  ///< of the last whole interval, by metric; NaN before
  std::vector<random::StreamKey> keys_;
  std::uint64_t keys_seed_ = 0;
  double now_ = 0;
  double late_at_ = -1;           ///< the last instant at which an event came after makers, below 0 if none did
  SlotId defer_below_ = 0;        ///< slots below it, and makers', wait until this step is finished
  SlotId defer_until_ = 0;        ///< the first slot of the next step
  std::vector<SlotId> deferred_;  ///< those that wait
  ClaimantId served_ = kNone;     ///< whose claim is being served
  std::vector<std::uint32_t> reconsidered_;  ///< productions whose batches ahead are to be reconsidered
  SlotId handled_ = kNone;                   ///< the slot whose event is being handled
  bool handled_set_ = false;                 ///< it has a new event already
  double last_observed_ = 0;
  std::size_t observed_ = 0;  ///< observations made
  std::uint64_t events_ = 0;
  std::uint64_t look_after_ = 0;             ///< events, before it is looked whether it has to end
  double instant_ = -1;                      ///< of the last event
  std::uint64_t acts_ = 0;                   ///< events at that instant after the first
  std::uint64_t most_acts_ = 0;              ///< that may be
  std::uint32_t last_trip_ = kNone;          ///< the trips' priority last handled
  double last_trip_at_ = -1;                 ///< and when
  std::vector<std::string> standing_still_;  ///< who acted after that
  ReplicationReport report_;
  TraceWatcher watcher_;
  std::uint32_t trip_process_ = kNone;  ///< whose trip or delivery is being handled: a priority of the trips' calendar
#ifdef MATERIEL_CHECKS
  static constexpr bool kChecksEveryEvent = true;
#else
  static constexpr bool kChecksEveryEvent = false;
#endif
  bool settles_ = true;                          ///< batches together where it makes no difference
  bool checks_every_event_ = kChecksEveryEvent;  ///< of the ledger: in developer builds, and to find who broke it
  bool units_lost_ = false;                      ///< the ledger does not balance
};

inline void Run::count(CountId counter, std::int64_t change) {
  state_.counts[counter] += change;
  if (!state_.quiet[counter].has(state_.counts[counter])) [[unlikely]]
    touch_milestones(counter);
}

inline void Run::change_stock_of(CellId cell, std::int64_t change, std::string_view what, double& moment) {
  settle_count(cell);
  reconsider_cell(cell, change);
  std::int64_t& units = state_.counts[cell];
  StockHistory& history = state_.history[cell];
  moment += static_cast<double>(change) * now_;
  if (units == 0) history.at_zero += now_ - history.zero_since;
  units += change;
  if (units == 0) history.zero_since = now_;
  if (watcher_) [[unlikely]]
    tell_stock(cell, change, what);
  if (!state_.quiet[cell].has(units)) [[unlikely]]
    touch_milestones(cell);
  const CellProgram& c = program_.cells[cell];
  if (change > 0 ? c.awaited : c.missed) wake(cell, change);
}

/// A stock changes: batches computed ahead from it must be checked again, but for productions that will only find more
/// of an input.
inline void Run::reconsider_cell(CellId cell, std::int64_t change) {
  for (const std::uint32_t p : program_.settlers[cell])
    if (change < 0 || program_.productions[p].output == cell) reconsider(p);
}

/// A claim on a stock has come up: those that rely on having it to themselves must be checked again.
inline void Run::reconsider_users(CellId cell) {
  for (const std::uint32_t p : program_.settlers[cell]) reconsider(p);
}

/// A quantity under a factor, rounded half up; what is unlimited stays so.
inline std::int64_t scaled(std::int64_t units, double factor) {
  if (units >= kUnlimited) return factor > 0 ? units : 0;
  if (units == 0) return 0;  // under an infinite factor too
  const double product = rounded_half_up(static_cast<double>(units) * factor);
  return product >= static_cast<double>(kUnlimited) ? kUnlimited : static_cast<std::int64_t>(product);
}

/// The units that still fit into a cell.
inline std::int64_t Run::room(CellId cell) {
  const CellProgram& c = program_.cells[cell];
  if (!c.room_matters) return kUnlimited;
  std::int64_t space = state_.capacity[cell] - stock(cell);
  const std::int64_t limit = state_.site_capacity[c.site];
  if (limit < kUnlimited) {
    std::int64_t free = limit;
    for (const CellId other : program_.sites[c.site].cells) free = std::max(free - stock(other), -kUnlimited);
    space = std::min(space, free);
  }
  return std::max<std::int64_t>(space, 0);
}

}  // namespace materiel::model
