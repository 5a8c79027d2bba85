#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include <materiel/base/units.h>
#include <materiel/engine/calendar.h>
#include <materiel/random/stream.h>

#include "model/program.h"

/// What changes during a replication. Everything is an array or a small struct of numbers; arrays keep their memory
/// from one replication to the next.
namespace materiel::model {

inline constexpr double kUncapped = std::numeric_limits<double>::infinity();
/// Intervals that one process may draw before the start.
inline constexpr std::int64_t kMostBeforeStart = 1'000'000;
inline constexpr std::int64_t kUnlimited = std::int64_t{1} << 62;

/// Adds to a sum of which `carried` keeps what rounding has taken away (Dekker 1971). After any number of equal
/// intervals the sum is their product, rounded once.
inline void add_carrying(double& sum, double& carried, double x) {
  const double more = sum + x;
  if (std::isinf(more)) {
    sum = more;
    return;
  }
  const double part = more - sum;
  const double left = carried + ((sum - (more - part)) + (x - part));
  sum = more + left;
  carried = left - (sum - more);
}

/// Where a pattern stands. Operational time is the integral of the rate, or the time itself of a pattern of intervals.
/// A modulated pattern counts its own operational time, which passes at `factor` times the pace since `since`.
struct PatternState {
  double reached = 0;  ///< operational time of the next unit, once it is known
  double carried = 0;  ///< fixed intervals: what is to be added to it
  RateCurve::Cursor cursor = 0;
  bool pending = false;  ///< modulated: there is a next unit
  bool known = false;    ///< intervals that began before the start: `reached` is the first moment from it on
  double factor = 1;
  double since = 0;           ///< time of the last change of the factor, or of the beginning
  double own_at_since = 0;    ///< own operational time then
  double curve_at_since = 0;  ///< that of the unmodulated pattern
};

/// When a process may act, in this replication.
struct SpanState {
  double begins = 0, ends = engine::kNever;  ///< from the start on
  double phase = 0;                          ///< where intervals are counted from: `begins`, also before the start
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
  double speed = 1;    ///< operational time accrued for each unit of the rate's integral
  double factor = 1;   ///< of disruptions
  double learned = 1;  ///< of learning
  double reference = 1, exponent = 0, ceiling = kUncapped;  ///< of learning
  std::int64_t completed = 0;                               ///< units, scrapped ones too: experience
  double remaining = 0;                                     ///< operational time that the batch still needs
  double resumed = 0;                                       ///< time when work was last resumed or brought up to date
  double resumed_at = 0;                                    ///< H when work was last resumed
  double resumed_work = 0;                                  ///< positive time of the rate when work was last resumed
  double worked = 0;                                        ///< days, up to the last pause
  double completes = engine::kNever;
  double claimed = engine::kNever;  ///< when it turned to the batch whose inputs it waits for
  RateCurve::Cursor cursor = 0, inverse_cursor = 0;
  double loss = 0;        ///< share that is scrapped, if it is no distribution
  bool settles = false;   ///< batches may be settled together
  bool finished = false;  ///< the batch needs no more work, only room
  bool open = false, working = false, starved = false, blocked = false, down = false;
  [[nodiscard]] bool halted() const { return down || speed <= 0; }
};

/// Operational times of units to come: draws of one stream that nothing else takes from, so that it
/// makes no difference when they are drawn.
template <std::size_t kMost>
struct StepsAhead {
  std::uint32_t next = 0, filled = 0;
  std::array<double, kMost> steps;

  void forget() { next = filled = 0; }
};

/// Batches reckoned ahead: the one under way, `first`, and those that follow it. Those before `end` are to be settled
/// together; only the last of them may concern somebody. Those from `end` to `known` may be reckoned with later.
struct BatchesAhead {
  static constexpr std::uint32_t kMost = 32;
  std::uint32_t first = 0, end = 0, known = 0;
  bool reconsidered = false;
  std::array<double, kMost + 1> completes;  ///< time, by batch
  std::array<double, kMost + 1> reached;    ///< H at that time

  void forget() { first = end = known = 0; }
  [[nodiscard]] std::uint32_t outstanding() const { return end > first ? end - first - 1 : 0; }
};

struct Window {
  double from = 0, to = 0;  ///< closed in [from, to)
};

struct RouteState {
  std::int64_t vehicles = kUnlimited, reserve = 0;
  std::int64_t full_capacity = kUnlimited, full_minimum = 1;  ///< without disruptions
  std::int64_t capacity = kUnlimited, minimum = 1;
  std::int64_t on_order = kUnlimited;       ///< ordered and not yet shipped
  std::int64_t limit = kUnlimited;          ///< the lesser of capacity and on_order
  std::uint32_t loading = kNone;            ///< a trip that is loading what was ordered
  std::int64_t room = 0;                    ///< left in it
  double departs = 0, departs_carried = 0;  ///< the timetable's next departure, as in PatternState
  double max_wait = engine::kNever;
  double waiting_since = engine::kNever;  ///< since when a load of at least one unit could leave
  std::vector<Window> closed;             ///< apart and in order
  std::uint32_t next_window = 0;
  bool shut = false;  ///< by a disruption
  bool due = false;   ///< it may use a departure of its timetable now
  // Of routes in a race:
  bool racing = false;
  double tag = 0, joined = 0, share = 1;
};

struct OrderState {
  std::int64_t point = 0, up_to = 0, quantity = 0;
  double review = 0, review_carried = 0;  ///< the next review, as in PatternState
  double last = -1;                       ///< when it was ordered last
  std::int64_t at_last = 0;               ///< how many orders there were then
};

struct ExchangeState {
  double per = 1, gives = 1;  ///< so many units for so many
  std::int64_t delivered = 0, earned = 0;
};

struct DisruptionState {
  enum class Phase : std::uint8_t { waiting, active, recovering };
  Phase phase = Phase::waiting;
  double factor = 1;    ///< now
  double depth = 1;     ///< the factor while it lasts
  double next = 0;      ///< when it happens (again)
  double ended = 0;     ///< when the recovery began
  double recovery = 0;  ///< days
  double lasts = 0;     ///< days of the present one; set before it begins if it began before the start
  bool before_start = false;
};

struct DemandState {
  PatternState pattern;
  SpanState span;
  std::int64_t reserve = 0, needs = 0;
  std::uint32_t tempo = 0;    ///< present state
  double tempo_factor = 1;    ///< of that state
  double backlog_moment = 0;  ///< sum of (change x time) of the backlog
};

/// How much of its time a demand's tempo spends in each state, up to a factor.
struct TempoShares {
  std::uint64_t resolved = 0;  ///< the setting of the values that they hold for: Resolved::settings()
  std::vector<double> shares;  ///< by state
  double total = 0;
};

/// Requests of a demand or orders of a route that wait, first come first.
class WaitingLine {
 public:
  struct Request {
    double made;         ///< when
    std::int64_t units;  ///< that it still lacks
  };
  [[nodiscard]] bool empty() const { return first_ == requests_.size(); }
  [[nodiscard]] Request& front() { return requests_[first_]; }
  [[nodiscard]] const Request& front() const { return requests_[first_]; }
  void push(double made, std::int64_t units) { requests_.push_back({made, units}); }
  /// Orders of one instant are one: nothing can come between them.
  void push_order(double made, std::int64_t units) {
    if (!empty() && requests_.back().made == made)
      requests_.back().units += units;
    else
      push(made, units);
  }
  void pop() {
    ++first_;
    if (2 * first_ <= requests_.size()) return;
    requests_.erase(requests_.begin(), requests_.begin() + static_cast<std::ptrdiff_t>(first_));
    first_ = 0;
  }
  void clear() {
    requests_.clear();
    first_ = 0;
  }

 private:
  std::vector<Request> requests_;
  std::size_t first_ = 0;
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

/// Whose turn it may be in a round of service: by priority, then claims before routes that push, then by the time of
/// the claim or by the tag, then by kind and name.
struct Candidate {
  std::int64_t priority = 0;
  bool pushes = false;
  double rank = 0;  ///< time of the claim, or the tag
  ClaimantId claimant = kNone;
  friend auto operator<=>(const Candidate&, const Candidate&) = default;
};

/// Where a count may go without anybody having to look: a milestone that watches it, or whoever sees to it that it can
/// be counted.
struct QuietRange {
  std::int64_t least = std::numeric_limits<std::int64_t>::min();
  std::int64_t most = kLargestQuantity;
  [[nodiscard]] bool has(std::int64_t count) const { return count >= least && count <= most; }
};

struct State {
  std::vector<std::int64_t> counts;       ///< stocks by cell, then counters
  std::vector<QuietRange> quiet;          ///< of each count
  std::vector<std::int64_t> last_counts;  ///< plain metrics at the last observation
  std::vector<random::Stream> streams;
  std::vector<StockHistory> history;            ///< by cell
  std::vector<ConsumptionHistory> consumption;  ///< by cell
  std::vector<std::int64_t> capacity;           ///< by cell
  std::vector<std::int64_t> site_capacity;
  std::vector<SupplyState> supplies;
  std::vector<StepsAhead<8>> pattern_steps;  ///< by pattern
  std::vector<ProductionState> productions;
  std::vector<StepsAhead<BatchesAhead::kMost>> steps;  ///< by production
  std::vector<BatchesAhead> ahead;                     ///< by production
  std::vector<double> batch_moments;   ///< as StockHistory::moment, of what batches change: outputs, then inputs
  std::vector<std::int64_t> per_unit;  ///< by input: units per unit made
  std::vector<RouteState> routes;
  std::vector<DemandState> demands;
  std::vector<WaitingLine> lines;        ///< by demand
  std::vector<WaitingLine> order_lines;  ///< by order
  std::vector<OrderState> orders;
  std::vector<ExchangeState> exchanges;
  std::vector<DisruptionState> disruptions;
  std::vector<double> chances;            ///< of states of a tempo: scratch
  std::vector<TempoShares> tempo_shares;  ///< by demand
  std::vector<MilestoneState> milestones;
  std::vector<Trip> trips;
  std::vector<std::int64_t> loads;
  std::vector<std::uint32_t> free_trips;
  std::vector<bool> considered;                   ///< by claimant: it will be served if it is able
  std::vector<ClaimantId> to_consider;            ///< those, in any order
  std::vector<Candidate> candidates;              ///< of a round of service: scratch
  std::vector<std::uint32_t> loading;             ///< routes with a trip that is loading
  std::vector<std::uint32_t> sent;                ///< trips that arrive at the instant at which they leave
  std::vector<std::vector<std::uint32_t>> quays;  ///< by site: trips that wait for room, first come first
  std::vector<std::vector<std::pair<double, std::int64_t>>> schedules;  ///< by supply
  std::vector<RateCurve> random_curves;                                 ///< by curve: those drawn in each replication
  std::vector<const RateCurve*> curves;
  std::vector<std::int64_t> opening;  ///< stock at the start by item, for the ledger
};

}  // namespace materiel::model
