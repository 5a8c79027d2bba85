// Supply: units from outside the model.

#include "model/run.h"

namespace materiel::model {

void Run::begin_supply(std::uint32_t index) {
  const SupplyProgram& p = program_.supplies[index];
  SupplyState& s = state_.supplies[index];
  s = {};
  s.span = begin_span(p.span, p.name);
  s.left = draw_units_or(p.total, kUnlimited, p.name);
  auto& schedule = state_.schedules[index];
  schedule.clear();
  for (const Knot& delivery : p.schedule) {
    const double time = draw(delivery.when);
    schedule.emplace_back(time, draw_units(delivery.value, p.name));
  }
  std::stable_sort(schedule.begin(), schedule.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  if (p.span.after == kNone) start_supply(index);
}

void Run::start_supply(std::uint32_t index) {
  const SupplyProgram& p = program_.supplies[index];
  SupplyState& s = state_.supplies[index];
  if (p.schedule.empty()) {
    begin_pattern(p.pattern, s.pattern, s.span, p.name);
  } else {
    const auto& schedule = state_.schedules[index];
    while (s.next_scheduled < schedule.size() && schedule[s.next_scheduled].first < s.span.begins) ++s.next_scheduled;
  }
  schedule_supply(index);
}

/// Sets the slot to the next delivery, if there is one.
void Run::schedule_supply(std::uint32_t index) {
  const SupplyProgram& p = program_.supplies[index];
  SupplyState& s = state_.supplies[index];
  s.pattern.pending = s.left > 0;
  if (s.left <= 0) return;
  double time = engine::kNever;
  if (p.schedule.empty()) {
    time = next_time(p.pattern, s.pattern, p.name);
  } else if (s.next_scheduled < state_.schedules[index].size()) {
    time = state_.schedules[index][s.next_scheduled].first;
  }
  if (time < s.span.ends) set_slot(p.slot, time);
}

void Run::supply_event(std::uint32_t index) {
  const SupplyProgram& p = program_.supplies[index];
  SupplyState& s = state_.supplies[index];
  std::int64_t quantity = 1;
  if (!p.schedule.empty()) {
    quantity = state_.schedules[index][s.next_scheduled++].second;
    if (p.pattern.modulated) quantity = scaled(quantity, s.pattern.factor);
  } else if (p.quantity.present()) {
    quantity = draw_units(p.quantity, p.name);
  }
  put_supply(index, std::min(quantity, s.left));
  schedule_supply(index);
}

void Run::put_supply(std::uint32_t index, std::int64_t quantity) {
  if (quantity <= 0) return;
  const SupplyProgram& p = program_.supplies[index];
  SupplyState& s = state_.supplies[index];
  if (s.left < kUnlimited) s.left -= quantity;
  count(p.supplied, quantity);
  const std::int64_t fits = std::min(quantity, room(p.cell));
  if (fits < quantity) {
    count(p.turned_away, quantity - fits);
    tell(p.name, "lost", quantity - fits, p.cell);
  }
  if (fits > 0) deliver(p.cell, fits, "supplied");
}

}  // namespace materiel::model
