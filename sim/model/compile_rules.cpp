// Milestones: what they watch and what they start.

#include <materiel/scenario/spec.h>

#include "model/compile_network.h"

namespace materiel::model {

using scenario::MetricKind;

void NetworkCompiler::milestones() {
  for (std::uint32_t i = 0; i < spec_.milestones.size(); ++i) {
    const scenario::Milestone& milestone = spec_.milestones[i];
    const std::string owner = "milestone." + milestone.name;
    MilestoneProgram made{.name = owner};
    made.reaches = milestone.sense == scenario::Milestone::Sense::reaches;
    made.metric = metric_names_.find(milestone.metric.text)->second;
    if (made.metric < program_.plain_metrics) made.count = made.metric;
    made.threshold = values_.draw(milestone.threshold, ValueRole::number, owner, made.reaches ? "reaches" : "falls_to");
    made.hold = values_.draw(milestone.hold, ValueRole::duration, owner, "for");
    program_.milestones.push_back(std::move(made));
    watch(i);
  }
}

/// Whole-number metrics are watched at each change; days of supply and fill rates at each change of what they are made
/// of. Everything else changes with time alone and is looked at with the observations.
void NetworkCompiler::watch(std::uint32_t index) {
  const MilestoneProgram& milestone = program_.milestones[index];
  if (milestone.count != kNone) watchers_[milestone.count].push_back(index);
  const MetricProgram& metric = program_.metrics[milestone.metric];
  if (metric.kind == MetricKind::days_of_supply) watchers_[metric.owner].push_back(index);
  if (metric.kind == MetricKind::fill_rate) {
    watchers_[metric.count].push_back(index);
    watchers_[metric.other].push_back(index);
  }
}

void NetworkCompiler::finish_lists() {
  Dependents<IndexLists>& made = program_.dependents;
  made.productions_using = IndexLists(dependents_.productions_using);
  made.routes_from = IndexLists(dependents_.routes_from);
  made.demands_on = IndexLists(dependents_.demands_on);
  made.productions_into = IndexLists(dependents_.productions_into);
  made.orders_of = IndexLists(dependents_.orders_of);
  made.orders_from = IndexLists(dependents_.orders_from);
  made.exchanges_for = IndexLists(dependents_.exchanges_for);
  made.routes_waiting = IndexLists(dependents_.routes_waiting);
  program_.watchers = IndexLists(watchers_);
  for (CountId c = 0; c < program_.counts; ++c)
    if (!watchers_[c].empty()) program_.watched.push_back(c);
  for (CellId c = 0; c < program_.cells.size(); ++c) {
    CellProgram& cell = program_.cells[c];
    cell.awaited = cell.followed || !made.routes_from[c].empty() || !made.productions_using[c].empty() ||
                   !made.demands_on[c].empty();
    cell.missed = cell.followed || !made.routes_waiting[c].empty();
  }
}

/// Which milestone starts which processes.
void NetworkCompiler::starts() {
  for (std::uint32_t i = 0; i < program_.disruptions.size(); ++i) {
    const std::uint32_t after = program_.disruptions[i].after;
    if (after != kNone) program_.milestones[after].starts_disruptions.push_back(i);
  }
  const auto collect = [&](const auto& processes, auto member) {
    for (std::uint32_t i = 0; i < processes.size(); ++i)
      if (processes[i].span.after != kNone) (program_.milestones[processes[i].span.after].*member).push_back(i);
  };
  collect(program_.supplies, &MilestoneProgram::starts_supplies);
  collect(program_.productions, &MilestoneProgram::starts_productions);
  collect(program_.demands, &MilestoneProgram::starts_demands);
}

}  // namespace materiel::model
