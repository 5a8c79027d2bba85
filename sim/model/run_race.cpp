// Routes that push from one site with one priority share what is there by tags, after start-time fair queueing (Goyal,
// Vin & Cheng 1996): the one with the smallest tag loads a trip, and its tag grows by units / share.

#include <algorithm>

#include <fmt/format.h>

#include "model/run.h"

namespace materiel::model {

/// A route is in the race while it could load if there was stock: that there is none changes no tag.
bool Run::may_race(std::uint32_t index) {
  const RouteState& s = state_.routes[index];
  if (reopens(index) > now_) return false;
  return program_.routes[index].scheduled || (!s.shut && s.vehicles > 0);
}

void Run::begin_race(std::uint32_t index) {
  const RouteProgram& p = program_.routes[index];
  if (p.race == kNone) return;
  RouteState& s = state_.routes[index];
  s.tag = 0;
  s.joined = -1;  // before all that come later
  s.share = draw_or(p.share, 1);
  if (!(s.share > 0)) fail(fmt::format("{}: the share must be more than 0, not {}", p.name, s.share));
  s.racing = may_race(index);
  if (p.opening_slot != kNone) opening_event(index);
}

/// One that comes into the race gets no advantage from the time when it was out of it: its tag is at least the smallest
/// of those that were there before this instant.
void Run::update_race(std::uint32_t index) {
  const RouteProgram& p = program_.routes[index];
  if (p.race == kNone) return;
  RouteState& s = state_.routes[index];
  const bool racing = may_race(index);
  if (racing == s.racing) return;
  s.racing = racing;
  if (!racing) return;
  s.joined = now_;
  double smallest = engine::kNever;
  for (const std::uint32_t other : program_.races[p.race]) {
    const RouteState& o = state_.routes[other];
    if (other != index && o.racing && o.joined < now_) smallest = std::min(smallest, o.tag);
  }
  if (smallest < engine::kNever) s.tag = std::max(s.tag, smallest);
}

/// A closure begins or ends.
void Run::opening_event(std::uint32_t index) {
  update_race(index);
  const RouteState& s = state_.routes[index];
  const double opens = reopens(index);
  double next = opens > now_ ? opens : engine::kNever;
  if (opens <= now_ && s.next_window < s.closed.size()) next = s.closed[s.next_window].from;
  set_slot(program_.routes[index].opening_slot, next);
}

}  // namespace materiel::model
