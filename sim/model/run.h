#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

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
///     until the horizon: take the earliest event, by time, then by slot (kind, file order), then first scheduled;
///       let its process act: it changes stocks through change_stock(), which wakes whoever that concerns by setting
///       their slot to the present instant
///     observe the end
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

 private:
  // The loop (run.cpp).
  void begin(std::uint64_t seed, std::uint32_t sample, std::uint32_t replication);
  void begin_stocks();
  void loop();
  void handle_slot(SlotId slot);
  void handle_trip(const engine::Event& event);
  void fail(std::string what);
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
  [[nodiscard]] std::int64_t draw_binomial(std::int64_t n, double p, StreamId stream);

  // Stocks and counters.
  void change_stock(CellId cell, std::int64_t change, std::string_view what);
  void count(CountId counter, std::int64_t change);
  void wake(CellId cell, std::int64_t change);
  void wake_followers(CellId cell, std::int64_t change);
  void wake_for_room(std::uint32_t site, std::int64_t change);
  void wake_orders(CellId cell);
  void deliver(CellId cell, std::int64_t units, std::string_view what);
  [[nodiscard]] std::int64_t room(CellId cell) const;
  [[nodiscard]] std::int64_t stock(CellId cell) const { return state_.counts[cell]; }
  /// The time of a slot's event; the event that is being handled is no longer pending.
  [[nodiscard]] double slot_time(SlotId slot) const {
    return slot == handled_ && !handled_set_ ? engine::kNever : slots_.time(slot);
  }
  void set_slot(SlotId slot, double time) {
    slots_.set(slot, time);
    handled_set_ |= slot == handled_;
  }
  void wake_slot(SlotId slot) {
    if (slot_time(slot) > now_) set_slot(slot, now_);
  }

  // Patterns and spans (run_supply.cpp).
  SpanState begin_span(const SpanProgram& span, const std::string& owner);
  void begin_after(const SpanProgram& span, SpanState& state, const std::string& owner);
  void begin_pattern(const PatternProgram& pattern, PatternState& state, double time);
  [[nodiscard]] double next_time(const PatternProgram& pattern, PatternState& state, const std::string& owner);
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
  [[nodiscard]] bool take_inputs(std::uint32_t index);
  [[nodiscard]] bool has_inputs(const ProductionProgram& p, const ProductionState& s) const;
  void pause_work(std::uint32_t index);
  void rest_work(std::uint32_t index);
  void complete_batch(std::uint32_t index);
  void touch_production_room(std::uint32_t index);
  [[nodiscard]] double worked(std::uint32_t index);
  [[nodiscard]] bool is_capped(const ProductionState& s) const { return s.ceiling < kUncapped; }
  void begin_learning(std::uint32_t index);
  void learn(std::uint32_t index, std::int64_t units);
  void begin_breakdowns(std::uint32_t index);
  void breakdown_event(std::uint32_t index);

  // Routes.
  void begin_route(std::uint32_t index);
  void read_closures(std::uint32_t index);
  void touch_route(std::uint32_t index);
  void dispatch_event(std::uint32_t index);
  [[nodiscard]] double reopens(std::uint32_t index);
  [[nodiscard]] std::int64_t available_load(std::uint32_t index) const;
  [[nodiscard]] bool may_leave(const RouteState& s, std::int64_t load) const;
  void dispatch_trip(std::uint32_t index);
  [[nodiscard]] std::uint32_t new_trip(std::uint32_t route);
  void arrive(std::uint32_t trip);
  [[nodiscard]] bool unload(std::uint32_t trip);
  void end_trip(std::uint32_t trip);
  void unload_event(std::uint32_t site);
  void vehicle_back(std::uint32_t route);
  void limit_route(std::uint32_t index);
  void move_cargo(std::uint32_t route, std::size_t item, CountId CargoProgram::*counter, std::int64_t change);

  // Orders.
  void begin_order(std::uint32_t index);
  void order_event(std::uint32_t index);
  [[nodiscard]] std::int64_t wanted(std::uint32_t index) const;

  // Exchange.
  void begin_exchange(std::uint32_t index);
  void earn(CellId cell, std::int64_t units);
  void exchange_event(std::uint32_t index, std::int64_t units);

  // Disruption.
  void begin_disruption(std::uint32_t index);
  void start_disruption(std::uint32_t index, double at);
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
  void fill_event(std::uint32_t index);
  void owe(std::uint32_t index, std::int64_t change);
  void join_line(std::uint32_t index, std::int64_t quantity);
  void serve_line(std::uint32_t index);
  [[nodiscard]] std::int64_t servable(std::uint32_t index) const;
  [[nodiscard]] const Draw& size_of(std::uint32_t index) const;
  void begin_tempo(std::uint32_t index);
  void tempo_event(std::uint32_t index);
  void enter_tempo(std::uint32_t index, std::uint32_t state);
  [[nodiscard]] std::uint32_t stationary_state(std::uint32_t index);

  // Milestones.
  void begin_milestone(std::uint32_t index);
  void touch_milestone(std::uint32_t index);
  void milestone_event(std::uint32_t index);
  [[nodiscard]] bool condition_holds(std::uint32_t index);
  [[nodiscard]] double next_observation() const;

  // Observation.
  void observe(double* row);
  void observation_event();
  [[nodiscard]] double metric_value(const MetricProgram& metric);
  [[nodiscard]] double days_of_supply(CellId cell);
  [[nodiscard]] double last_interval() const { return now_ - last_observed_; }
  void check_ledger();

  // Trace.
  void tell(std::string_view process, std::string_view what, std::int64_t quantity = 0, CellId cell = kNone);
  void tell_stock(CellId cell, std::int64_t change, std::string_view what);

  [[nodiscard]] const RateCurve& curve(CurveId id) const { return *state_.curves[id]; }

  const Program& program_;
  ReplicationLimits limits_;
  State state_;
  engine::SlotCalendar slots_;
  engine::Calendar trips_;
  const Resolved* resolved_ = nullptr;
  std::span<double> observations_;
  std::vector<double> row_;
  std::vector<random::StreamKey> keys_;
  std::uint64_t keys_seed_ = 0;
  double now_ = 0;
  SlotId handled_ = kNone;    ///< the slot whose event is being handled
  bool handled_set_ = false;  ///< it has a new event already
  double last_observed_ = 0;
  std::size_t observed_ = 0;  ///< observations made
  std::uint64_t events_ = 0;
  ReplicationReport report_;
  TraceWatcher watcher_;
  std::uint32_t trip_process_ = kNone;  ///< whose trip or delivery is being handled: a priority of the trips' calendar
#ifdef MATERIEL_CHECKS
  static constexpr bool kChecksEveryEvent = true;
#else
  static constexpr bool kChecksEveryEvent = false;
#endif
  bool checks_every_event_ = kChecksEveryEvent;  ///< of the ledger: in developer builds, and to find who broke it
  bool units_lost_ = false;                      ///< the ledger does not balance
};

inline void Run::count(CountId counter, std::int64_t change) {
  state_.counts[counter] += change;
  for (const std::uint32_t milestone : program_.watchers[counter]) touch_milestone(milestone);
}

inline void Run::change_stock(CellId cell, std::int64_t change, std::string_view what) {
  std::int64_t& units = state_.counts[cell];
  StockHistory& history = state_.history[cell];
  history.moment += static_cast<double>(change) * now_;
  if (units == 0) history.at_zero += now_ - history.zero_since;
  units += change;
  if (units == 0) history.zero_since = now_;
  if (watcher_) tell_stock(cell, change, what);
  wake(cell, change);
}

/// A quantity under a factor, rounded half up; what is unlimited stays so.
inline std::int64_t scaled(std::int64_t units, double factor) {
  if (units >= kUnlimited) return factor > 0 ? units : 0;
  const double product = std::floor(static_cast<double>(units) * factor + 0.5);
  return product >= static_cast<double>(kUnlimited) ? kUnlimited : static_cast<std::int64_t>(product);
}

/// The units that still fit into a cell.
inline std::int64_t Run::room(CellId cell) const {
  const CellProgram& c = program_.cells[cell];
  if (!c.room_matters) return kUnlimited;
  std::int64_t space = state_.capacity[cell] - stock(cell);
  const std::int64_t limit = state_.site_capacity[c.site];
  if (limit < kUnlimited) {
    std::int64_t held = 0;
    for (const CellId other : program_.sites[c.site].cells) held += stock(other);
    space = std::min(space, limit - held);
  }
  return std::max<std::int64_t>(space, 0);
}

}  // namespace materiel::model
