#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include <fmt/format.h>

#include <materiel/scenario/metric_catalogue.h>
#include <materiel/scenario/spec.h>

namespace materiel::scenario {
namespace {

using Indices = std::vector<std::uint32_t>;
using Names = std::unordered_map<std::string_view, std::uint32_t>;

template <class T>
Names indices_by_name(const std::vector<T>& things) {
  Names names;
  for (std::uint32_t i = 0; i < things.size(); ++i) names.emplace(things[i].name, i);
  return names;
}

std::optional<std::uint32_t> find(const Names& names, const Text& name) {
  const auto found = names.find(name.text);
  if (found == names.end()) return std::nullopt;
  return found->second;
}

/// The items of these names, each once; names of nothing are left out.
Indices resolve(const Names& items, const std::vector<Text>& names) {
  Indices found;
  for (const Text& name : names) {
    const auto item = find(items, name);
    if (item && std::find(found.begin(), found.end(), *item) == found.end()) found.push_back(*item);
  }
  return found;
}

/// Collects the pairs of a site and an item that something in the scenario speaks of.
class CellSet {
 public:
  explicit CellSet(const Spec& spec) : items_(indices_by_name(spec.items)), sites_(indices_by_name(spec.sites)) {}

  void add(const Text& site, const Text& item) {
    if (const auto found = find(sites_, site)) add(*found, item);
  }
  void add(std::uint32_t site, const Text& item) {
    if (const auto found = find(items_, item)) cells_.emplace(site, *found);
  }
  [[nodiscard]] bool holds(Cell cell) const { return cells_.contains({cell.site, cell.item}); }
  [[nodiscard]] std::vector<Cell> cells() const {
    std::vector<Cell> list;
    for (const auto& [site, item] : cells_) list.push_back({.site = site, .item = item});
    return list;
  }

 private:
  Names items_, sites_;
  std::set<std::pair<std::uint32_t, std::uint32_t>> cells_;  // in the order of sites, then items
};

void add_demand_cells(CellSet& cells, const Spec& spec) {
  for (const Demand& demand : spec.demands) {
    for (const Text& item : demand.items) cells.add(demand.site, item);
  }
}

class Catalogue {
 public:
  explicit Catalogue(const Spec& spec)
      : spec_(spec), items_(indices_by_name(spec.items)), cells_(stock_cells(spec)), drawn_(spec) {
    add_demand_cells(drawn_, spec);
    for (const Site& site : spec.sites)
      if (!site.capacity.empty() || site.total_capacity.present()) limited_.insert(site.name);
  }

  [[nodiscard]] std::vector<Metric> build() {
    for (int kind = 0; kind <= static_cast<int>(kLastMetricKind); ++kind) add(static_cast<MetricKind>(kind));
    return std::move(metrics_);
  }

 private:
  void add(MetricKind kind);
  void add_cells(MetricKind kind);
  void add_supplies(MetricKind kind);
  void add_productions(MetricKind kind);
  void add_routes(MetricKind kind);
  void add_demands(MetricKind kind);
  void add_exchanges(MetricKind kind);
  void add_disruptions(MetricKind kind);

  /// The total of a process and, with `each`, what it does with each of its several items.
  void add_process(MetricKind kind, OwnerKind of, const std::string& name, std::uint32_t owner, const Indices& items,
                   bool each);
  void add_metric(MetricKind kind, OwnerKind of, const std::string& name, std::uint32_t owner, std::int32_t item,
                  std::string_view unit_of_item);

  [[nodiscard]] std::string_view unit_of(std::uint32_t item) const {
    const std::string& unit = spec_.items[item].unit;
    return unit.empty() ? std::string_view{"units"} : unit;
  }
  [[nodiscard]] std::string_view unit_of(const Indices& items) const;
  [[nodiscard]] bool limits_stock(const Text& site) const;

  const Spec& spec_;
  Names items_;
  std::unordered_set<std::string_view> limited_;  ///< sites with a capacity
  std::vector<Cell> cells_;
  CellSet drawn_;  // cells that a demand draws on
  std::vector<Metric> metrics_;
};

std::string_view Catalogue::unit_of(const Indices& items) const {
  const bool alike = !items.empty() && std::all_of(items.begin(), items.end(), [&](std::uint32_t item) {
    return unit_of(item) == unit_of(items.front());
  });
  return alike ? unit_of(items.front()) : "units";
}

bool Catalogue::limits_stock(const Text& name) const {
  return limited_.contains(name.text);
}

void Catalogue::add_metric(MetricKind kind, OwnerKind of, const std::string& name, std::uint32_t owner,
                           std::int32_t item, std::string_view unit_of_item) {
  std::string unit{unit_of_item};
  switch (kind) {
    case MetricKind::supplied_rate:
    case MetricKind::produced_rate:
    case MetricKind::shipped_rate:
    case MetricKind::arrived_rate:
    case MetricKind::demanded_rate:
    case MetricKind::consumed_rate:
    case MetricKind::exchanged_rate:
      unit += "/day";
      break;
    case MetricKind::days_of_supply:
      unit = "days";
      break;
    case MetricKind::orders:
      unit = "orders";
      break;
    case MetricKind::fill_rate:
    case MetricKind::stockout:
    case MetricKind::utilisation:
      unit = "share";
      break;
    default:
      break;
  }
  metrics_.push_back({.kind = kind,
                      .name = fmt::format("{}.{}", metric_word(kind), name),
                      .unit = std::move(unit),
                      .owner = owner,
                      .item = item,
                      .of = of});
}

void Catalogue::add_process(MetricKind kind, OwnerKind of, const std::string& name, std::uint32_t owner,
                            const Indices& items, bool each) {
  const bool one = items.size() == 1;
  add_metric(kind, of, name, owner, one ? static_cast<std::int32_t>(items.front()) : -1, unit_of(items));
  if (one || !each) return;
  for (const std::uint32_t item : items) {
    add_metric(kind, of, fmt::format("{}.{}", name, spec_.items[item].name), owner, static_cast<std::int32_t>(item),
               unit_of(item));
  }
}

void Catalogue::add_cells(MetricKind kind) {
  for (const Cell& cell : cells_) {
    if (kind == MetricKind::days_of_supply && !drawn_.holds(cell)) continue;
    add_metric(kind, OwnerKind::site, fmt::format("{}.{}", spec_.sites[cell.site].name, spec_.items[cell.item].name),
               cell.site, static_cast<std::int32_t>(cell.item), unit_of(cell.item));
  }
}

void Catalogue::add_supplies(MetricKind kind) {
  for (std::uint32_t i = 0; i < spec_.supplies.size(); ++i) {
    const Supply& supply = spec_.supplies[i];
    if (kind == MetricKind::lost && !limits_stock(supply.site)) continue;
    add_process(kind, OwnerKind::supply, supply.name, i, resolve(items_, {supply.item}), false);
  }
}

void Catalogue::add_productions(MetricKind kind) {
  for (std::uint32_t i = 0; i < spec_.productions.size(); ++i) {
    const Production& production = spec_.productions[i];
    if (kind == MetricKind::scrapped && !production.yield.present()) continue;
    if (kind == MetricKind::in_process && production.uses.empty()) continue;
    add_process(kind, OwnerKind::production, production.name, i, resolve(items_, {production.makes}), false);
  }
}

void Catalogue::add_routes(MetricKind kind) {
  for (std::uint32_t i = 0; i < spec_.routes.size(); ++i) {
    const bool of_order = kind == MetricKind::ordered || kind == MetricKind::orders;
    if (of_order && !spec_.routes[i].order.present()) continue;
    add_process(kind, OwnerKind::route, spec_.routes[i].name, i, resolve(items_, spec_.routes[i].items), !of_order);
  }
}

void Catalogue::add_demands(MetricKind kind) {
  const bool each = kind == MetricKind::consumed || kind == MetricKind::consumed_rate;
  for (std::uint32_t i = 0; i < spec_.demands.size(); ++i) {
    const Demand& demand = spec_.demands[i];
    const bool of_waiting = kind == MetricKind::backlog || kind == MetricKind::mean_backlog;
    if (of_waiting && !demand.backlog && !demand.needs.present()) continue;
    add_process(kind, OwnerKind::demand, demand.name, i, resolve(items_, demand.items), each);
  }
}

void Catalogue::add_exchanges(MetricKind kind) {
  for (std::uint32_t i = 0; i < spec_.exchanges.size(); ++i) {
    const Exchange& exchange = spec_.exchanges[i];
    if (kind == MetricKind::lost && !limits_stock(exchange.gives.site)) continue;
    add_process(kind, OwnerKind::exchange, exchange.name, i, resolve(items_, {exchange.gives.item}), false);
  }
}

void Catalogue::add_disruptions(MetricKind kind) {
  for (std::uint32_t i = 0; i < spec_.disruptions.size(); ++i) {
    const Disruption& disruption = spec_.disruptions[i];
    if (!disruption.destroys.present()) continue;
    add_process(kind, OwnerKind::disruption, disruption.name, i, resolve(items_, {disruption.destroys.item}), false);
  }
}

void Catalogue::add(MetricKind kind) {
  switch (kind) {
    case MetricKind::stock:
    case MetricKind::days_of_supply:
    case MetricKind::stockout:
    case MetricKind::mean_stock:
      return add_cells(kind);
    case MetricKind::supplied:
    case MetricKind::supplied_rate:
      return add_supplies(kind);
    case MetricKind::produced:
    case MetricKind::scrapped:
    case MetricKind::in_process:
    case MetricKind::produced_rate:
    case MetricKind::utilisation:
      return add_productions(kind);
    case MetricKind::in_transit:
    case MetricKind::shipped:
    case MetricKind::arrived:
    case MetricKind::shipped_rate:
    case MetricKind::arrived_rate:
    case MetricKind::ordered:
    case MetricKind::orders:
      return add_routes(kind);
    case MetricKind::lost:
      add_routes(kind);
      add_supplies(kind);
      return add_exchanges(kind);
    case MetricKind::exchanged:
    case MetricKind::exchanged_rate:
      return add_exchanges(kind);
    case MetricKind::destroyed:
      return add_disruptions(kind);
    case MetricKind::demanded:
    case MetricKind::consumed:
    case MetricKind::unmet:
    case MetricKind::backlog:
    case MetricKind::demanded_rate:
    case MetricKind::consumed_rate:
    case MetricKind::fill_rate:
    case MetricKind::mean_backlog:
      return add_demands(kind);
  }
}

}  // namespace

std::string metric_word(MetricKind kind) {
  static constexpr std::array<std::string_view, static_cast<std::size_t>(kLastMetricKind) + 1> kWords{
      "stock",          "in_transit",   "supplied",     "produced",      "scrapped",      "in_process",
      "shipped",        "arrived",      "lost",         "exchanged",     "destroyed",     "ordered",
      "orders",         "demanded",     "consumed",     "unmet",         "backlog",       "supplied_rate",
      "produced_rate",  "shipped_rate", "arrived_rate", "demanded_rate", "consumed_rate", "exchanged_rate",
      "days_of_supply", "fill_rate",    "stockout",     "utilisation",   "mean_stock",    "mean_backlog"};
  return std::string{kWords[static_cast<std::size_t>(kind)]};
}

std::vector<Cell> stock_cells(const Spec& spec) {
  CellSet cells{spec};
  for (std::uint32_t i = 0; i < spec.sites.size(); ++i) {
    for (const ItemQuantity& held : spec.sites[i].stock) cells.add(i, held.item);
    for (const ItemQuantity& limit : spec.sites[i].capacity) cells.add(i, limit.item);
  }
  for (const Supply& supply : spec.supplies) cells.add(supply.site, supply.item);
  for (const Production& production : spec.productions) {
    cells.add(production.site, production.makes);
    for (const ItemQuantity& used : production.uses) cells.add(production.site, used.item);
  }
  for (const Route& route : spec.routes) {
    for (const Text& item : route.items) {
      cells.add(route.from, item);
      cells.add(route.to, item);
    }
  }
  for (const Exchange& exchange : spec.exchanges) {
    cells.add(exchange.earned_by.site, exchange.earned_by.item);
    cells.add(exchange.gives.site, exchange.gives.item);
  }
  for (const Disruption& disruption : spec.disruptions) cells.add(disruption.destroys.site, disruption.destroys.item);
  add_demand_cells(cells, spec);
  return cells.cells();
}

std::vector<Metric> metric_catalogue(const Spec& spec) {
  return Catalogue{spec}.build();
}

}  // namespace materiel::scenario
