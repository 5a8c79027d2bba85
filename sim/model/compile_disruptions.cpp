// Exchanges and disruptions of the network.

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include <materiel/scenario/spec.h>

#include "model/compile_network.h"

namespace materiel::model {

using scenario::MetricKind;
using scenario::OwnerKind;

namespace {

/// Pairs of a disruption and its target: some 100 MB.
constexpr std::size_t kMostTargets = 5'000'000;

}  // namespace

void NetworkCompiler::exchanges() {
  for (std::uint32_t i = 0; i < spec_.exchanges.size(); ++i) {
    const scenario::Exchange& exchange = spec_.exchanges[i];
    const std::string owner = "exchange." + exchange.name;
    ExchangeProgram made{.name = owner};
    const CellId earned = cell(sites_.find(exchange.earned_by.site.text)->second, exchange.earned_by.item.text);
    made.cell = cell(sites_.find(exchange.gives.site.text)->second, exchange.gives.item.text);
    made.earned_by = values_.draw(exchange.earned_by.quantity, ValueRole::positive, owner, "for.quantity");
    made.gives = values_.draw(exchange.gives.quantity, ValueRole::positive, owner, "gives.quantity");
    made.lead_time = values_.draw(exchange.lead_time, ValueRole::duration, owner, "lead_time");
    made.exchanged = counter(MetricKind::exchanged, OwnerKind::exchange, i);
    made.turned_away = counter(MetricKind::lost, OwnerKind::exchange, i);
    dependents_.exchanges_for[earned].push_back(i);
    program_.cells[earned].earns = true;
    program_.exchanges.push_back(std::move(made));
  }
}

void NetworkCompiler::disruptions() {
  for (std::uint32_t i = 0; i < spec_.disruptions.size(); ++i) {
    const scenario::Disruption& disruption = spec_.disruptions[i];
    const std::string owner = "disruption." + disruption.name;
    DisruptionProgram made{.name = owner};
    made.at = values_.draw(disruption.at, ValueRole::time, owner, "at");
    made.every = values_.draw(disruption.every, ValueRole::interval, owner, "every");
    made.delay = values_.draw(disruption.delay, ValueRole::duration, owner, "delay");
    made.lasts = values_.draw(disruption.lasts, ValueRole::duration, owner, "lasts");
    made.factor = values_.draw(disruption.factor, ValueRole::rate, owner, "factor");
    made.recovery = values_.draw(disruption.linear_recovery, ValueRole::duration, owner, "recovery");
    made.chance = values_.draw(disruption.chance, ValueRole::share, owner, "chance");
    made.fraction = values_.draw(disruption.destroys.fraction, ValueRole::share, owner, "destroys.fraction");
    made.quantity = values_.draw(disruption.destroys.quantity, ValueRole::quantity, owner, "destroys.quantity");
    if (made.chance.present()) made.chance_stream = values_.stream(owner, "happens");
    if (!disruption.after.text.empty()) made.after = milestones_.find(disruption.after.text)->second;
    if (disruption.destroys.present()) {
      made.cell = cell(sites_.find(disruption.destroys.site.text)->second, disruption.destroys.item.text);
      made.destroyed = counter(MetricKind::destroyed, OwnerKind::disruption, i);
    }
    for (const scenario::Text& target : disruption.targets) {
      if (all_targets_ > kMostTargets) break;
      targets(target, i, made);
      if (all_targets_ <= kMostTargets) continue;
      diagnostics_.push_back(
          {.file = spec_.file,
           .where = target.where,
           .message = fmt::format("{}: with it disruptions have more than {} targets in all", owner, kMostTargets),
           .notes = {"name fewer processes, or write fewer disruptions"}});
    }
    program_.disruptions.push_back(std::move(made));
  }
  // Factors are multiplied in the order of names: a product depends on its order in the last place.
  const auto sort = [&](auto& processes) {
    for (auto& process : processes)
      std::sort(process.disruptions.begin(), process.disruptions.end(), [&](std::uint32_t a, std::uint32_t b) {
        return program_.disruptions[a].name < program_.disruptions[b].name;
      });
  };
  sort(program_.supplies);
  sort(program_.productions);
  sort(program_.routes);
  sort(program_.demands);
}

/// Adds what "production.plant" or "production.*" names, each process once.
void NetworkCompiler::targets(const scenario::Text& target, std::uint32_t disruption, DisruptionProgram& made) {
  using Kind = TargetProgram::Kind;
  const std::size_t dot = target.text.find('.');
  const std::string_view kind = std::string_view(target.text).substr(0, dot);
  const std::string which = target.text.substr(dot + 1);
  const auto add = [&](Kind of, const NameIndex& index, auto& programs, auto&& set) {
    const auto take = [&](std::uint32_t i) {
      auto& disruptions = programs[i].disruptions;
      if (!disruptions.empty() && disruptions.back() == disruption) return;
      disruptions.push_back(disruption);
      made.targets.push_back({of, i});
      set(programs[i]);
    };
    for (std::uint32_t i = 0; which == "*" && i < programs.size(); ++i) take(i);
    if (which != "*") take(index.find(which)->second);
  };
  const auto modulate = [](auto& process) { process.pattern.modulated = true; };
  const auto nothing = [](const auto&) {};
  const std::size_t before = made.targets.size();
  if (kind == "supply") add(Kind::supply, supplies_, program_.supplies, modulate);
  if (kind == "production") add(Kind::production, productions_, program_.productions, nothing);
  if (kind == "route") add(Kind::route, routes_, program_.routes, nothing);
  if (kind == "demand") add(Kind::demand, demands_, program_.demands, modulate);
  all_targets_ += made.targets.size() - before;
}

}  // namespace materiel::model
