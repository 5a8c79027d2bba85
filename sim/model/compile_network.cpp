#include "model/compile_network.h"

#include <algorithm>

#include <fmt/format.h>

#include <materiel/scenario/spec.h>

#include "model/by_name.h"

namespace materiel::model {

using scenario::MetricKind;
using scenario::OwnerKind;

namespace {

template <class Named>
std::map<std::string, std::uint32_t, std::less<>> index_names(const std::vector<Named>& things) {
  std::map<std::string, std::uint32_t, std::less<>> index;
  for (std::uint32_t i = 0; i < things.size(); ++i) index.emplace(things[i].name, i);
  return index;
}

}  // namespace

NetworkCompiler::NetworkCompiler(const scenario::Spec& spec, const std::vector<scenario::Metric>& catalogue,
                                 Program& program, ValueCompiler& values, Diagnostics& diagnostics)
    : spec_(spec),
      program_(program),
      values_(values),
      diagnostics_(diagnostics),
      catalogue_(catalogue),
      items_(index_names(spec.items)),
      sites_(index_names(spec.sites)),
      milestones_(index_names(spec.milestones)),
      supplies_(index_names(spec.supplies)),
      productions_(index_names(spec.productions)),
      routes_(index_names(spec.routes)),
      demands_(index_names(spec.demands)) {}

void NetworkCompiler::compile() {
  metrics();
  sites();
  supplies();
  productions();
  routes();
  demands();
  exchanges();
  disruptions();
  orders();
  claimants();
  races();
  watchers_.resize(program_.counts);
  milestones();
  finish_lists();
  starts();
  ledger();
  slots();
  contests();
  settlers();
}

/// Metrics that are whole numbers come first in the catalogue: each is the counter of its own index.
void NetworkCompiler::metrics() {
  for (std::uint32_t i = 0; i < catalogue_.size(); ++i) {
    const scenario::Metric& metric = catalogue_[i];
    metric_names_.emplace(metric.name, i);
    metric_index_[{metric.kind, metric.of, metric.owner, metric.item}] = i;
    // The first of a process is its total, also where that is of one item.
    metric_index_.try_emplace({metric.kind, metric.of, metric.owner, kTotal}, i);
    if (metric.kind <= scenario::kLastWholeNumber) program_.plain_metrics = i + 1;
  }
  program_.counts = program_.plain_metrics;
  const std::vector<scenario::Cell> cells = stock_cells(spec_);
  for (CellId c = 0; c < cells.size(); ++c) cells_[{cells[c].site, cells[c].item}] = c;
  for (std::uint32_t i = 0; i < catalogue_.size(); ++i) {
    const scenario::Metric& metric = catalogue_[i];
    MetricProgram made{.kind = metric.kind, .owner = metric.owner};
    const auto source = [&](MetricKind kind) { return counter(kind, metric.of, metric.owner, metric.item); };
    if (metric.kind <= scenario::kLastWholeNumber) made.count = i;
    if (metric.kind == MetricKind::supplied_rate) made.count = source(MetricKind::supplied);
    if (metric.kind == MetricKind::produced_rate) made.count = source(MetricKind::produced);
    if (metric.kind == MetricKind::shipped_rate) made.count = source(MetricKind::shipped);
    if (metric.kind == MetricKind::arrived_rate) made.count = source(MetricKind::arrived);
    if (metric.kind == MetricKind::demanded_rate) made.count = source(MetricKind::demanded);
    if (metric.kind == MetricKind::consumed_rate || metric.kind == MetricKind::fill_rate)
      made.count = source(MetricKind::consumed);
    if (metric.kind == MetricKind::mean_backlog) made.count = source(MetricKind::backlog);
    if (metric.kind == MetricKind::exchanged_rate) made.count = source(MetricKind::exchanged);
    if (metric.kind == MetricKind::fill_rate) made.other = source(MetricKind::demanded);
    if (metric.kind == MetricKind::days_of_supply || metric.kind == MetricKind::stockout ||
        metric.kind == MetricKind::mean_stock)
      made.owner = cells_.at({metric.owner, static_cast<std::uint32_t>(metric.item)});
    program_.metrics.push_back(made);
    if (made.kind > scenario::kLastWholeNumber)
      (made.kind <= scenario::kLastRate ? program_.rates : program_.reckoned).push_back(i);
  }
}

CountId NetworkCompiler::counter(MetricKind kind, OwnerKind of, std::uint32_t owner, std::int32_t item) const {
  const auto found = metric_index_.find({kind, of, owner, item});
  return found == metric_index_.end() ? kNone : found->second;
}

CellId NetworkCompiler::cell(std::uint32_t site, const std::string& item) const {
  return cells_.at({site, items_.find(item)->second});
}

void NetworkCompiler::sites() {
  for (const scenario::Item& item : spec_.items) program_.item_names.push_back(item.name);
  program_.cells.resize(cells_.size());
  for (auto* lists :
       {&dependents_.productions_using, &dependents_.routes_from, &dependents_.routes_waiting, &dependents_.demands_on,
        &dependents_.productions_into, &dependents_.orders_of, &dependents_.orders_from, &dependents_.exchanges_for})
    lists->resize(cells_.size());
  for (std::uint32_t i = 0; i < spec_.sites.size(); ++i) {
    const scenario::Site& site = spec_.sites[i];
    const std::string owner = "site." + site.name;
    SiteProgram made{.name = owner};
    made.total_capacity = values_.draw(site.total_capacity, ValueRole::quantity, owner, "capacity");
    for (auto next = cells_.lower_bound({i, 0}); next != cells_.end() && next->first.first == i; ++next) {
      CellProgram& c = program_.cells[next->second];
      made.cells.push_back(next->second);
      c.site = i;
      c.item = next->first.second;
      c.room_matters = made.total_capacity.present();
    }
    for (const scenario::ItemQuantity& stock : site.stock)
      program_.cells[cell(i, stock.item.text)].initial =
          values_.draw(stock.quantity, ValueRole::quantity, owner, "stock." + stock.item.text);
    for (const scenario::ItemQuantity& capacity : site.capacity) {
      CellProgram& c = program_.cells[cell(i, capacity.item.text)];
      c.capacity = values_.draw(capacity.quantity, ValueRole::quantity, owner, "capacity." + capacity.item.text);
      c.room_matters = true;
    }
    program_.sites.push_back(std::move(made));
  }
}

SpanProgram NetworkCompiler::span(const scenario::Span& span, const std::string& owner, const char* begins,
                                  const char* ends) {
  SpanProgram made;
  made.begins = values_.draw(span.begins, ValueRole::time, owner, begins);
  made.ends = values_.draw(span.ends, ValueRole::time, owner, ends);
  made.delay = values_.draw(span.delay, ValueRole::duration, owner, "delay");
  if (!span.after.text.empty()) made.after = milestones_.find(span.after.text)->second;
  return made;
}

void NetworkCompiler::supplies() {
  for (std::uint32_t i = 0; i < spec_.supplies.size(); ++i) {
    const scenario::Supply& supply = spec_.supplies[i];
    const std::string owner = "supply." + supply.name;
    SupplyProgram made{.name = owner};
    made.cell = cell(sites_.find(supply.site.text)->second, supply.item.text);
    if (supply.rate) {
      made.pattern.curve = values_.curve(*supply.rate, owner);
      made.pattern.step = values_.step(supply.variability, owner);
    } else {
      made.pattern.step = values_.draw(supply.every, ValueRole::interval, owner, "every");
      made.quantity = values_.draw(supply.quantity, ValueRole::quantity, owner, "quantity");
    }
    for (std::size_t k = 0; k < supply.schedule.size(); ++k) {
      const std::string number = std::to_string(k);
      made.schedule.push_back(
          {values_.draw(supply.schedule[k].when, ValueRole::time, owner, "schedule.when." + number),
           values_.draw(supply.schedule[k].value, ValueRole::quantity, owner, "schedule.quantity." + number)});
    }
    made.span = span(supply.span, owner, "begins", "ends");
    made.total = values_.draw(supply.total, ValueRole::quantity, owner, "total");
    made.pattern.steps = program_.patterns++;
    made.supplied = counter(MetricKind::supplied, OwnerKind::supply, i);
    made.turned_away = counter(MetricKind::lost, OwnerKind::supply, i);
    program_.supplies.push_back(std::move(made));
  }
}

void NetworkCompiler::productions() {
  for (std::uint32_t i = 0; i < spec_.productions.size(); ++i) {
    const scenario::Production& production = spec_.productions[i];
    const std::string owner = "production." + production.name;
    const std::uint32_t site = sites_.find(production.site.text)->second;
    ProductionProgram made{.name = owner};
    made.output = cell(site, production.makes.text);
    dependents_.productions_into[made.output].push_back(i);
    for (const scenario::ItemQuantity& use : production.uses) {
      InputProgram input{.cell = cell(site, use.item.text)};
      input.per_unit = values_.draw(use.quantity, ValueRole::quantity, owner, "uses." + use.item.text);
      if (input.per_unit.stream != kNone)
        diagnostics_.push_back({.file = spec_.file,
                                .where = use.quantity.where,
                                .message = fmt::format("{}: units used per unit made can't be a distribution", owner),
                                .notes = {"a parameter may be uncertain: write its name here"}});
      input.number = program_.inputs++;
      input.used = program_.counts++;
      dependents_.productions_using[input.cell].push_back(i);
      made.inputs.push_back(input);
    }
    made.curve = values_.curve(production.rate, owner);
    made.step = values_.step(production.variability, owner);
    made.batch = values_.draw(production.batch, ValueRole::count, owner, "batch");
    made.yield = values_.draw(production.yield, ValueRole::share, owner, "yield");
    if (made.yield.present()) made.yield_stream = values_.stream(owner, "good");
    made.total = values_.draw(production.total, ValueRole::quantity, owner, "total");
    made.uptime = values_.draw(production.breakdowns.uptime, ValueRole::interval, owner, "uptime");
    made.repair = values_.draw(production.breakdowns.repair, ValueRole::duration, owner, "repair");
    made.slope = values_.draw(production.learning.slope, ValueRole::share, owner, "slope");
    made.reference = values_.draw(production.learning.reference, ValueRole::positive, owner, "reference");
    made.ceiling = values_.draw(production.learning.ceiling, ValueRole::positive, owner, "ceiling");
    made.span = span(production.span, owner, "opens", "closes");
    made.priority = production.priority;
    made.produced = counter(MetricKind::produced, OwnerKind::production, i);
    made.scrapped = counter(MetricKind::scrapped, OwnerKind::production, i);
    made.in_process = counter(MetricKind::in_process, OwnerKind::production, i);
    program_.productions.push_back(std::move(made));
  }
}

/// Which productions whose batches are settled together change a count, and which change a cell's moment.
void NetworkCompiler::settlers() {
  std::vector<std::vector<std::uint32_t>> settlers(program_.counts), changers(program_.cells.size());
  for (const std::uint32_t i : by_name(program_.productions)) {
    ProductionProgram& p = program_.productions[i];
    p.in_process_watched = p.in_process != kNone && !program_.watchers[p.in_process].empty();
    std::vector<CountId> counts{p.output, p.produced, p.scrapped, p.in_process};
    changers[p.output].push_back(i);
    for (const InputProgram& input : p.inputs) {
      counts.push_back(input.cell);
      changers[input.cell].push_back(static_cast<std::uint32_t>(program_.productions.size()) + input.number);
    }
    if (!p.settles) continue;
    for (const CountId c : counts)
      if (c != kNone && (settlers[c].empty() || settlers[c].back() != i)) settlers[c].push_back(i);
  }
  program_.settlers = IndexLists(settlers);
  program_.changers = IndexLists(changers);
}

}  // namespace materiel::model
