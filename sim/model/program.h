#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <materiel/model/ledger.h>
#include <materiel/random/copula.h>
#include <materiel/random/distribution.h>
#include <materiel/scenario/expression.h>
#include <materiel/scenario/metric_catalogue.h>
#include <materiel/scenario/rate_profile.h>

#include "model/rate_curve.h"

/// The compiled network: indices and numbers only, const during runs. Names stay for messages and streams.
namespace materiel::model {

inline constexpr std::uint32_t kNone = 0xffffffffU;

using ValueId = std::uint32_t;   ///< into Program::values
using StreamId = std::uint32_t;  ///< into Program::streams
using CurveId = std::uint32_t;   ///< into Program::curves
using CountId = std::uint32_t;   ///< into State::counts: stocks first, then counters
using CellId = std::uint32_t;    ///< a (site, item) pair; also the CountId of its stock
/// A process's place in the calendars. Those below Program::first_late_slot come first at one instant, in order; then
/// makers, from Program::first_maker_slot on, in order; then trips; then the other slots, in order.
using SlotId = std::uint32_t;
/// Into Program::claimants: in the order that decides ties between claims, by kind, then by name.
using ClaimantId = std::uint32_t;

/// Lists of indices, one after the other in one array: short lists that are read at every event.
class IndexLists {
 public:
  IndexLists() = default;
  explicit IndexLists(const std::vector<std::vector<std::uint32_t>>& lists) {
    for (const auto& list : lists) {
      all_.insert(all_.end(), list.begin(), list.end());
      ends_.push_back(static_cast<std::uint32_t>(all_.size()));
    }
  }
  [[nodiscard]] std::span<const std::uint32_t> operator[](std::uint32_t list) const {
    return {all_.data() + ends_[list], all_.data() + ends_[list + 1]};
  }

 private:
  std::vector<std::uint32_t> ends_{0}, all_;
};

/// What a value must be, wherever it comes from.
enum class ValueRole : std::uint8_t {
  time,      // any finite number of days since the start, or infinity
  duration,  // days, >= 0
  interval,  // days, > 0
  rate,      // units per day, >= 0
  quantity,  // whole units, 0 to 2^53, rounded half up
  count,     // whole units, 1 to 2^53, rounded half up
  share,     // 0 to 1
  positive,  // > 0
  number,    // any finite number
};

/// A value of the scenario, ready to be resolved for a sample.
struct ValueProgram {
  enum class Kind : std::uint8_t { number, expression, distribution };
  Kind kind = Kind::number;
  ValueRole role = ValueRole::number;
  double number = 0;
  std::uint32_t expression = kNone;  ///< index in sample_expressions
  // distribution:
  DistributionForm form = DistributionForm::constant;
  double scale = 1;
  std::vector<ValueId> scalars, first, second;
  bool depends_on_parameters = false;
  std::string owner;  ///< "demand.front", for messages
  std::string what;   ///< "size"
  Location where;
};

struct StreamProgram {
  std::string name, purpose;
};

/// A moment's value that may be random: its number or distribution, and the stream it is drawn from.
struct Draw {
  ValueId value = kNone;
  StreamId stream = kNone;  ///< kNone if the value is not a distribution
  [[nodiscard]] bool present() const { return value != kNone; }
};

struct Knot {
  Draw when, value;
};

/// A rate profile before its numbers are known.
struct CurveProgram {
  scenario::RateProfile::Shape shape = scenario::RateProfile::Shape::constant;
  Draw value, from, to, begins, lasts;
  std::vector<Knot> knots;
  std::vector<Draw> seasonal;
  bool depends_on_parameters = false;
  bool random = false;  ///< some number is drawn in each replication
  std::string owner;
  Location where;
};

/// When a process acts.
struct SpanProgram {
  Draw begins, ends, delay;
  std::uint32_t after = kNone;  ///< milestone
};

/// Moments that follow one another: of a rate's integral, or at intervals.
struct PatternProgram {
  CurveId curve = kNone;    ///< kNone: at intervals
  Draw step;                ///< operational time from unit to unit (mean 1), or the interval in days
  std::uint32_t steps = 0;  ///< its place among all patterns
  bool modulated = false;   ///< a factor may change its pace: of disruptions or of its tempo
};

struct SupplyProgram {
  std::string name;
  CellId cell = kNone;
  PatternProgram pattern;
  std::vector<std::uint32_t> disruptions;  ///< that have a factor on it
  Draw quantity;                           ///< with intervals
  std::vector<Knot> schedule;              ///< instead of a pattern
  SpanProgram span;
  Draw total;
  SlotId slot = kNone;
  CountId supplied = kNone, turned_away = kNone;
};

struct InputProgram {
  CellId cell = kNone;
  Draw per_unit;
  std::uint32_t number = 0;  ///< among the inputs of all productions
  bool contested = false;    ///< other claims on it may come first, or its site has a capacity
  CountId used = kNone;      ///< units taken, for the ledger
};

struct ProductionProgram {
  std::string name;
  CellId output = kNone;
  std::vector<InputProgram> inputs;
  CurveId curve = kNone;
  Draw step, batch, yield, total;
  StreamId yield_stream = kNone;
  Draw uptime, repair;             ///< of breakdowns, days
  Draw slope, reference, ceiling;  ///< of learning
  std::vector<std::uint32_t> disruptions;
  SpanProgram span;
  SlotId slot = kNone, breakdown_slot = kNone;
  ClaimantId claimant = kNone;  ///< kNone if it needs no inputs
  std::int64_t priority = 0;
  bool contested = false;  ///< some input is
  bool limited = false;    ///< its output's site has a capacity
  CountId produced = kNone, scrapped = kNone, in_process = kNone;
  bool settles = false;             ///< no learning, no capacity or order reacts to what it takes and makes, and no
                                    ///< route that pushes takes its inputs first
  bool in_process_watched = false;  ///< by a milestone
};

struct CargoProgram {
  CellId origin = kNone, destination = kNone;
  CountId in_transit = kNone, shipped = kNone, arrived = kNone, lost = kNone;
};

struct ClosureProgram {
  bool yearly = false;
  MonthDay yearly_from, yearly_to;
  Draw from, to;
};

struct RouteProgram {
  std::string name;
  std::vector<CargoProgram> cargo;
  CargoProgram total;  ///< counters of the total; kNone where there is one item only
  Draw vehicles, capacity, minimum, max_wait, transit, return_time, loss, attrition, reserve, departs_every,
      departs_first;
  StreamId lost_whole = kNone, lost_units = kNone;
  bool loses_vehicle = false;
  bool scheduled = false;
  std::vector<ClosureProgram> closed;
  std::uint32_t destination_site = kNone;
  std::uint32_t order = kNone;  ///< index of its order
  Draw share;
  std::int64_t priority = 0;
  std::uint32_t race = kNone;  ///< among routes that push from one site with one priority; kNone if it is alone
  std::uint32_t turn = 0;      ///< its place among all routes by name
  bool alone = false;          ///< no other claimant takes what it carries: it needs no round of service
  ClaimantId claimant = kNone;
  std::vector<std::uint32_t> disruptions;
  SlotId slot = kNone;          ///< of moments at which it may leave
  SlotId opening_slot = kNone;  ///< of its closures, if it is in a race
};

/// A signed count: a sum of them is an account.
struct SignedCount {
  CountId count = kNone;
  std::int64_t sign = 1;
};

/// A route's replenishment rule: exactly one of up_to alone, point with up_to, point with quantity.
struct OrderProgram {
  std::uint32_t route = kNone;
  CellId origin = kNone, destination = kNone;
  Draw point, up_to, quantity, review;
  std::uint32_t position = kNone;  ///< index of the account that is its inventory position
  CountId ordered = kNone, orders = kNone;
  SlotId slot = kNone;
};

/// States whose stationary distribution is solved for, where it isn't plain: the time grows with the cube of their
/// number, to about 0.2 s.
inline constexpr std::size_t kMostSolvedStates = 1000;

/// A state that may follow another, and how likely it is relative to the others.
struct TempoChangeProgram {
  std::uint32_t state = 0;
  Draw weight;
};

/// A state of a demand's tempo.
struct TempoStateProgram {
  std::string name;
  Draw mean, factor, size;
  std::vector<TempoChangeProgram> next;  ///< by state, ascending; empty: all others, alike
};

struct DemandProgram {
  std::string name;
  std::vector<CellId> cells;
  std::vector<CountId> consumed_of;  ///< by item; kNone where there is one item only
  PatternProgram pattern;
  Draw size, reserve;
  bool backlog = false, whole = false;
  bool in_line = false;         ///< requests may wait, one behind the other
  ClaimantId claimant = kNone;  ///< kNone if none of its requests ever waits
  std::int64_t priority = 0;
  Draw needs;
  std::vector<TempoStateProgram> tempo;
  std::uint32_t initial_state = kNone;  ///< kNone: drawn from the stationary distribution
  StreamId tempo_stream = kNone;
  std::vector<std::uint32_t> disruptions;
  SpanProgram span;
  SlotId slot = kNone, tempo_slot = kNone;
  CountId demanded = kNone, consumed = kNone, unmet = kNone, owed = kNone;
};

struct ExchangeProgram {
  std::string name;
  std::uint32_t turn = 0;  ///< its place among all exchanges by name
  CellId cell = kNone;     ///< of what it gives
  Draw earned_by, gives;   ///< quantities whose ratio it pays
  Draw lead_time;
  CountId exchanged = kNone, turned_away = kNone;
};

/// Whose pace a disruption changes.
struct TargetProgram {
  enum class Kind : std::uint8_t { supply, production, route, demand };
  Kind kind = Kind::supply;
  std::uint32_t index = 0;
};

struct DisruptionProgram {
  std::string name;
  Draw at, every, delay, lasts, factor, recovery, chance, fraction, quantity;
  StreamId chance_stream = kNone;
  std::uint32_t after = kNone;  ///< milestone
  std::vector<TargetProgram> targets;
  CellId cell = kNone;  ///< of what it destroys
  CountId destroyed = kNone;
  SlotId slot = kNone;
};

struct SiteProgram {
  std::string name;
  std::vector<CellId> cells;
  Draw total_capacity;
  SlotId unload_slot = kNone;  ///< of trips that wait for room; kNone without a capacity
};

struct CellProgram {
  std::uint32_t site = 0, item = 0;
  Draw initial, capacity;
  bool room_matters = false;  ///< its site has a capacity for it
  bool reviewed = false;      ///< an order under continuous review follows its stock
  bool followed = false;      ///< one of both
  bool earns = false;         ///< deliveries to it earn units of an exchange
  bool demanded = false;      ///< some demand draws on it: days of supply are defined
  bool awaited = false;       ///< somebody may have to look when its stock grows
  bool missed = false;        ///< and when it shrinks
};

/// Who must be looked at when the stock of a cell changes, by cell.
template <class Lists>
struct Dependents {
  Lists productions_using, demands_on, productions_into;
  Lists routes_from;     ///< that may leave when there is more
  Lists orders_from;     ///< routes that carry what was ordered
  Lists routes_waiting;  ///< those with a longest wait, which ends when there is nothing left to load
  Lists orders_of;       ///< orders under continuous review whose position it is part of
  Lists exchanges_for;   ///< exchanges that deliveries to it earn
};

struct MilestoneProgram {
  std::string name;
  std::uint32_t metric = kNone;
  CountId count = kNone;  ///< watched exactly; kNone for a metric of real numbers
  bool reaches = true;
  Draw threshold, hold;
  SlotId slot = kNone;
  std::vector<std::uint32_t> starts_supplies, starts_productions, starts_demands, starts_disruptions;
};

/// A metric and where its numbers come from.
struct MetricProgram {
  scenario::MetricKind kind = scenario::MetricKind::stock;
  CountId count = kNone;        ///< of a whole-number metric; the numerator's counter of a rate or share
  CountId other = kNone;        ///< fill_rate: demanded
  std::uint32_t owner = kNone;  ///< cell or production
};

struct OutcomeProgram {
  std::uint32_t expression = kNone;  ///< index in outcome_expressions
};

/// An item's ledger: the opening stock and all of these counts, those that come in with +1 and the others with -1, add
/// up to 0 at every instant.
struct LedgerEntry {
  CountId count = kNone;
  LedgerTerm term = LedgerTerm::stock;
};

/// The steps of an instant, in their order; trips and deliveries of exchanges come between production and unloading.
enum class SlotKind : std::uint8_t {
  disruption,
  opening,
  breakdown,
  tempo,
  supply,
  production,
  unload,
  dispatch,
  service,
  demand,
  order,
  milestone,
  observation
};
struct SlotProgram {
  SlotKind kind = SlotKind::supply;
  std::uint32_t index = 0;
};

/// A process that may wait for units: claims of productions, demands and routes with orders, and routes that push.
struct ClaimantProgram {
  enum class Kind : std::uint8_t { production, route, demand };
  Kind kind = Kind::production;
  std::uint32_t index = 0;
  std::int64_t priority = 0;
};

struct ParameterProgram {
  ValueId value = kNone;
};

struct Program {
  std::vector<ValueProgram> values;
  std::vector<StreamProgram> streams;
  std::vector<CurveProgram> curves;
  std::vector<scenario::Expression> sample_expressions;   ///< over parameters
  std::vector<scenario::Expression> outcome_expressions;  ///< over parameters, metrics, milestones
  scenario::ExpressionNames sample_names, outcome_names;

  std::vector<ParameterProgram> parameters;
  std::vector<std::string> parameter_names;
  std::vector<std::uint32_t> parameter_order;
  std::vector<std::uint32_t> correlated;  ///< parameters that stand in a pair, by name
  random::Copula copula;                  ///< of them, in that order: factorised once, for all threads

  std::vector<std::string> item_names;
  std::vector<CellProgram> cells;
  std::vector<SiteProgram> sites;
  std::vector<SupplyProgram> supplies;
  std::vector<ProductionProgram> productions;
  std::uint32_t inputs = 0;  ///< of all productions together
  std::vector<RouteProgram> routes;
  std::vector<DemandProgram> demands;
  std::uint32_t patterns = 0;  ///< of supplies and demands
  std::vector<OrderProgram> orders;
  std::vector<std::vector<SignedCount>> positions;  ///< accounts of the cells that are ordered for
  std::vector<ExchangeProgram> exchanges;
  std::vector<DisruptionProgram> disruptions;
  std::vector<MilestoneProgram> milestones;
  std::vector<ClaimantProgram> claimants;
  std::vector<std::vector<std::uint32_t>> races;                 ///< routes, by name
  std::vector<std::uint32_t> routes_by_name, exchanges_by_name;  ///< their turns at one instant
  std::vector<OutcomeProgram> outcomes;

  std::vector<MetricProgram> metrics;
  std::vector<std::uint32_t> rates;     ///< metrics that are rates over the last interval
  std::vector<std::uint32_t> reckoned;  ///< metrics that are neither counts nor rates
  std::uint32_t plain_metrics = 0;      ///< the first so many metrics are counts, and their CountId is their index
  std::uint32_t counts = 0;             ///< size of State::counts
  Dependents<IndexLists> dependents;
  IndexLists settlers;           ///< productions that may settle batches together and change it, by CountId
  IndexLists changers;           ///< of a cell: what productions add to its moment, in State::batch_moments
  IndexLists watchers;           ///< milestones to be examined at its changes, by CountId
  std::vector<CountId> watched;  ///< counts that have watchers
  std::vector<std::vector<LedgerEntry>> ledger;  ///< by item

  std::vector<SlotProgram> slots;
  SlotId first_late_slot = 0;   ///< slots below it go before makers and trips of the same instant
  SlotId first_maker_slot = 0;  ///< from here on slots are those of makers
  SlotId service_slot = 0;      ///< of serving claims and routes that push
  SlotId first_dispatch_slot = 0, first_demand_slot = 0, first_order_slot = 0, first_milestone_slot = 0;
  SlotId observation_slot = 0;
  std::uint32_t largest_cargo = 1;  ///< items of the route with most of them

  std::vector<double> observation_days;
  double observed_every = 0;   ///< days
  bool ends_whole = true;      ///< the last observation ends an interval as long as the others
  bool watches_rates = false;  ///< some milestone does
  Date start;
  double horizon = 0;

  /// Trips that may be under way at once: those of a replication take at most some 200 MB.
  [[nodiscard]] std::size_t most_trips() const {
    constexpr std::size_t kMemory = 200'000'000, kTrip = 92, kLoad = 8;  // bytes; a trip with its place in the calendar
    return kMemory / (kTrip + kLoad * largest_cargo);
  }
};

}  // namespace materiel::model
