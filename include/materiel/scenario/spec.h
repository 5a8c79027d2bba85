#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <materiel/base/date.h>
#include <materiel/scenario/rate_profile.h>
#include <materiel/scenario/value.h>

/// A scenario as its author wrote it, in plain structs: every name checked, nothing compiled. docs/format.md says what
/// each key means. Sections keep the order of the file. Fields that were not given hold an absent Value, an empty Text
/// or an empty vector. Times are days since `start` unless they are durations, in days.
namespace materiel::scenario {

struct Item {
  std::string name;
  std::string unit;  ///< what one of it is called in figures; "units" if not given
  std::string label;
  Location where;
};

struct Parameter {
  std::string name;
  Value value;
  std::string unit, label, source, grade, note;
  std::optional<Date> as_of;
  bool is_date = false;  ///< its value was written as a date or its distribution's values were
  Location where;
};

/// A quantity of an item: an entry of `stock`, `capacity` or `uses`.
struct ItemQuantity {
  Text item;
  Value quantity;
};

struct Site {
  std::string name, label;
  std::vector<ItemQuantity> stock;
  std::vector<ItemQuantity> capacity;  ///< by item
  Value total_capacity;                ///< of all items together
  Location where;
};

struct Variability {
  enum class Kind : std::uint8_t { none, poisson, gamma };
  Kind kind = Kind::none;
  Value cv;  ///< of the gamma renewal
};

/// What production, supply and demand have in common: when they act.
struct Span {
  Value begins, ends;  ///< `opens`, `closes` for production
  Text after;          ///< a milestone's name
  Value delay;         ///< after that milestone
};

struct Supply {
  std::string name, label;
  Text site, item;
  std::optional<RateProfile> rate;  ///< rate + variability | every + quantity | schedule
  Variability variability;
  Value every, quantity;
  std::vector<When> schedule;
  Span span;
  Value total;
  Location where;
};

/// Alternating times of work and repair, in calendar days from the opening on.
struct Breakdowns {
  Value uptime, repair;  ///< days; both or neither
  [[nodiscard]] bool present() const { return uptime.present(); }
};

/// Wright's law with constant labour: the rate of unit n is multiplied by (n / reference)^(-log2 slope).
struct Learning {
  Value slope;      ///< of the labour per unit when output doubles, in (0, 1]
  Value reference;  ///< the number of the unit whose factor is 1
  Value ceiling;    ///< of the multiplied rate, units per day; absent: none
  [[nodiscard]] bool present() const { return slope.present(); }
};

struct Production {
  std::string name, label;
  Text site, makes;
  std::vector<ItemQuantity> uses;  ///< per unit made
  RateProfile rate;
  Variability variability;
  Span span;
  Value batch, yield, total;
  Breakdowns breakdowns;
  Learning learning;
  std::int64_t priority = 0;  ///< of its claim on inputs: the smallest first
  Location where;
};

struct Departures {
  Value every, first;
  bool present() const { return every.present(); }
};

/// A closure: a yearly window, or one from date to date. Open again at 00:00 of `to`.
struct Closure {
  std::optional<MonthDay> yearly_from, yearly_to;  ///< both or neither
  Value from, to;
  Location where;
};

/// A replenishment rule: up_to alone (base stock), point with up_to (s,S), or point with quantity (r,Q).
struct Order {
  Value point, up_to, quantity;  ///< units
  Value review;                  ///< days between reviews; absent: continuous
  Location where;
  [[nodiscard]] bool present() const { return up_to.present() || quantity.present(); }
};

struct Route {
  std::string name, label;
  Text from, to;
  std::vector<Text> items;  ///< in order of preference
  Value vehicles, capacity, minimum, max_wait, transit, return_time, loss, attrition, reserve;
  bool loses_vehicle = false;
  Departures departs;
  std::vector<Closure> closed;
  Order order;                ///< of a route with one item
  std::int64_t priority = 0;  ///< at its origin: the smallest first
  Value share;                ///< of what routes of one priority push, relative to the others; 1 if absent
  Location where;
};

/// How likely a state is followed by another, relative to the others named.
struct TempoChange {
  Text state;
  Value weight;
};

/// A state of a demand's tempo: a continuous-time Markov chain (docs/model.md, section 9).
struct TempoState {
  std::string name;
  Value mean;                     ///< mean holding time, days; the time is exponential
  Value factor;                   ///< of the demand's rate while the state lasts; 1 if absent
  Value size;                     ///< instead of the demand's size while the state lasts
  std::vector<TempoChange> next;  ///< empty: all other states alike
  Location where;
};

struct Demand {
  std::string name, label;
  Text site;
  std::vector<Text> items;
  Value every, size;  // every + size | rate + variability (size 1 if absent)
  std::optional<RateProfile> rate;
  Variability variability;
  bool backlog = false;  ///< unmet = "backlog"; otherwise lost
  bool whole = false;    ///< a demand is met in one piece or not at all
  Value needs;           ///< takes nothing while fewer than so many units are there
  Value reserve;
  std::int64_t priority = 0;       ///< at its site: the smallest first
  std::vector<TempoState> states;  ///< none, or at least two
  Text initial;                    ///< the state it begins in; empty: drawn from the stationary distribution
  Span span;
  Location where;
};

/// A quantity of one item at one site.
struct Holding {
  Text site, item;
  Value quantity;
};

/// Units of `gives` for units of `earned_by` that supplies and routes bring.
struct Exchange {
  std::string name, label;
  Holding earned_by;  ///< `for`
  Holding gives;
  Value lead_time;
  Location where;
};

/// Part of a stock that is destroyed: of fraction and quantity exactly one.
struct Destruction {
  Text site, item;
  Value fraction, quantity;
  [[nodiscard]] bool present() const { return !site.text.empty(); }
};

struct Disruption {
  std::string name, label;
  Value at, every;  ///< at | every | after + delay
  Text after;       ///< a milestone's name
  Value delay;
  Value lasts;
  std::vector<Text> targets;  ///< "production.plant", "route.*": checked
  Value factor;               ///< 0 closes
  Value linear_recovery;      ///< days; absent: at once
  Destruction destroys;
  Value chance;
  Location where;
};

struct Milestone {
  enum class Sense : std::uint8_t { reaches, falls_to };
  std::string name, label;
  Text metric;  ///< checked: in metric_catalogue(spec)
  Sense sense = Sense::reaches;
  Value threshold;
  Value hold;  ///< `for`, days
  Location where;
};

struct Outcome {
  std::string name, unit, label;
  Text value;  ///< checked: parses, and its names are metrics, milestones, parameters or constants
  Location where;
};

/// Spearman's rank correlation of two uncertain parameters.
struct Correlation {
  Text first, second;
  double rho = 0;  ///< -1 to 1
  Location where;
};

/// A setting of an alternative: a value written over what the file says.
struct Setting {
  std::string path;   ///< dotted: "route.sea.capacity"
  std::string value;  ///< TOML
  Location where;
};

/// A named set of settings to compare with the file as it stands.
struct Alternative {
  std::string name, label;
  Text extends;  ///< the alternative that it builds on, or empty
  std::vector<Setting> set;
  Location where;
};

struct Spec {
  std::string file;    ///< as the user named it
  std::string source;  ///< its whole text
  int format = 1;
  std::string name, title, description;
  std::vector<std::string> authors;
  Date start, end;
  std::optional<Date> knowledge;
  double observe_every = 7;  ///< days
  Location observe_where;    ///< of that, or of `end` if it isn't given

  std::vector<Item> items;
  std::vector<Parameter> parameters;
  std::vector<std::uint32_t> parameter_order;  ///< indices of all parameters: each uses only those before it
  std::vector<Site> sites;
  std::vector<Supply> supplies;
  std::vector<Production> productions;
  std::vector<Route> routes;
  std::vector<Demand> demands;
  std::vector<Exchange> exchanges;
  std::vector<Disruption> disruptions;
  std::vector<Milestone> milestones;
  std::vector<Outcome> outcomes;
  std::vector<Correlation> correlations;
  std::vector<Alternative> alternatives;
  std::string alternative;              ///< whose settings have been applied; empty: none
  std::vector<std::string> data_files;  ///< that were read, as the scenario names them: from its folder; sorted

  [[nodiscard]] double horizon() const { return end.days_since_1970 - start.days_since_1970; }
};

}  // namespace materiel::scenario
