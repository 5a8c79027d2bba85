// The tables that stand inside sections.

#include <array>

#include <materiel/scenario/schema.h>

#include "scenario/schema_keys.h"

namespace materiel::scenario {
namespace {

constexpr std::array<std::string_view, 3> kRamps{"linear", "logistic", "exponential"};

constexpr std::array kRate{
    random("value", Range::rate, "units per day", "a constant rate"),
    Key{.key = "steps",
        .type = Type::steps,
        .range = Range::rate,
        .random = true,
        .unit = "units per day",
        .doc = "a rate from each time on"},
    Key{.key = "points",
        .type = Type::steps,
        .range = Range::rate,
        .random = true,
        .unit = "units per day",
        .doc = "a rate at each time, straight lines between them"},
    choice("ramp", kRamps, "the way from one rate to another"),
    random("from", Range::rate, "units per day", "the rate before the ramp"),
    random("to", Range::rate, "units per day", "the rate after it"),
    random("begins", Range::time, "days since the start, or a date", "when the ramp begins"),
    random("lasts", Range::interval, "days", "how long it takes"),
    Key{.key = "seasonal",
        .type = Type::factors,
        .range = Range::factor,
        .random = true,
        .doc = "factors of the rate from January to December"},
};
constexpr std::array kGamma{
    required(
        fixed("cv", Range::positive, "", "coefficient of variation of the time between units, in operational time")),
};
constexpr std::array kDepartures{
    required(random("every", Range::interval, "days", "time between departures")),
    random("first", Range::time, "days since the start, or a date", "the first departure"),
};
constexpr std::array kClosure{
    required(other(Type::edge, "from", "closed from its beginning on")),
    required(other(Type::edge, "to", "open again at its beginning")),
};

constexpr TableSchema kRateTable{"rate", false, kRate, "a rate over time"};
constexpr TableSchema kGammaTable{"variability", false, kGamma, "a gamma renewal process"};
constexpr TableSchema kDeparturesTable{"departs", false, kDepartures, "a timetable"};
constexpr TableSchema kClosureTable{"closed", false, kClosure, "a closure"};

constexpr std::array kOrder{
    random("point", Range::quantity, "units", "orders when the inventory position is at or below it"),
    random("up_to", Range::quantity, "units", "orders up to this position"),
    random("quantity", Range::count, "units", "orders multiples of it"),
    other(Type::review, "review", "\"continuous\" or the days between reviews, continuous if not given"),
};
constexpr std::array kBreakdowns{
    required(random("uptime", Range::interval, "days", "time from opening or repair to the next breakdown")),
    required(random("repair", Range::duration, "days", "how long it is down")),
};
constexpr std::array kLearning{
    required(
        fixed("slope", Range::share, "", "labour per unit when output doubles, of what it was: 0.85, for example")),
    required(fixed("reference", Range::positive, "units", "completed units at which the rate is as written")),
    fixed("ceiling", Range::positive, "units per day", "the most that the rate becomes"),
};
constexpr std::array kTempoState{
    required(fixed("mean", Range::interval, "days", "mean time in the state")),
    fixed("factor", Range::factor, "", "of the demand's rate while the state lasts, 1 if not given"),
    random("size", Range::quantity, "units", "size of demands while the state lasts"),
    other(Type::weights, "next", "weights of the states that may follow; all others alike if not given"),
};
constexpr std::array kHolding{
    required(other(Type::site, "site", "where")),
    required(other(Type::item, "item", "what")),
    required(random("quantity", Range::positive, "units", "how many")),
};
constexpr std::array kDestruction{
    required(other(Type::site, "site", "where")),
    required(other(Type::item, "item", "what")),
    random("fraction", Range::share, "", "share of the stock"),
    random("quantity", Range::quantity, "units", "at most so many units"),
};
constexpr std::array kRecovery{
    required(random("linear", Range::duration, "days", "how long the straight way back to 1 takes")),
};

constexpr TableSchema kOrderTable{"order", false, kOrder, "a replenishment rule"};
constexpr TableSchema kBreakdownsTable{"breakdowns", false, kBreakdowns, "breakdowns"};
constexpr TableSchema kLearningTable{"learning", false, kLearning, "a learning curve"};
constexpr TableSchema kTempoStateTable{"states", true, kTempoState, "a state of a demand's tempo"};
constexpr TableSchema kHoldingTable{"holding", false, kHolding, "a quantity of an item at a site"};
constexpr TableSchema kDestructionTable{"destroys", false, kDestruction, "part of a stock"};
constexpr TableSchema kRecoveryTable{"recovery", false, kRecovery, "a gradual recovery"};

}  // namespace

const TableSchema& rate_schema() {
  return kRateTable;
}
const TableSchema& variability_schema() {
  return kGammaTable;
}
const TableSchema& departures_schema() {
  return kDeparturesTable;
}
const TableSchema& closure_schema() {
  return kClosureTable;
}
const TableSchema& order_schema() {
  return kOrderTable;
}
const TableSchema& breakdowns_schema() {
  return kBreakdownsTable;
}
const TableSchema& learning_schema() {
  return kLearningTable;
}
const TableSchema& tempo_state_schema() {
  return kTempoStateTable;
}
const TableSchema& holding_schema() {
  return kHoldingTable;
}
const TableSchema& destruction_schema() {
  return kDestructionTable;
}
const TableSchema& recovery_schema() {
  return kRecoveryTable;
}

}  // namespace materiel::scenario
