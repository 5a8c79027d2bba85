#include <algorithm>
#include <array>

#include <materiel/scenario/schema.h>

#include "scenario/schema_keys.h"

namespace materiel::scenario {
namespace {

constexpr std::array<std::string_view, 2> kUnmet{"lost", "backlog"};

constexpr Key kLabel = text("label", "what figures call it");
constexpr Key kVariability = other(Type::variability, "variability", "how the units scatter around the rate");
constexpr Key kAfter = other(Type::milestone, "after", "a milestone that must come first");
constexpr Key kDelay = random("delay", Range::duration, "days", "time between that milestone and the beginning");
constexpr Key kPriority =
    other(Type::whole_number, "priority", "at its site the smallest is served first, 0 if not given");
constexpr Key kTotal = random("total", Range::quantity, "units", "stops after so many units");

constexpr std::array kScenario{
    text("name", "a short name; the file's if not given"),
    text("title", "what figures and reports are headed with"),
    text("description", "what the scenario is about"),
    other(Type::texts, "authors", "who wrote it"),
    required(other(Type::date, "start", "the first day")),
    required(other(Type::date, "end", "the day at whose beginning the run ends")),
    other(Type::date, "knowledge", "the date as of which its figures were known"),
};
constexpr std::array kObserve{
    fixed("every", Range::interval, "days", "time between observations, 7 if not given"),
};
constexpr std::array kItem{
    text("unit", "what one of it is called in figures, \"units\" if not given"),
    kLabel,
};
constexpr std::array kParameter{
    fixed("value", Range::time, "", "the value of a parameter that is certain"),
    text("dist", "the family of the distribution it is drawn from, once a sample; its arguments are keys too"),
    text("unit", "of its values; day, week, month, year, /day, /week, /month and /year multiply them"),
    kLabel,
    text("source", "where the figure comes from"),
    other(Type::date, "as_of", "the date of the source"),
    other(Type::grade, "grade", "A-F for the source's reliability, 1-6 for the figure's credibility"),
    text("note", "anything worth knowing about it"),
};
constexpr std::array kSite{
    kLabel,
    Key{.key = "stock",
        .type = Type::quantities,
        .range = Range::quantity,
        .random = true,
        .unit = "units",
        .doc = "what it holds at the start"},
    Key{.key = "capacity",
        .type = Type::capacity,
        .range = Range::quantity,
        .random = true,
        .unit = "units",
        .doc = "the most it can hold, by item or of all items together"},
};
constexpr std::array kSupply{
    kLabel,
    required(other(Type::site, "site", "where the units arrive")),
    required(other(Type::item, "item", "what arrives")),
    other(Type::rate, "rate", "units per day"),
    kVariability,
    random("every", Range::interval, "days", "time between deliveries"),
    random("quantity", Range::quantity, "units", "size of a delivery"),
    Key{.key = "schedule",
        .type = Type::schedule,
        .range = Range::quantity,
        .random = true,
        .unit = "units",
        .doc = "deliveries one by one"},
    random("begins", Range::time, "days since the start, or a date", "when it begins"),
    random("ends", Range::time, "days since the start, or a date", "when it ends"),
    kTotal,
    kAfter,
    kDelay,
};
constexpr std::array kProduction{
    kLabel,
    required(other(Type::site, "site", "where it works")),
    required(other(Type::item, "makes", "its output")),
    Key{.key = "uses",
        .type = Type::quantities,
        .range = Range::quantity,
        .unit = "units per unit made",
        .doc = "its inputs, taken from the same site"},
    required(other(Type::rate, "rate", "units per day")),
    kVariability,
    random("opens", Range::time, "days since the start, or a date", "when it opens"),
    random("closes", Range::time, "days since the start, or a date", "when it closes"),
    random("batch", Range::count, "units", "units per completion, 1 if not given"),
    random("yield", Range::share, "", "probability that a unit is good"),
    other(Type::breakdowns, "breakdowns", "times of work and of repair, in turn"),
    other(Type::learning, "learning", "the rate grows with experience (Wright's law)"),
    kPriority,
    kTotal,
    kAfter,
    kDelay,
};
constexpr std::array kRoute{
    kLabel,
    required(other(Type::site, "from", "the origin")),
    required(other(Type::site, "to", "the destination")),
    required(other(Type::items, "items", "what it carries, in order of preference")),
    random("vehicles", Range::count, "", "how many there are; without it any number"),
    random("capacity", Range::count, "units", "the most a trip carries; without it everything"),
    random("minimum", Range::count, "units", "the least a trip leaves with, 1 if not given"),
    other(Type::departures, "departs", "a timetable; without it trips leave when they can"),
    random("max_wait", Range::duration, "days", "a waiting load leaves after so long even below the minimum"),
    required(random("transit", Range::duration, "days", "time from departure to arrival")),
    random("return", Range::duration, "days", "time until the vehicle is back, a fresh transit if not given"),
    random("loss", Range::share, "", "probability that a trip is lost whole"),
    random("attrition", Range::share, "", "probability that a unit of a trip is lost"),
    other(Type::flag, "loses_vehicle", "whether a lost trip loses its vehicle too, false if not given"),
    other(Type::closures, "closed", "when no trip leaves"),
    random("reserve", Range::quantity, "units", "stock of each item that stays at the origin"),
    other(Type::order, "order", "a replenishment rule; without it the route carries all it may"),
    kPriority,
    random("share", Range::positive, "", "its part of what routes of one origin and priority push, 1 if not given"),
};
constexpr std::array kDemand{
    kLabel,
    required(other(Type::site, "site", "where it takes items")),
    required(other(Type::items, "items", "what it takes, in order of preference")),
    random("every", Range::interval, "days", "time between demands"),
    random("size", Range::quantity, "units", "units per demand, 1 if a rate is given"),
    other(Type::rate, "rate", "demands per day"),
    kVariability,
    choice("unmet", kUnmet, "what becomes of demand that stock can't meet, \"lost\" if not given"),
    random("reserve", Range::quantity, "units", "stock of each item that it leaves"),
    other(Type::flag, "whole", "whether a demand is met in one piece or not at all, false if not given"),
    random("needs", Range::count, "units", "it takes nothing while fewer are there"),
    kPriority,
    other(Type::states, "states", "states of its tempo, between which it switches at random"),
    text("initial", "the state it begins in; drawn from the stationary distribution if not given"),
    random("begins", Range::time, "days since the start, or a date", "when it begins"),
    random("ends", Range::time, "days since the start, or a date", "when it ends"),
    kAfter,
    kDelay,
};
constexpr std::array kExchange{
    kLabel,
    required(other(Type::holding, "for", "what deliveries earn by")),
    required(other(Type::holding, "gives", "what they earn")),
    random("lead_time", Range::duration, "days", "time from a delivery to what it earns, 0 if not given"),
};
constexpr std::array kDisruption{
    kLabel,
    random("at", Range::time, "days since the start, or a date", "when it happens"),
    random("every", Range::interval, "days", "time from the end of one to the beginning of the next"),
    kAfter,
    kDelay,
    random("lasts", Range::duration, "days", "how long its factor holds"),
    other(Type::targets, "targets", "the processes whose rate or capacity it changes"),
    random("factor", Range::factor, "", "of their rate or capacity; 0 closes them"),
    other(Type::recovery, "recovery", "how the factor goes back to 1, \"step\" if not given"),
    other(Type::destruction, "destroys", "part of a stock that is destroyed when it happens"),
    random("chance", Range::share, "", "probability that it happens at all, 1 if not given"),
};
constexpr std::array kCorrelation{
    required(other(Type::pairs, "pairs", "pairs of parameters with their rank correlations")),
};
constexpr std::array kAlternative{
    kLabel,
    text("extends", "the alternative that it builds on"),
    required(other(Type::settings, "set", "values to write over the file's, by dotted path")),
};
constexpr std::array kMilestone{
    kLabel,
    required(other(Type::metric, "metric", "what it watches")),
    random("reaches", Range::number, "the metric's", "it comes when the metric is at least this"),
    random("falls_to", Range::number, "the metric's", "it comes when the metric is at most this"),
    random("for", Range::duration, "days", "how long that must hold, 0 if not given"),
};
constexpr std::array kOutcome{
    required(other(Type::outcome, "value", "an expression over final metrics, milestones and parameters")),
    text("unit", "of the value"),
    kLabel,
};

constexpr std::array<TableSchema, 15> kSections{{
    {"scenario", false, kScenario, "what the file is about"},
    {"observe", false, kObserve, "when metrics are noted"},
    {"item", true, kItem, "something counted in whole units"},
    {"parameter", true, kParameter, "a named number, certain or drawn once a sample"},
    {"correlation", false, kCorrelation, "rank correlations of parameters"},
    {"site", true, kSite, "holds stock of items: a plant, port, depot, front"},
    {"supply", true, kSupply, "puts units into a site from outside the model"},
    {"production", true, kProduction, "turns inputs at a site into an output"},
    {"route", true, kRoute, "carries items from one site to another in trips"},
    {"demand", true, kDemand, "takes items out of a site for good"},
    {"exchange", true, kExchange, "pays units of one item for deliveries of another"},
    {"disruption", true, kDisruption, "slows or closes processes for a while, or destroys part of a stock"},
    {"milestone", true, kMilestone, "notes the first time a condition holds"},
    {"outcome", true, kOutcome, "an expression reckoned at the end of a replication"},
    {"alternative", true, kAlternative, "a named set of changes to compare"},
}};

}  // namespace

std::span<const TableSchema> section_schemas() {
  return kSections;
}

const TableSchema* find_section(std::string_view kind) {
  const auto found = std::find_if(kSections.begin(), kSections.end(), [&](const auto& s) { return s.kind == kind; });
  return found == kSections.end() ? nullptr : &*found;
}

const KeySchema* find_key(const TableSchema& schema, std::string_view key) {
  const auto found = std::find_if(schema.keys.begin(), schema.keys.end(), [&](const Key& k) { return k.key == key; });
  return found == schema.keys.end() ? nullptr : &*found;
}

}  // namespace materiel::scenario
