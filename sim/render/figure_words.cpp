#include <array>
#include <string_view>

#include <fmt/format.h>

#include <materiel/render/figure.h>

namespace materiel::render {
namespace {

/// What a kind of metric is called; the first {} is its site or process, the second its item, if it has one.
struct KindWords {
  std::string_view kind, with_item, without_item;
};

constexpr std::array<KindWords, 30> kWords = {{
    {"stock", "Stock of {1} at {0}", "Stock at {0}"},
    {"in_transit", "In transit on {0}: {1}", "In transit on {0}"},
    {"supplied", "Supplied by {0}: {1}", "Supplied by {0}"},
    {"produced", "Produced by {0}: {1}", "Produced by {0}"},
    {"scrapped", "Scrapped by {0}: {1}", "Scrapped by {0}"},
    {"in_process", "Work in process at {0}: {1}", "Work in process at {0}"},
    {"shipped", "Shipped by {0}: {1}", "Shipped by {0}"},
    {"arrived", "Arrived by {0}: {1}", "Arrived by {0}"},
    {"lost", "Lost by {0}: {1}", "Lost by {0}"},
    {"exchanged", "Delivered in exchange {0}: {1}", "Delivered in exchange {0}"},
    {"destroyed", "Destroyed by {0}: {1}", "Destroyed by {0}"},
    {"ordered", "Ordered for {0}: {1}", "Ordered for {0}"},
    {"orders", "Orders placed for {0}: {1}", "Orders placed for {0}"},
    {"demanded", "Demanded by {0}: {1}", "Demanded by {0}"},
    {"consumed", "Consumed by {0}: {1}", "Consumed by {0}"},
    {"unmet", "Unmet demand of {0}: {1}", "Unmet demand of {0}"},
    {"backlog", "Backlog of {0}: {1}", "Backlog of {0}"},
    {"supplied_rate", "Rate of supply by {0}: {1}", "Rate of supply by {0}"},
    {"produced_rate", "Rate of production by {0}: {1}", "Rate of production by {0}"},
    {"shipped_rate", "Rate of shipment by {0}: {1}", "Rate of shipment by {0}"},
    {"arrived_rate", "Rate of arrival by {0}: {1}", "Rate of arrival by {0}"},
    {"demanded_rate", "Rate of demand by {0}: {1}", "Rate of demand by {0}"},
    {"consumed_rate", "Rate of consumption by {0}: {1}", "Rate of consumption by {0}"},
    {"exchanged_rate", "Rate of exchange {0}: {1}", "Rate of exchange {0}"},
    {"days_of_supply", "Days of supply of {1} at {0}", "Days of supply at {0}"},
    {"fill_rate", "Fill rate of {0}: {1}", "Fill rate of {0}"},
    {"stockout", "Share of time without {1} at {0}", "Share of time without stock at {0}"},
    {"utilisation", "Utilisation of {0}: {1}", "Utilisation of {0}"},
    {"mean_stock", "Mean stock of {1} at {0}", "Mean stock at {0}"},
    {"mean_backlog", "Mean backlog of {0}: {1}", "Mean backlog of {0}"},
}};

}  // namespace

void add_note(FigureWords& words, std::string_view note) {
  if (!words.note.empty()) words.note += " · ";
  words.note += note;
}

std::string metric_title(const std::string& metric) {
  const std::size_t first = metric.find('.');
  if (first == std::string::npos) return metric;
  const std::string_view kind = std::string_view(metric).substr(0, first);
  const std::size_t second = metric.find('.', first + 1);
  const std::string owner = metric.substr(first + 1, second == std::string::npos ? second : second - first - 1);
  for (const KindWords& words : kWords) {
    if (words.kind != kind) continue;
    if (second == std::string::npos) return fmt::format(fmt::runtime(words.without_item), owner);
    return fmt::format(fmt::runtime(words.with_item), owner, metric.substr(second + 1));
  }
  return metric;
}

std::string_view format_name(FigureFormat format) {
  constexpr std::array<std::string_view, 3> kNames = {"svg", "png", "pdf"};
  return kNames[static_cast<std::size_t>(format)];
}

}  // namespace materiel::render
