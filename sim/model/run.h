#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <string>

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

 private:
  // The loop (run.cpp).
  void begin(std::uint64_t seed, std::uint32_t sample, std::uint32_t replication);
  void begin_stocks();
  void loop();
  void handle_slot(SlotId slot);
  void handle_trip(const engine::Event& event);
  void fail(std::string what);

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
  void change_stock(CellId cell, std::int64_t change);
  void count(CountId counter, std::int64_t change);
  void wake(CellId cell, std::int64_t change);
  void wake_for_room(std::uint32_t site, std::int64_t change);
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

  // Supply.
  void begin_supply(std::uint32_t index);
  void start_supply(std::uint32_t index);
  void supply_event(std::uint32_t index);
  void put_supply(std::uint32_t index, std::int64_t quantity);
  void schedule_supply(std::uint32_t index);

  // Production.
  void begin_production(std::uint32_t index);
  void production_event(std::uint32_t index);
  void try_work(std::uint32_t index);
  void start_work(std::uint32_t index);
  [[nodiscard]] bool take_inputs(std::uint32_t index);
  [[nodiscard]] bool has_inputs(const ProductionProgram& p, const ProductionState& s) const;
  void pause_work(std::uint32_t index);
  void rest_work(std::uint32_t index);
  void complete_batch(std::uint32_t index);
  void touch_production_room(std::uint32_t index);
  [[nodiscard]] double worked(std::uint32_t index);

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
  void move_cargo(std::uint32_t route, std::size_t item, CountId CargoProgram::*counter, std::int64_t change);

  // Demand.
  void begin_demand(std::uint32_t index);
  void start_demand(std::uint32_t index);
  void demand_event(std::uint32_t index);
  [[nodiscard]] std::int64_t serve(std::uint32_t index, std::int64_t quantity);
  void fill_event(std::uint32_t index);

  // Milestones.
  void begin_milestone(std::uint32_t index);
  void touch_milestone(std::uint32_t index);
  void milestone_event(std::uint32_t index);
  [[nodiscard]] bool condition_holds(std::uint32_t index);

  // Observation.
  void observe(double* row);
  void observation_event();
  [[nodiscard]] double metric_value(const MetricProgram& metric);
  [[nodiscard]] double days_of_supply(CellId cell);
  [[nodiscard]] double last_interval() const { return now_ - last_observed_; }
  void check_ledger(const char* who);

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
};

inline void Run::count(CountId counter, std::int64_t change) {
  state_.counts[counter] += change;
  for (const std::uint32_t milestone : program_.watchers[counter]) touch_milestone(milestone);
}

inline void Run::change_stock(CellId cell, std::int64_t change) {
  std::int64_t& units = state_.counts[cell];
  StockHistory& history = state_.history[cell];
  history.moment += static_cast<double>(change) * now_;
  if (units == 0) history.at_zero += now_ - history.zero_since;
  units += change;
  if (units == 0) history.zero_since = now_;
  wake(cell, change);
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
