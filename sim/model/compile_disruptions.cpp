// Exchanges and disruptions of the network.

#include <algorithm>

#include "model/compile_network.h"

namespace materiel::model {

using scenario::MetricKind;
using scenario::OwnerKind;

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
    for (const scenario::Text& target : disruption.targets) targets(target.text, i, made);
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
void NetworkCompiler::targets(const std::string& name, std::uint32_t disruption, DisruptionProgram& made) {
  using Kind = TargetProgram::Kind;
  const std::size_t dot = name.find('.');
  const std::string kind = name.substr(0, dot), which = name.substr(dot + 1);
  const auto add = [&](Kind target, const auto& written, auto& programs) {
    for (std::uint32_t i = 0; i < written.size(); ++i) {
      if (which != "*" && which != written[i].name) continue;
      auto& disruptions = programs[i].disruptions;
      if (std::find(disruptions.begin(), disruptions.end(), disruption) != disruptions.end()) continue;
      disruptions.push_back(disruption);
      made.targets.push_back({target, i});
    }
  };
  if (kind == "supply") add(Kind::supply, spec_.supplies, program_.supplies);
  if (kind == "production") add(Kind::production, spec_.productions, program_.productions);
  if (kind == "route") add(Kind::route, spec_.routes, program_.routes);
  if (kind == "demand") add(Kind::demand, spec_.demands, program_.demands);
  for (const TargetProgram& target : made.targets) {
    if (target.kind == Kind::supply) program_.supplies[target.index].pattern.modulated = true;
    if (target.kind == Kind::demand) program_.demands[target.index].pattern.modulated = true;
  }
}

}  // namespace materiel::model
