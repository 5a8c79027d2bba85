#include <algorithm>

#include <fmt/format.h>

#include <materiel/scenario/spec.h>

#include "model/check_traps.h"

namespace materiel::model {
namespace {

using scenario::MetricKind;

/// Whether a stock may grow before the milestones of the first instant are examined.
bool may_grow_at_start(const TrapSearch& search, CellId cell) {
  const auto supplies = search.users.supplies_into[cell];
  const auto at_once = [&](std::uint32_t i) {  // by schedule, or at an interval that began before the start
    const SupplyProgram& supply = search.program.supplies[i];
    return !supply.schedule.empty() || search.certain.number_or(supply.span.begins, 0).value_or(-1) < 0;
  };
  return std::any_of(supplies.begin(), supplies.end(), at_once) || !search.users.routes_to[cell].empty() ||
         !search.users.exchanges_into[cell].empty();
}

/// Whether a stock may be taken from before that.
bool may_shrink_at_start(const TrapSearch& search, CellId cell) {
  const auto& users = search.program.dependents;
  return !users.routes_from[cell].empty() || !users.productions_using[cell].empty() || search.users.destroyed[cell];
}

/// Whether a count that begins at 0 stays there during the first instant: nothing is made or asked for before its first
/// interval has passed.
bool stays_at_start(MetricKind kind) {
  return kind == MetricKind::produced || kind == MetricKind::scrapped || kind == MetricKind::demanded ||
         kind == MetricKind::consumed || kind == MetricKind::unmet || kind == MetricKind::backlog;
}

/// What a metric is at the first examination, if that is certain and can't be passed in the milestone's sense.
std::optional<double> value_at_start(const TrapSearch& search, const MilestoneProgram& milestone) {
  const Program& program = search.program;
  if (milestone.count == kNone) return std::nullopt;  // real numbers aren't known yet
  if (milestone.count < program.cells.size()) {
    const bool may_change =
        milestone.reaches ? may_shrink_at_start(search, milestone.count) : may_grow_at_start(search, milestone.count);
    return may_change ? std::nullopt : search.certain.number_or(program.cells[milestone.count].initial, 0);
  }
  if (milestone.reaches || stays_at_start(program.metrics[milestone.metric].kind)) return 0;
  return std::nullopt;
}

}  // namespace

/// With `for`, a condition that holds at the start may well end before it has held long enough.
void check_milestones(const TrapSearch& search) {
  for (std::size_t i = 0; i < search.program.milestones.size(); ++i) {
    const MilestoneProgram& milestone = search.program.milestones[i];
    const std::optional<double> begins = value_at_start(search, milestone);
    const std::optional<double> threshold = search.certain.number(milestone.threshold.value);
    if (!begins || !threshold || search.certain.number_or(milestone.hold, 0) != 0) continue;
    if (milestone.reaches ? *begins < *threshold : *begins > *threshold) continue;
    const char* key = milestone.reaches ? "reaches" : "falls_to";
    std::string note = "it is noted on day 0 of every run";
    if (milestone.reaches || *begins > 0)
      note += fmt::format(": write a value {} {}", milestone.reaches ? "above" : "below", *begins);
    search.warn(search.program.values[milestone.threshold.value].where,
                fmt::format("{} holds at the start: {} begins with {}, and `{}` is {}", milestone.name,
                            search.spec.milestones[i].metric.text, *begins, key, *threshold),
                {std::move(note)});
  }
}

}  // namespace materiel::model
