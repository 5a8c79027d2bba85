// The seed scenario written by hand in C++, event by event, for this one case: what a program may cost that need not
// be general. scenarios/alabuga-2023.toml as it stands; its two disruptions have a chance of 0 there and are left out.
//
// usage: seed_by_hand REPLICATIONS SEED DIRECTORY

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <deque>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <limits>
#include <queue>
#include <string>
#include <utility>
#include <vector>

#include <boost/random/exponential_distribution.hpp>
#include <boost/random/gamma_distribution.hpp>
#include <boost/random/normal_distribution.hpp>
#include <boost/random/poisson_distribution.hpp>
#include <boost/random/triangle_distribution.hpp>

namespace {

constexpr double kMonth = 30.4375, kQuarter = 3 * kMonth, kNever = std::numeric_limits<double>::infinity();
constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();
// Days since 9 June 2023.
constexpr double kHorizon = 937, kEquipmentDay = 11, kDueDay = 845, kFullMode = 251, kContractDue = 815;
constexpr std::array<double, 32> kMonths{0,   22,  53,  84,  114, 145, 175, 206, 237, 266,     297,
                                         327, 358, 388, 419, 450, 480, 511, 541, 572, 603,     631,
                                         662, 692, 723, 753, 784, 815, 845, 876, 906, kHorizon};
constexpr std::array<double, 3> kIceEnds{277, 642, 1007};
constexpr long kContract = 6000, kMinimumLoad = 30;
constexpr double kLongestWait = 21, kWindow = 28;
constexpr std::size_t kObservations = 134;  // weekly, and the end

enum Cell {
  kDepot,
  kPlantSet,
  kPlantParts,
  kPlantDrone,
  kPlantEquipment,
  kPortSet,
  kPortDrone,
  kPortEquipment,
  kLandedSet,
  kLandedDrone,
  kLandedEquipment,
  kSuppliers,
  kMoscowPayment,
  kMoscowJet,
  kTehranPayment,
  kTehranJet,
  kTehranHardware,
  kMarker,
  kCells
};
constexpr std::array<const char*, kCells> kCellNames{
    "depot.geran2",        "alabuga.set",     "alabuga.parts",      "alabuga.geran2", "alabuga.equipment",
    "amirabad.set",        "amirabad.geran2", "amirabad.equipment", "astrakhan.set",  "astrakhan.geran2",
    "astrakhan.equipment", "suppliers.parts", "moscow.payment",     "moscow.su35",    "tehran.payment",
    "tehran.su35",         "tehran.hardware", "calendar.marker"};

enum Route { kCaspian, kOverland, kToPlant, kToDepot, kFromPlant, kPartsRoute, kToTehran, kRoutes };
/// A route's items, each with its cell at both ends; its counters are a total, if there are several, and one an item.
struct Way {
  const char* name;
  int items;
  std::array<Cell, 3> from, to;
  std::array<const char*, 3> item;
  int first_counter;
};
constexpr std::array<Way, kRoutes> kWays{{
    {"caspian",
     3,
     {kPortEquipment, kPortSet, kPortDrone},
     {kLandedEquipment, kLandedSet, kLandedDrone},
     {"equipment", "set", "geran2"},
     0},
    {"overland",
     3,
     {kPortEquipment, kPortSet, kPortDrone},
     {kLandedEquipment, kLandedSet, kLandedDrone},
     {"equipment", "set", "geran2"},
     4},
    {"to_alabuga", 2, {kLandedEquipment, kLandedSet}, {kPlantEquipment, kPlantSet}, {"equipment", "set"}, 8},
    {"to_depot", 1, {kLandedDrone}, {kDepot}, {}, 11},
    {"from_alabuga", 1, {kPlantDrone}, {kDepot}, {}, 12},
    {"parts", 1, {kSuppliers}, {kPlantParts}, {}, 13},
    {"to_tehran", 2, {kMoscowPayment, kMoscowJet}, {kTehranPayment, kTehranJet}, {"payment", "su35"}, 14},
}};
constexpr int kCarried = 17;

enum Supply { kEquipmentSupply, kPartsSupply, kPayments, kJets, kDueDate, kSupplies };
constexpr std::array<const char*, kSupplies> kSupplyNames{"equipment", "parts", "payments", "su35", "due_date"};
enum Plant { kIranDrones, kIranKits, kLocalSets, kAssembly, kPlants };
constexpr std::array<const char*, kPlants> kPlantNames{"iran_drones", "iran_kits", "local_sets", "assembly"};
enum Milestone { kEquipped, kFirst, kThousandth, kDone, kLow, kStockout, kRunDown, kDue, kMilestones };
constexpr std::array<const char*, kMilestones> kMilestoneNames{
    "equipped", "first_output", "thousandth", "contract_done", "low_stock", "stockout", "run_down", "due_date"};

// Counters, one after the other as they are observed; those from kRated to kRatedEnd also have a rate.
constexpr int kStock = 0, kInTransit = kStock + kCells, kLost = kInTransit + kCarried, kScrapped = kLost + kCarried,
              kSetsInProcess = kScrapped + 1, kDronesInProcess = kSetsInProcess + 1, kDestroyed = kDronesInProcess + 1,
              kUnmet = kDestroyed + 1, kRated = kUnmet + 1, kSupplied = kRated, kProduced = kSupplied + kSupplies,
              kShipped = kProduced + kPlants, kArrived = kShipped + kCarried, kDemanded = kArrived + kCarried,
              kConsumed = kDemanded + 1, kExchanged = kConsumed + 1, kRatedEnd = kExchanged + 1, kCounters = kRatedEnd;
constexpr int kMetrics = kCounters + (kRatedEnd - kRated) + 2 + kCells + kPlants + kCells;

std::vector<std::string> metric_names() {
  std::vector<std::string> carried, names;
  const auto add = [&](const char* word, const auto& of) {
    for (const auto& name : of) names.push_back(std::string(word) + "." + name);
  };
  for (const Way& way : kWays) {
    carried.emplace_back(way.name);
    for (int i = 0; way.items > 1 && i < way.items; ++i)
      carried.push_back(std::string(way.name) + "." + way.item[static_cast<std::size_t>(i)]);
  }
  add("stock", kCellNames);
  add("in_transit", carried);
  add("lost", carried);
  for (const char* name :
       {"scrapped.assembly", "in_process.local_sets", "in_process.assembly", "destroyed.losses", "unmet.launches"})
    names.emplace_back(name);
  add("supplied", kSupplyNames);
  add("produced", kPlantNames);
  add("shipped", carried);
  add("arrived", carried);
  for (const char* name : {"demanded.launches", "consumed.launches", "exchanged.reciprocity"}) names.emplace_back(name);
  for (int i = kRated; i < kRatedEnd; ++i) {
    std::string name = names[static_cast<std::size_t>(i)];
    names.push_back(name.insert(name.find('.'), "_rate"));
  }
  for (const char* name : {"days_of_supply.depot.geran2", "fill_rate.launches"}) names.emplace_back(name);
  add("stockout", kCellNames);
  add("utilisation", kPlantNames);
  add("mean_stock", kCellNames);
  return names;
}

/// xoshiro256++ (Blackman & Vigna 2021), seeded by SplitMix64.
class Bits {
 public:
  using result_type = std::uint64_t;
  explicit Bits(std::uint64_t seed) {
    for (std::uint64_t& word : s_) {
      std::uint64_t z = seed += 0x9e3779b97f4a7c15ULL;
      z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
      z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
      word = z ^ (z >> 31);
    }
  }
  static constexpr result_type min() { return 0; }
  static constexpr result_type max() { return ~std::uint64_t{0}; }
  result_type operator()() {
    const std::uint64_t bits = std::rotl(s_[0] + s_[3], 23) + s_[0], t = s_[1] << 17;
    s_[2] ^= s_[0];
    s_[3] ^= s_[1];
    s_[1] ^= s_[2];
    s_[0] ^= s_[3];
    s_[2] ^= t;
    s_[3] = std::rotl(s_[3], 45);
    return bits;
  }

 private:
  std::array<std::uint64_t, 4> s_{};
};

class Chance {
 public:
  explicit Chance(std::uint64_t seed) : bits_(seed) {}
  double uniform() { return static_cast<double>(bits_() >> 11) * 0x1p-53; }
  double exponential() { return exponential_(bits_); }
  double gamma(double mean, double cv) {
    return boost::random::gamma_distribution<double>(1 / (cv * cv), mean * cv * cv)(bits_);
  }
  /// Gamma with mean 1 and cv 0.5: the mean of four exponential times.
  double step() { return 0.25 * (exponential() + exponential() + exponential() + exponential()); }
  double triangular(double low, double mode, double high) {
    return boost::random::triangle_distribution<double>(low, mode, high)(bits_);
  }
  long negative_binomial(double mean, double dispersion) {
    const double rate = boost::random::gamma_distribution<double>(dispersion, mean / dispersion)(bits_);
    return rate > 0 ? boost::random::poisson_distribution<long, double>(rate)(bits_) : 0;
  }
  double normal(double mean, double sd) { return boost::random::normal_distribution<double>(mean, sd)(bits_); }

 private:
  Bits bits_;
  boost::random::exponential_distribution<double> exponential_;
};

long whole(double x) {
  return static_cast<long>(std::floor(x + 0.5));
}

/// A rate that goes from one value to another in a straight line.
struct Ramp {
  double first = 0, last = 0, begins = 0, lasts = 1;
  /// When so much more has been done; the ramp has begun.
  [[nodiscard]] double time_of(double now, double work) const {
    const double t = now - begins, slope = (last - first) / lasts;
    if (t >= lasts) return now + work / last;
    const double at_end = (lasts - t) * (first + slope * (t + lasts) / 2), rate = first + slope * t;
    if (work < at_end) return now + 2 * work / (rate + std::sqrt(rate * rate + 2 * slope * work));
    return begins + lasts + (work - at_end) / last;
  }
};

struct Parameters {
  Ramp assembly, sets;
  double installation, good_share, iran_rate, kit_rate, sea_days, sea_return, ice_shift, ice_length, interdiction,
      overland_days, parts_lead, parts_a_week, raid_size, raid_rate, su35_first, hardware_sought, reciprocity_lead;
  long equipment_left, depot_stock, iran_left, kits_total, ship_load, overland_load, instalment, contract_value,
      su35_ordered;

  explicit Parameters(Chance& c) {
    const double planned =
        c.triangular(200, kContract * kMonth / kContractDue, kContract * kMonth / (kContractDue - kFullMode));
    const double full_rate = planned * c.triangular(0.6, 1, 1.4) / kMonth;
    const double opens = c.triangular(22, 114, 205), full = c.triangular(206, kFullMode, 326);
    assembly = {c.triangular(20, 50, 100) / kMonth, full_rate, opens, full - opens};
    sets = {0, full_rate, full, c.triangular(2 * kMonth, 4 * kMonth, 8 * kMonth)};
    good_share = c.triangular(0.85, 0.95, 0.99);
    const double u = c.uniform() * 6;
    equipment_left = u < 1 ? 0 : u < 3 ? 4 : u < 5 ? 8 : 12;
    installation = c.triangular(14, 30, 60);
    const double depot = c.triangular(50, 250, 700);
    depot_stock = whole(depot);
    iran_left = whole(std::max(c.triangular(1500, 2400, 2400) - 1135 - depot, 0.0));
    iran_rate = c.triangular(80, 140, 200) / kMonth;
    kits_total = whole(c.triangular(500, 1200, 2400));
    kit_rate = c.triangular(60, 100, 150) / kMonth;
    ship_load = whole(c.triangular(60, 120, 200));
    sea_days = c.triangular(3, 6, 8);
    sea_return = c.triangular(10, 14, 21) - sea_days;
    ice_shift = c.triangular(-13, 0, 8);
    ice_length = c.triangular(75, 88, 100);
    interdiction = c.triangular(0, 0, 0.01);
    overland_days = c.triangular(8, 14, 30);
    overland_load = whole(c.triangular(10, 30, 80));
    parts_a_week = 7 * planned / kMonth * c.triangular(1, 1.2, 1.6) * c.triangular(0.4, 0.9, 1);
    parts_lead = c.triangular(2 * kMonth, 3 * kMonth, 5 * kMonth);
    do raid_size = c.normal(11.6, 1.9);
    while (raid_size < 4 || raid_size > 20);
    raid_rate = c.triangular(73, 141, 411) / raid_size / kMonth;
    const double value = c.triangular(1700, 1750, 2000);
    instalment = whole(value / 10);
    contract_value = whole(value);
    su35_ordered = c.uniform() < 0.5 ? whole(c.triangular(24, 24, 50)) : 0;
    su35_first = c.triangular(175, 450, 1088);
    hardware_sought = c.triangular(1000, 2000, 4000);
    reciprocity_lead = c.triangular(12 * kMonth, 24 * kMonth, 60 * kMonth);
  }
};

enum Kind : std::uint8_t {
  kMade,
  kSupply,
  kArrival,
  kShipBack,
  kPay,
  kSail,
  kDepart,
  kRaid,
  kNewMonth,
  kPlantOpens,
  kRunDownEnds,
  kObserve
};

/// Events of one instant: what supplies comes first, observation last.
struct Event {
  double time;
  std::uint64_t order;  ///< kind first, then first scheduled
  long number;
  Kind kind;
  std::uint8_t of;
  friend bool operator>(const Event& a, const Event& b) {
    return a.time > b.time || (a.time == b.time && a.order > b.order);
  }
};

struct Load {
  std::array<long, 3> units;
  bool lost;
};

class Replication {
 public:
  explicit Replication(Chance& chance) : c_(chance) {}

  /// @param rows  [observation][metric]
  void run(double* rows) {
    begin();
    row_ = rows;
    while (events_.top().time < kHorizon) {
      const Event event = events_.top();
      events_.pop();
      now_ = event.time;
      handle(event);
    }
    now_ = kHorizon;
    observe();
  }
  [[nodiscard]] const std::array<double, kMilestones>& noted() const { return noted_; }

 private:
  void begin();
  void handle(const Event& event);
  void schedule(double time, Kind kind, int of = 0, long number = 0) {
    if (time < kHorizon || events_.empty())
      events_.push({time, (std::uint64_t{kind} << 56) | sequence_++, number, kind, static_cast<std::uint8_t>(of)});
  }
  void note(Milestone milestone) {
    if (std::isnan(noted_[milestone])) noted_[milestone] = now_;
  }
  void change(int cell, long units) {
    long& stock = count_[static_cast<std::size_t>(cell)];
    const auto at = static_cast<std::size_t>(cell);
    const double days = now_ - since_[at];
    area_[at] += static_cast<double>(stock) * days;
    if (stock == 0) empty_[at] += days;
    since_[at] = now_;
    stock += units;
  }
  long& counter(int at) { return count_[static_cast<std::size_t>(at)]; }

  void made(int plant);
  void complete_assembly();
  void begin_work(int plant, double ends) {
    since_work_[static_cast<std::size_t>(plant)] = now_;
    schedule(ends, kMade, plant);
  }
  void end_work(int plant) {
    double& since = since_work_[static_cast<std::size_t>(plant)];
    worked_[static_cast<std::size_t>(plant)] += now_ - since;
    since = kNever;
  }
  void try_sets();
  void try_assembly();
  void supply(int which);
  void put(int which, int cell, long units) {
    counter(kSupplied + which) += units;
    change(cell, units);
  }
  void equipped();

  bool load(int route, long capacity, Load& load);
  void tally(int of, const Way& way, int item, long units) {
    counter(of + way.first_counter) += units;
    if (way.items > 1) counter(of + way.first_counter + 1 + item) += units;
  }
  void send(int route, long capacity, double transit, bool lost = false);
  void arrive(int route, long trip);
  [[nodiscard]] long port_load() { return counter(kPortSet) + counter(kPortDrone) + counter(kPortEquipment); }
  void look_at_port();
  void sail();
  [[nodiscard]] double opens_again() const;
  void depart(int route);

  void earn(long drones);
  void raid();
  void next_raid() { schedule(now_ + c_.exponential() / rate_, kRaid, 0, month_); }
  void new_month(long month);
  void look_at_depot();
  [[nodiscard]] double days_of_supply();
  void observe();

  Chance& c_;
  Parameters p_{c_};
  std::priority_queue<Event, std::vector<Event>, std::greater<>> events_;
  std::uint64_t sequence_ = 0;
  double now_ = 0, observed_ = 0;
  std::array<long, kCounters> count_{}, last_{};
  std::array<double, kCells> area_{}, empty_{}, since_{};
  std::array<double, kPlants> worked_{}, since_work_{};
  std::array<double, kMilestones> noted_{};
  std::vector<Load> trips_;
  std::vector<long> free_trips_;
  double* row_ = nullptr;
  int ships_ = 2;
  double waiting_since_ = kNever, next_look_ = kNever, low_since_ = kNever, rate_ = 0;
  long payments_left_ = 0, jets_left_ = 0, earning_ = 0, earned_ = 0, month_ = 0, in_window_ = 0;
  bool sets_open_ = false, plant_open_ = false;
  std::deque<std::pair<double, long>> launched_;
};

void Replication::begin() {
  p_ = Parameters(c_);
  events_ = {};
  count_ = last_ = {};
  area_ = empty_ = since_ = {};
  worked_ = {};
  since_work_.fill(kNever);
  noted_.fill(kMissing);
  trips_.clear();
  free_trips_.clear();
  launched_.clear();
  now_ = observed_ = 0;
  ships_ = 2;
  waiting_since_ = next_look_ = low_since_ = kNever;
  earning_ = earned_ = month_ = in_window_ = 0;
  sets_open_ = plant_open_ = false;
  events_.push({kHorizon, ~std::uint64_t{0}, 0, kObserve, 0});
  counter(kDepot) = p_.depot_stock;
  payments_left_ = p_.contract_value;
  jets_left_ = p_.su35_ordered;
  schedule(kEquipmentDay, kSupply, kEquipmentSupply);
  schedule(7, kSupply, kPartsSupply);
  schedule(kQuarter, kSupply, kPayments);
  if (jets_left_ > 0) schedule(p_.su35_first, kSupply, kJets);
  schedule(kDueDay, kSupply, kDueDate);
  if (p_.iran_left > 0) begin_work(kIranDrones, c_.exponential() / p_.iran_rate);
  if (p_.kits_total > 0) begin_work(kIranKits, c_.exponential() / p_.kit_rate);
  schedule(p_.sets.begins, kPlantOpens, kLocalSets);
  schedule(14, kDepart, kOverland);
  schedule(7, kDepart, kFromPlant);
  schedule(7, kObserve);
  new_month(0);
  if (p_.equipment_left == 0) equipped();
}

void Replication::handle(const Event& event) {
  switch (event.kind) {
    case kMade:
      return made(event.of);
    case kSupply:
      return supply(event.of);
    case kArrival:
      return arrive(event.of, event.number);
    case kShipBack:
      ++ships_;
      return look_at_port();
    case kPay:
      counter(kExchanged) += event.number;
      return change(kTehranHardware, event.number);
    case kSail:
      next_look_ = kNever;
      return sail();
    case kDepart:
      return depart(event.of);
    case kRaid:
      if (event.number == month_) raid();
      return;
    case kNewMonth:
      return new_month(event.number);
    case kPlantOpens:
      (event.of == kLocalSets ? sets_open_ : plant_open_) = true;
      return event.of == kLocalSets ? try_sets() : try_assembly();
    case kRunDownEnds:
      if (low_since_ + 30 <= now_) note(kRunDown);
      return;
    case kObserve:
      observe();
      return schedule(now_ + 7, kObserve);
  }
}

void Replication::made(int plant) {
  end_work(plant);
  switch (plant) {
    case kIranDrones:
      change(kPortDrone, 1);
      if (++counter(kProduced + kIranDrones) < p_.iran_left) begin_work(plant, now_ + c_.exponential() / p_.iran_rate);
      return look_at_port();
    case kIranKits:
      change(kPortSet, 1);
      if (++counter(kProduced + kIranKits) < p_.kits_total) begin_work(plant, now_ + c_.exponential() / p_.kit_rate);
      return look_at_port();
    case kLocalSets:
      counter(kSetsInProcess) = 0;
      ++counter(kProduced + kLocalSets);
      change(kPlantSet, 1);
      try_sets();
      return try_assembly();
    default:
      complete_assembly();
      return try_assembly();
  }
}

void Replication::complete_assembly() {
  counter(kDronesInProcess) = 0;
  if (c_.uniform() >= p_.good_share) {
    ++counter(kScrapped);
    return;
  }
  change(kPlantDrone, 1);
  const long produced = ++counter(kProduced + kAssembly);
  if (produced == 1) note(kFirst);
  if (produced == 1000) note(kThousandth);
  if (produced == kContract) note(kDone);
}

void Replication::try_sets() {
  if (!sets_open_ || counter(kSetsInProcess) > 0 || counter(kPlantParts) == 0 ||
      counter(kProduced + kLocalSets) == kContract)
    return;
  change(kPlantParts, -1);
  counter(kSetsInProcess) = 1;
  begin_work(kLocalSets, p_.sets.time_of(now_, c_.step()));
}

void Replication::try_assembly() {
  if (!plant_open_ || counter(kDronesInProcess) > 0 || counter(kPlantSet) == 0 ||
      counter(kProduced + kAssembly) == kContract)
    return;
  change(kPlantSet, -1);
  counter(kDronesInProcess) = 1;
  begin_work(kAssembly, p_.assembly.time_of(now_, c_.step()));
}

void Replication::equipped() {
  if (!std::isnan(noted_[kEquipped])) return;
  note(kEquipped);
  schedule(std::max(p_.assembly.begins, now_ + p_.installation), kPlantOpens, kAssembly);
}

void Replication::supply(int which) {
  switch (which) {
    case kEquipmentSupply:
      if (p_.equipment_left == 0) return;
      put(which, kPortEquipment, p_.equipment_left);
      return look_at_port();
    case kPartsSupply: {
      const long units = c_.negative_binomial(p_.parts_a_week, 2);
      schedule(now_ + 7, kSupply, which);
      if (units == 0) return;
      put(which, kSuppliers, units);
      return send(kPartsRoute, units, c_.gamma(p_.parts_lead, 0.3));
    }
    case kDueDate:
      put(which, kMarker, 1);
      return note(kDue);
    default: {
      long& left = which == kPayments ? payments_left_ : jets_left_;
      const long units = std::min(left, which == kPayments ? p_.instalment : 4);
      left -= units;
      put(which, which == kPayments ? kMoscowPayment : kMoscowJet, units);
      send(kToTehran, units, c_.triangular(1, 5, 30));
      if (left > 0) schedule(now_ + kQuarter, kSupply, which);
    }
  }
}

/// Loads what is there, in the order of items; false if nothing is.
bool Replication::load(int route, long capacity, Load& load) {
  const Way& way = kWays[static_cast<std::size_t>(route)];
  bool any = false;
  load = {};
  for (int i = 0; i < way.items; ++i) {
    const auto at = static_cast<std::size_t>(i);
    const long units = std::min(counter(way.from[at]), capacity);
    if (units == 0) continue;
    any = true;
    load.units[at] = units;
    capacity -= units;
    tally(kInTransit, way, i, units);
    tally(kShipped, way, i, units);
    change(way.from[at], -units);
  }
  return any;
}

void Replication::send(int route, long capacity, double transit, bool lost) {
  Load cargo{};
  if (!load(route, capacity, cargo)) return;
  cargo.lost = lost;
  if (free_trips_.empty()) {
    free_trips_.push_back(static_cast<long>(trips_.size()));
    trips_.emplace_back();
  }
  const long trip = free_trips_.back();
  free_trips_.pop_back();
  trips_[static_cast<std::size_t>(trip)] = cargo;
  schedule(now_ + transit, kArrival, route, trip);
}

void Replication::arrive(int route, long trip) {
  const Way& way = kWays[static_cast<std::size_t>(route)];
  const Load cargo = trips_[static_cast<std::size_t>(trip)];
  free_trips_.push_back(trip);
  for (int i = 0; i < way.items; ++i) {
    const auto at = static_cast<std::size_t>(i);
    const long units = cargo.units[at];
    if (units == 0) continue;
    tally(kInTransit, way, i, -units);
    tally(cargo.lost ? kLost : kArrived, way, i, units);
    if (!cargo.lost) change(way.to[at], units);
  }
  if (route == kCaspian) schedule(now_ + c_.gamma(p_.sea_return, 0.3), kShipBack);
  if (cargo.lost) return;
  if (route == kCaspian || route == kOverland) {
    if (cargo.units[2] > 0) {
      earn(cargo.units[2]);
      send(kToDepot, cargo.units[2], c_.triangular(2, 4, 10));
    }
    if (cargo.units[0] + cargo.units[1] > 0) send(kToPlant, cargo.units[0] + cargo.units[1], c_.triangular(3, 6, 14));
  } else if (route == kToPlant) {
    if (p_.equipment_left > 0 && counter(kArrived + way.first_counter + 1) >= p_.equipment_left) equipped();
    try_assembly();
  } else if (route == kPartsRoute) {
    try_sets();
  } else if (route == kToDepot || route == kFromPlant) {
    look_at_depot();
  }
}

double Replication::opens_again() const {
  for (const double end : kIceEnds) {
    const double ends = end + p_.ice_shift;
    if (now_ >= ends - p_.ice_length && now_ < ends) return ends;
  }
  return now_;
}

/// The load in port or the ships have changed.
void Replication::look_at_port() {
  const long load = port_load();
  if (load < 1) {
    waiting_since_ = kNever;
    return;
  }
  if (waiting_since_ > now_) waiting_since_ = now_;
  if (ships_ == 0) return;
  const double leaves = std::max(load >= kMinimumLoad ? now_ : waiting_since_ + kLongestWait, opens_again());
  if (leaves >= next_look_) return;
  next_look_ = leaves;
  schedule(leaves, kSail);
}

void Replication::sail() {
  while (ships_ > 0 && opens_again() <= now_) {
    const long load = port_load();
    if (load < 1 || (load < kMinimumLoad && now_ < waiting_since_ + kLongestWait)) break;
    --ships_;
    waiting_since_ = kNever;
    send(kCaspian, p_.ship_load, c_.gamma(p_.sea_days, 0.2), c_.uniform() < p_.interdiction);
    if (port_load() > 0) waiting_since_ = now_;
  }
  look_at_port();
}

void Replication::depart(int route) {
  if (route == kOverland) {
    if (port_load() > 0) send(route, p_.overland_load, c_.gamma(p_.overland_days, 0.3));
    if (port_load() == 0) waiting_since_ = kNever;
    return schedule(now_ + 14, kDepart, route);
  }
  if (counter(kPlantDrone) > 0) send(route, counter(kPlantDrone), c_.triangular(2, 4, 10));
  schedule(now_ + 7, kDepart, route);
}

void Replication::earn(long drones) {
  earning_ += drones;
  const long units = static_cast<long>(std::floor(static_cast<double>(earning_) * p_.hardware_sought / 2400)) - earned_;
  if (units == 0) return;
  earned_ += units;
  schedule(now_ + c_.gamma(p_.reciprocity_lead, 0.3), kPay, 0, units);
}

/// The time to the next raid has no memory, so it is drawn anew with the month's rate.
void Replication::new_month(long month) {
  month_ = month;
  rate_ = c_.gamma(p_.raid_rate, 0.87);
  if (month < 30) schedule(kMonths[static_cast<std::size_t>(month) + 1], kNewMonth, 0, month + 1);
  next_raid();
}

void Replication::raid() {
  const long wanted = c_.negative_binomial(p_.raid_size, 0.39);
  if (wanted > 0) {
    const long units = std::min(wanted, counter(kDepot));
    counter(kDemanded) += wanted;
    counter(kConsumed) += units;
    counter(kUnmet) += wanted - units;
    if (units > 0) {
      change(kDepot, -units);
      launched_.emplace_back(now_, units);
      in_window_ += units;
    }
    look_at_depot();
  }
  next_raid();
}

double Replication::days_of_supply() {
  while (!launched_.empty() && launched_.front().first <= now_ - kWindow) {
    in_window_ -= launched_.front().second;
    launched_.pop_front();
  }
  if (now_ < kWindow || in_window_ == 0) return kMissing;
  return static_cast<double>(counter(kDepot)) * kWindow / static_cast<double>(in_window_);
}

void Replication::look_at_depot() {
  const long units = counter(kDepot);
  if (units == 0) note(kStockout);
  if (std::isnan(noted_[kLow]) && days_of_supply() <= 30) note(kLow);
  if (units > 30) {
    low_since_ = kNever;
  } else if (low_since_ > now_ && std::isnan(noted_[kRunDown])) {
    low_since_ = now_;
    schedule(now_ + 30, kRunDownEnds);
  }
}

void Replication::observe() {
  const double interval = now_ - observed_;
  double* at = row_;
  for (const long units : count_) *at++ = static_cast<double>(units);
  for (std::size_t i = kRated; i < kRatedEnd; ++i) *at++ = static_cast<double>(count_[i] - last_[i]) / interval;
  *at++ = days_of_supply();
  *at++ = counter(kDemanded) > 0 ? static_cast<double>(counter(kConsumed)) / static_cast<double>(counter(kDemanded))
                                 : kMissing;
  for (std::size_t i = 0; i < kCells; ++i) *at++ = (empty_[i] + (count_[i] == 0 ? now_ - since_[i] : 0)) / now_;
  for (std::size_t i = 0; i < kPlants; ++i)
    *at++ = (worked_[i] + (since_work_[i] < kNever ? now_ - since_work_[i] : 0)) / now_;
  for (std::size_t i = 0; i < kCells; ++i)
    *at++ = (area_[i] + static_cast<double>(count_[i]) * (now_ - since_[i])) / now_;
  last_ = count_;
  observed_ = now_;
  row_ = at;
  look_at_depot();
}

/// Means and standard deviations of every metric at every observation.
struct Series {
  static constexpr std::size_t kSize = kObservations * kMetrics;
  std::vector<double> n = std::vector<double>(kSize), total = n, squares = n;
  void add(const std::vector<double>& rows) {
    for (std::size_t i = 0; i < kSize; ++i) {
      const bool there = rows[i] == rows[i];
      const double value = there ? rows[i] : 0;
      n[i] += there;
      total[i] += value;
      squares[i] += value * value;
    }
  }
};

void append(std::string& text, double value, char end) {
  std::array<char, 32> digits;
  if (value == value)
    text.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr);
  text += end;
}

void write_series(const std::filesystem::path& path, const Series& series, const std::vector<std::string>& names) {
  std::string text = "metric,day,n,mean,sd\n";
  for (std::size_t metric = 0; metric < kMetrics; ++metric) {
    for (std::size_t day = 0; day < kObservations; ++day) {
      const std::size_t i = day * kMetrics + metric;
      const double n = series.n[i], mean = series.total[i] / n;
      text += names[metric] + ',';
      append(text, std::min(7.0 * static_cast<double>(day + 1), kHorizon), ',');
      append(text, n, ',');
      append(text, mean, ',');
      append(text, std::sqrt(std::max(series.squares[i] - n * mean * mean, 0.0) / (n - 1)), '\n');
    }
  }
  std::ofstream(path) << text;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::cerr << "usage: seed_by_hand REPLICATIONS SEED DIRECTORY\n";
    return 2;
  }
  const long replications = std::strtol(argv[1], nullptr, 10);
  const std::filesystem::path directory = argv[3];
  const std::vector<std::string> names = metric_names();
  std::filesystem::create_directories(directory);

  Chance chance(static_cast<std::uint64_t>(std::strtol(argv[2], nullptr, 10)));
  Replication replication(chance);
  Series series;
  std::vector<double> rows(Series::kSize);
  std::ofstream runs(directory / "runs.csv");
  std::string text;
  for (const std::string& name : names) text += name + ',';
  for (const char* name : kMilestoneNames)
    text += std::string("milestone.") + name + (name == kMilestoneNames.back() ? '\n' : ',');
  for (long i = 0; i < replications; ++i) {
    replication.run(rows.data());
    series.add(rows);
    for (std::size_t m = Series::kSize - kMetrics; m < Series::kSize; ++m) append(text, rows[m], ',');
    for (const double& day : replication.noted()) append(text, day, &day == &replication.noted().back() ? '\n' : ',');
    runs << text;
    text.clear();
  }
  write_series(directory / "series.csv", series, names);
  return runs ? 0 : 1;
}
