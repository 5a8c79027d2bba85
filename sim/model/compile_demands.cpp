// Demands of the network, and their tempo.

#include <algorithm>
#include <string_view>
#include <unordered_map>

#include <fmt/format.h>

#include <materiel/scenario/spec.h>

#include "model/compile_network.h"

namespace materiel::model {

using scenario::MetricKind;
using scenario::OwnerKind;

void NetworkCompiler::demands() {
  for (std::uint32_t i = 0; i < spec_.demands.size(); ++i) {
    const scenario::Demand& demand = spec_.demands[i];
    const std::string owner = "demand." + demand.name;
    DemandProgram made{.name = owner};
    demand_cells(demand, i, made);
    made.pattern.steps = program_.patterns++;
    if (demand.rate) {
      made.pattern.curve = values_.curve(*demand.rate, owner);
      made.pattern.step = values_.step(demand.variability, owner);
    } else {
      made.pattern.step = values_.draw(demand.every, ValueRole::interval, owner, "every");
    }
    made.size = values_.draw(demand.size, ValueRole::quantity, owner, "size");
    made.reserve = values_.draw(demand.reserve, ValueRole::quantity, owner, "reserve");
    made.needs = values_.draw(demand.needs, ValueRole::count, owner, "needs");
    made.backlog = demand.backlog;
    made.whole = demand.whole;
    made.in_line = made.needs.present() || made.backlog;
    made.priority = demand.priority;
    made.span = span(demand.span, owner, "begins", "ends");
    made.demanded = counter(MetricKind::demanded, OwnerKind::demand, i);
    made.consumed = counter(MetricKind::consumed, OwnerKind::demand, i);
    made.unmet = counter(MetricKind::unmet, OwnerKind::demand, i);
    made.owed = counter(MetricKind::backlog, OwnerKind::demand, i);
    tempo(demand, owner, made);
    program_.demands.push_back(std::move(made));
  }
}

void NetworkCompiler::demand_cells(const scenario::Demand& demand, std::uint32_t index, DemandProgram& made) {
  const std::uint32_t site = sites_.find(demand.site.text)->second;
  for (const scenario::Text& name : demand.items) {
    made.cells.push_back(cell(site, name.text));
    program_.cells[made.cells.back()].demanded = true;
    if (demand.backlog || demand.needs.present()) dependents_.demands_on[made.cells.back()].push_back(index);
    const auto item = static_cast<std::int32_t>(items_.find(name.text)->second);
    made.consumed_of.push_back(demand.items.size() > 1 ? counter(MetricKind::consumed, OwnerKind::demand, index, item)
                                                       : kNone);
  }
}

void NetworkCompiler::tempo(const scenario::Demand& demand, const std::string& owner, DemandProgram& made) {
  if (demand.states.empty()) return;
  std::unordered_map<std::string_view, std::uint32_t> index;
  for (std::uint32_t i = 0; i < demand.states.size(); ++i) index.emplace(demand.states[i].name, i);
  for (const scenario::TempoState& state : demand.states) {
    const std::string place = "states." + state.name;
    TempoStateProgram part{.name = state.name};
    part.mean = values_.draw(state.mean, ValueRole::interval, owner, place + ".mean");
    part.factor = values_.draw(state.factor, ValueRole::rate, owner, place + ".factor");
    part.size = values_.draw(state.size, ValueRole::quantity, owner, place + ".size");
    for (const scenario::TempoChange& change : state.next)
      part.next.push_back({index.at(change.state.text),
                           values_.draw(change.weight, ValueRole::rate, owner, place + ".next." + change.state.text)});
    std::sort(part.next.begin(), part.next.end(), [](const auto& a, const auto& b) { return a.state < b.state; });
    made.tempo.push_back(std::move(part));
  }
  if (!demand.initial.text.empty()) made.initial_state = index.at(demand.initial.text);
  made.tempo_stream = values_.stream(owner, "tempo");
  made.pattern.modulated = true;
  const bool alike = std::all_of(made.tempo.begin(), made.tempo.end(), [](const auto& s) { return s.next.empty(); });
  if (alike || made.initial_state != kNone || made.tempo.size() <= kMostSolvedStates) return;
  diagnostics_.push_back(
      {.file = spec_.file,
       .where = demand.states[kMostSolvedStates].where,
       .message = fmt::format("{}: the first of {} states can't be drawn: at most {} states with `next` may do without "
                              "`initial`",
                              owner, made.tempo.size(), kMostSolvedStates),
       .notes = {fmt::format("name the state that it begins in, such as initial = \"{}\"", demand.states[0].name)}});
}

}  // namespace materiel::model
