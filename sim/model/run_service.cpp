// Who gets a scarce unit: rounds in which claims and routes that push are served (docs/model.md, section 4). A round
// follows each step of an instant that changed a stock or what a process is able to do. By priority; within a priority
// first claims, the oldest first, then routes that push, by their tags.

#include <algorithm>

#include "model/run.h"

namespace materiel::model {

using Kind = ClaimantProgram::Kind;

/// A claimant may be able now: it takes part in the next round.
void Run::consider(ClaimantId claimant) {
  if (state_.considered[claimant]) return;
  state_.considered[claimant] = true;
  state_.to_consider.push_back(claimant);
  wake_slot(program_.service_slot);
}

/// Its place among the others; nothing if it asks for nothing.
std::optional<Candidate> Run::candidate(ClaimantId claimant) const {
  const ClaimantProgram& p = program_.claimants[claimant];
  Candidate made{.priority = p.priority, .claimant = claimant};
  if (p.kind == Kind::production) {
    made.rank = state_.productions[p.index].claimed;
    if (made.rank == engine::kNever) return {};
  } else if (p.kind == Kind::demand) {
    const WaitingLine& line = state_.lines[p.index];
    if (line.empty()) return {};
    made.rank = line.front().made;
  } else if (const std::uint32_t order = program_.routes[p.index].order; order != kNone) {
    const WaitingLine& line = state_.order_lines[order];
    if (line.empty()) return {};
    made.rank = line.front().made;
  } else {
    made.pushes = true;
    made.rank = state_.routes[p.index].tag;
  }
  return made;
}

/// Gives a claimant what it may take before it is another's turn.
/// @return whether it was able and may be so again
bool Run::serve_claimant(ClaimantId claimant) {
  const ClaimantProgram& p = program_.claimants[claimant];
  served_ = claimant;
  switch (p.kind) {
    case Kind::production:
      serve_production(p.index);
      return false;
    case Kind::demand:
      return serve_first(p.index);
    case Kind::route:
      return program_.routes[p.index].order != kNone ? load_ordered(p.index) : push_trip(p.index);
  }
  return false;
}

/// One that is not able now is passed over: what others take from a stock makes no one able.
void Run::release(ClaimantId claimant) {
  state_.considered[claimant] = false;
  const ClaimantProgram& p = program_.claimants[claimant];
  if (p.kind != Kind::route) return;
  state_.routes[p.index].due = false;
  if (state_.routes[p.index].loading == kNone) touch_route(p.index);
}

void Run::service_event() {
  auto& candidates = state_.candidates;
  candidates.clear();
  const auto take = [&](ClaimantId claimant) {
    if (const auto made = candidate(claimant))
      candidates.push_back(*made);
    else
      release(claimant);
  };
  // Those that are considered while others are served belong to the next round.
  const std::size_t considered = state_.to_consider.size();
  for (std::size_t i = 0; i < considered; ++i) take(state_.to_consider[i]);
  state_.to_consider.erase(state_.to_consider.begin(),
                           state_.to_consider.begin() + static_cast<std::ptrdiff_t>(considered));
  std::make_heap(candidates.begin(), candidates.end(), std::greater<>());
  while (!candidates.empty() && report_.ok) {
    std::pop_heap(candidates.begin(), candidates.end(), std::greater<>());
    const ClaimantId claimant = candidates.back().claimant;
    candidates.pop_back();
    const bool again = serve_claimant(claimant);
    const auto next = again ? candidate(claimant) : std::nullopt;
    if (next) {
      candidates.push_back(*next);
      std::push_heap(candidates.begin(), candidates.end(), std::greater<>());
    } else {
      release(claimant);
    }
  }
  for (std::size_t i = 0; i < state_.loading.size() && report_.ok; ++i) leave(state_.loading[i]);
  state_.loading.clear();
  for (const std::uint32_t trip : state_.sent)
    trips_.schedule(now_, program_.routes[state_.trips[trip].route].turn, trip);
  state_.sent.clear();
  served_ = kNone;
}

}  // namespace materiel::model
