#include "scenario/parse_references.h"

#include <algorithm>
#include <unordered_set>

#include <fmt/format.h>

#include <materiel/scenario/metric_catalogue.h>
#include <materiel/scenario/spec.h>

namespace materiel::scenario {
namespace {

using Names = std::vector<std::string>;

std::string_view first_word(std::string_view metric) {
  return metric.substr(0, metric.find('.'));
}

/// Adds the metrics that all items could have everywhere, and those that a process has only with some key. With them a
/// file in which an item, a site or the value of such a key is wrong isn't blamed a second time wherever a metric of it
/// is named.
void add_possible_metrics(const Spec& spec, Names& metrics) {
  constexpr std::size_t kMost = 10'000;  // pairs
  std::unordered_set<std::string> there(metrics.begin(), metrics.end());
  const auto insert = [&](std::string metric) {
    if (there.insert(metric).second) metrics.push_back(std::move(metric));
  };
  const auto add_totals = [&](const auto& processes, std::initializer_list<MetricKind> kinds) {
    for (const auto& process : processes) {
      for (const MetricKind kind : kinds) insert(fmt::format("{}.{}", metric_word(kind), process.name));
    }
  };
  const auto add = [&](const std::string& name, std::initializer_list<MetricKind> kinds) {
    for (const Item& item : spec.items) {
      for (const MetricKind kind : kinds) insert(fmt::format("{}.{}.{}", metric_word(kind), name, item.name));
    }
  };
  using Kind = MetricKind;
  add_totals(spec.supplies, {Kind::lost});
  add_totals(spec.productions, {Kind::scrapped, Kind::in_process});
  add_totals(spec.routes, {Kind::ordered, Kind::orders});
  add_totals(spec.demands, {Kind::backlog, Kind::mean_backlog});
  add_totals(spec.exchanges, {Kind::lost});
  add_totals(spec.disruptions, {Kind::destroyed});
  if (spec.items.size() * (spec.sites.size() + spec.routes.size() + spec.demands.size()) > kMost) return;
  for (const Site& site : spec.sites)
    add(site.name, {Kind::stock, Kind::days_of_supply, Kind::stockout, Kind::mean_stock});
  for (const Route& route : spec.routes)
    add(route.name,
        {Kind::in_transit, Kind::shipped, Kind::arrived, Kind::lost, Kind::shipped_rate, Kind::arrived_rate});
  for (const Demand& demand : spec.demands) add(demand.name, {Kind::consumed, Kind::consumed_rate});
}

/// A supply, an exchange and a route of one name would each have a metric lost.NAME.
void check_unique(Context& context, const Spec& spec, const std::vector<Metric>& catalogue) {
  std::unordered_set<std::string_view> seen;
  for (const Metric& metric : catalogue) {
    if (seen.insert(metric.name).second) continue;
    Location where;
    if (metric.of == OwnerKind::supply) where = spec.supplies[metric.owner].where;
    if (metric.of == OwnerKind::exchange) where = spec.exchanges[metric.owner].where;
    context.mistakes.error({.where = where, .origin = 0}, fmt::format("two metrics are called '{}'", metric.name),
                           {"give supplies, exchanges and routes different names where both lose units"});
  }
}

void check_metric(Context& context, const Node& node, const Names& metrics,
                  const std::unordered_set<std::string_view>& known) {
  if (known.contains(node.text) || context.mistakes.leave_out()) return;
  Names alike;
  for (const std::string& metric : metrics) {
    if (first_word(metric) == first_word(node.text)) alike.push_back(metric);
  }
  if (alike.empty()) {
    Notes notes = suggest(node.text, metrics, "metrics");
    notes.back() = "a metric is a word and names, such as stock.SITE.ITEM, produced.PRODUCTION, arrived.ROUTE";
    context.mistakes.error(node.place, fmt::format("there is no metric {}", in_quotes(node.text)), std::move(notes));
    return;
  }
  context.mistakes.error(node.place, fmt::format("there is no metric {}", in_quotes(node.text)),
                         suggest(node.text, alike, fmt::format("{} metrics", first_word(node.text))));
}

}  // namespace

void check_references(Context& context, const Spec& spec, const std::vector<NamedSection>& milestones,
                      const std::vector<NamedSection>& outcomes) {
  const std::vector<Metric> catalogue = metric_catalogue(spec);
  check_unique(context, spec, catalogue);
  if (milestones.empty() && outcomes.empty()) return;  // nothing names a metric, of which there may be many
  Names metrics;
  for (const Metric& metric : catalogue) metrics.push_back(metric.name);
  if (context.mistakes.any_error()) add_possible_metrics(spec, metrics);
  const std::unordered_set<std::string_view> known(metrics.begin(), metrics.end());
  for (const NamedSection& section : milestones) {
    const Entry* metric = section.table->find("metric");
    if (metric && metric->value.kind == Node::Kind::text) check_metric(context, metric->value, metrics, known);
  }
  if (outcomes.empty()) return;
  ExpressionNames names = context.parameters;
  for (const std::string& metric : metrics) names.variables.push_back(metric);
  for (const Milestone& milestone : spec.milestones) names.variables.push_back("milestone." + milestone.name);
  for (const NamedSection& section : outcomes) {
    const Entry* value = section.table->find("value");
    if (value && value->value.kind == Node::Kind::text) read_expression(context, value->value, names);
  }
}

void check_parameters_used(Context& context, const Spec& spec) {
  if (context.mistakes.any_error()) return;
  for (std::size_t i = 0; i < spec.parameters.size(); ++i) {
    if (context.parameter_used[i]) continue;
    context.mistakes.warning({.where = spec.parameters[i].where, .origin = 0},
                             fmt::format("nothing uses the parameter '{}'", spec.parameters[i].name));
  }
}

}  // namespace materiel::scenario
