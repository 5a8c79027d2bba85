// The ledger: every unit is accounted for; and the trace of a replication.

#include <fmt/format.h>

#include "model/run.h"

namespace materiel::model {

/// A count has passed the largest number that can be told from the next one in the results.
void Run::fail_for_count(CountId counter) {
  fail(fmt::format("{}: a count reached {} units: at most 2^53 can be counted", acting(), state_.counts[counter]));
}

void Run::fail_for_item(std::size_t item) {
  fail(fmt::format("item {}: more than 2^53 units in all: at most 2^53 can be counted", program_.item_names[item]));
}

/// For each item, what came in is where it is or went; and in all no more than can be counted, so that whatever is
/// added up over places and processes can be counted too.
void Run::check_ledger() {
  for (std::size_t item = 0; item < program_.ledger.size(); ++item) {
    std::int64_t came_in = state_.opening[item], remains = 0;
    for (const LedgerEntry& entry : program_.ledger[item]) {
      std::int64_t& sum = comes_in(entry.term) ? came_in : remains;
      sum = std::min(sum + state_.counts[entry.count], kUnlimited);
    }
    if (came_in > kLargestQuantity) {
      fail_for_item(item);
      return;
    }
    const std::int64_t difference = came_in - remains;
    if (difference == 0) continue;
    units_lost_ = true;
    fail(fmt::format("{}: {} units of item {} are unaccounted for: an error of the simulator", acting(), difference,
                     program_.item_names[item]));
  }
}

void Run::ledger(std::span<std::int64_t> totals) const {
  std::fill(totals.begin(), totals.end(), 0);
  const auto term = [&](std::size_t item, LedgerTerm t) -> std::int64_t& {
    return totals[item * kLedgerTerms + static_cast<std::size_t>(t)];
  };
  for (std::size_t item = 0; item < program_.ledger.size(); ++item) {
    term(item, LedgerTerm::opening) = state_.opening[item];
    for (const LedgerEntry& entry : program_.ledger[item]) term(item, entry.term) += state_.counts[entry.count];
  }
  // Inputs are counted as used when they are taken: those of batches under way aren't yet.
  for (std::size_t p = 0; p < program_.productions.size(); ++p) {
    for (const InputProgram& input : program_.productions[p].inputs) {
      const std::int64_t units = state_.productions[p].underway * state_.per_unit[input.number];
      term(program_.cells[input.cell].item, LedgerTerm::in_process) += units;
      term(program_.cells[input.cell].item, LedgerTerm::used) -= units;
    }
  }
}

const std::string& Run::name_of(const ClaimantProgram& claimant) const {
  switch (claimant.kind) {
    case ClaimantProgram::Kind::production:
      return program_.productions[claimant.index].name;
    case ClaimantProgram::Kind::demand:
      return program_.demands[claimant.index].name;
    case ClaimantProgram::Kind::route:
      break;
  }
  return program_.routes[claimant.index].name;
}

const std::string& Run::process_of(SlotProgram slot) const {
  static const std::string kObservation = "observation";
  switch (slot.kind) {
    case SlotKind::disruption:
      return program_.disruptions[slot.index].name;
    case SlotKind::breakdown:
    case SlotKind::production:
      return program_.productions[slot.index].name;
    case SlotKind::supply:
      return program_.supplies[slot.index].name;
    case SlotKind::unload:
      return program_.sites[slot.index].name;
    case SlotKind::opening:
    case SlotKind::dispatch:
      return program_.routes[slot.index].name;
    case SlotKind::order:
      return program_.routes[program_.orders[slot.index].route].name;
    case SlotKind::tempo:
    case SlotKind::demand:
      return program_.demands[slot.index].name;
    case SlotKind::milestone:
      return program_.milestones[slot.index].name;
    case SlotKind::service:
      return served_ == kNone ? kObservation : name_of(program_.claimants[served_]);
    case SlotKind::observation:
      break;
  }
  return kObservation;
}

/// Whose event is being handled.
const std::string& Run::acting() const {
  if (handled_ != kNone) return process_of(program_.slots[handled_]);
  const std::size_t routes = program_.routes.size();
  if (trip_process_ == kNone) return process_of({SlotKind::observation, 0});
  if (trip_process_ < 2 * routes) return program_.routes[program_.routes_by_name[trip_process_ % routes]].name;
  return program_.exchanges[program_.exchanges_by_name[trip_process_ - 2 * routes]].name;
}

void Run::tell(std::string_view process, std::string_view what, std::int64_t quantity, CellId cell) {
  if (!watcher_) return;
  TraceEntry entry{.day = now_, .process = process, .what = what, .quantity = quantity};
  if (cell != kNone) entry.item = program_.item_names[program_.cells[cell].item];
  watcher_(entry);
}

void Run::tell_stock(CellId cell, std::int64_t change, std::string_view what) {
  const CellProgram& c = program_.cells[cell];
  constexpr std::size_t kPrefix = 5;  // "site."
  watcher_({.day = now_,
            .process = acting(),
            .what = what,
            .site = std::string_view{program_.sites[c.site].name}.substr(kPrefix),
            .item = program_.item_names[c.item],
            .quantity = change,
            .stock_after = stock(cell)});
}

}  // namespace materiel::model
