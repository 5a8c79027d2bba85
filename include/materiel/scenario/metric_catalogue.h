#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace materiel::scenario {

struct Spec;

/// What a metric measures. The first part of its name is the word of the same spelling.
enum class MetricKind : std::uint8_t {
  // whole numbers, changed by events
  stock,       // of SITE.ITEM
  in_transit,  // of ROUTE, ROUTE.ITEM
  supplied,    // of SUPPLY: units put into the model so far
  produced,    // of PRODUCTION: good units so far
  scrapped,    // of PRODUCTION
  in_process,  // of PRODUCTION: units of output whose inputs are taken
  shipped,     // of ROUTE, ROUTE.ITEM
  arrived,     // of ROUTE, ROUTE.ITEM
  lost,        // of ROUTE, ROUTE.ITEM, and of SUPPLY and EXCHANGE where the site has a capacity
  exchanged,   // of EXCHANGE: units put into the model so far
  destroyed,   // of DISRUPTION that destroys
  ordered,     // of ROUTE with an order: units ordered so far
  orders,      // of ROUTE with an order: orders placed so far
  demanded,    // of DEMAND
  consumed,    // of DEMAND, DEMAND.ITEM
  unmet,       // of DEMAND: demanded units lost for want of stock
  backlog,     // of DEMAND: units owed now
  // rates over the last observation interval, units per day
  supplied_rate,
  produced_rate,
  shipped_rate,
  arrived_rate,
  demanded_rate,
  consumed_rate,
  exchanged_rate,
  // real numbers, reckoned from the start to now
  days_of_supply,  // of SITE.ITEM where a demand draws on it
  fill_rate,       // of DEMAND
  stockout,        // of SITE.ITEM: share of time at zero
  utilisation,     // of PRODUCTION: share of time working
  mean_stock,      // of SITE.ITEM: time-weighted
  mean_backlog,    // of DEMAND: time-weighted
};

/// Metrics of whole numbers come first.
inline constexpr MetricKind kLastWholeNumber = MetricKind::backlog;
/// Then rates.
inline constexpr MetricKind kLastRate = MetricKind::exchanged_rate;
inline constexpr MetricKind kLastMetricKind = MetricKind::mean_backlog;

[[nodiscard]] std::string metric_word(MetricKind kind);

/// What a metric is of.
enum class OwnerKind : std::uint8_t { site, supply, production, route, demand, exchange, disruption };

/// One metric that a scenario has.
struct Metric {
  MetricKind kind = MetricKind::stock;
  std::string name;  ///< "stock.depot.drone"
  std::string unit;  ///< the item's unit ("units" for items of unlike units), with "/day" for rates; "days"; "share"
  std::uint32_t owner = 0;  ///< index of the site or process in its vector of the Spec
  std::int32_t item = -1;   ///< index into Spec::items; -1: the total of a process with several items, or with none
  OwnerKind of = OwnerKind::site;  ///< in which vector of the Spec the owner is
};

/// All metrics of a scenario: kinds in the order above; within a kind sites and processes in file order, each with its
/// total before its items (in the process's order); what routes lost before what supplies and exchanges lost. A process
/// with one item has only the total. Of a scenario with mistakes, names of nothing are passed over. A cell (site, item)
/// exists where the site's stock or capacity names the item or a process puts, takes or looks for it there.
[[nodiscard]] std::vector<Metric> metric_catalogue(const Spec& spec);

/// The (site, item) pairs that exist, by site in file order, then by item in file order.
struct Cell {
  std::uint32_t site = 0;
  std::uint32_t item = 0;
};
[[nodiscard]] std::vector<Cell> stock_cells(const Spec& spec);

}  // namespace materiel::scenario
