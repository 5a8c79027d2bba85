#pragma once

#include <cstdint>
#include <vector>

#include <materiel/engine/calendar.h>
#include <materiel/random/stream.h>

#include "model/program.h"

/// What changes during a replication. Everything is an array or a small struct of numbers; arrays keep their memory
/// from one replication to the next.
namespace materiel::model {

inline constexpr std::int64_t kUnlimited = std::int64_t{1} << 62;

/// Where a pattern stands.
struct PatternState {
  double reached = 0;  ///< operational time of the last unit
  RateCurve::Cursor cursor = 0;
};

/// When a process may act, in this replication.
struct SpanState {
  double begins = 0, ends = engine::kNever;
};

struct SupplyState {
  PatternState pattern;
  SpanState span;
  std::int64_t left = kUnlimited;  ///< of the total
  std::uint32_t next_scheduled = 0;
};

struct ProductionState {
  SpanState span;
  std::int64_t left = kUnlimited;        ///< units that may still be begun
  std::int64_t batch = 1, underway = 0;  ///< units of the batch whose inputs are taken
  double yield = 1;
  double remaining = 0;     ///< operational time that the batch still needs
  double resumed_at = 0;    ///< H when work was last resumed
  double resumed_work = 0;  ///< positive time of the rate when work was last resumed
  double worked = 0;        ///< days, up to the last pause
  double completes = engine::kNever;
  RateCurve::Cursor cursor = 0, inverse_cursor = 0;
  bool open = false, working = false, starved = false, blocked = false;
};

struct Window {
  double from = 0, to = 0;  ///< closed in [from, to)
};

struct RouteState {
  std::int64_t vehicles = kUnlimited, capacity = kUnlimited, minimum = 1, reserve = 0;
  double max_wait = engine::kNever;
  double waiting_since = engine::kNever;  ///< since when a load of at least one unit could leave
  std::vector<Window> closed;             ///< apart and in order
  std::uint32_t next_window = 0;
};

struct DemandState {
  PatternState pattern;
  SpanState span;
  std::int64_t reserve = 0;
};

struct MilestoneState {
  double noted = engine::kNever;
  double holds_since = engine::kNever;
  double threshold = 0, hold = 0;
};

/// A trip under way or waiting for room. Its loads are in State::loads, largest_cargo of them a trip.
struct Trip {
  std::uint32_t route = 0;
  bool is_lost = false;
};

/// Time-weighted facts of a cell's stock.
struct StockHistory {
  double moment = 0;      ///< sum of (change x time): time-integral of stock at t is t * stock - moment
  double at_zero = 0;     ///< days at zero before zero_since
  double zero_since = 0;  ///< meaningful while the stock is zero
};

/// Consumption from a cell, to look back over a window of days.
struct ConsumptionHistory {
  struct Entry {
    double time;
    std::int64_t before;  ///< consumed before this entry
  };
  std::vector<Entry> entries;
  std::size_t first = 0;
  std::int64_t total = 0;
};

struct State {
  std::vector<std::int64_t> counts;       ///< stocks by cell, then counters
  std::vector<std::int64_t> last_counts;  ///< plain metrics at the last observation
  std::vector<random::Stream> streams;
  std::vector<StockHistory> history;            ///< by cell
  std::vector<ConsumptionHistory> consumption;  ///< by cell
  std::vector<std::int64_t> capacity;           ///< by cell
  std::vector<std::int64_t> site_capacity;
  std::vector<SupplyState> supplies;
  std::vector<ProductionState> productions;
  std::vector<std::int64_t> per_unit;  ///< by input: units per unit made
  std::vector<RouteState> routes;
  std::vector<DemandState> demands;
  std::vector<MilestoneState> milestones;
  std::vector<Trip> trips;
  std::vector<std::int64_t> loads;
  std::vector<std::uint32_t> free_trips;
  std::vector<std::vector<std::uint32_t>> quays;  ///< by site: trips that wait for room, first come first
  std::vector<std::vector<std::pair<double, std::int64_t>>> schedules;  ///< by supply
  std::vector<RateCurve> random_curves;                                 ///< by curve: those drawn in each replication
  std::vector<const RateCurve*> curves;
  std::vector<std::int64_t> opening;  ///< stock at the start by item, for the ledger
};

}  // namespace materiel::model
