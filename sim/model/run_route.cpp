// Routes: trips that load and leave, by push or by order.

#include <utility>

#include <fmt/format.h>

#include "model/run.h"

namespace materiel::model {

void Run::begin_route(std::uint32_t index) {
  const RouteProgram& p = program_.routes[index];
  RouteState& s = state_.routes[index];
  s.vehicles = draw_units_or(p.vehicles, kUnlimited, p.name);
  s.full_capacity = s.capacity = draw_units_or(p.capacity, kUnlimited, p.name);
  s.full_minimum = s.minimum = std::min(draw_units_or(p.minimum, 1, p.name), s.capacity);
  s.on_order = p.order == kNone ? kUnlimited : 0;
  s.shut = s.due = false;
  s.loading = kNone;
  limit_route(index);
  s.reserve = draw_units_or(p.reserve, 0, p.name);
  s.max_wait = p.max_wait.present() ? draw_days(p.max_wait, p.name) : engine::kNever;
  s.waiting_since = engine::kNever;
  read_closures(index);
  begin_race(index);
  if (!p.scheduled) return;
  s.departs = p.departs_first.present() ? draw(p.departs_first) : draw_days(p.departs_every, p.name);
  s.departs_carried = 0;
  skip_to_start(s.departs, s.departs_carried, p.departs_every, p.name);
  set_slot(p.slot, s.departs);
}

/// The route's closures as windows that lie apart, in order.
void Run::read_closures(std::uint32_t index) {
  const RouteProgram& p = program_.routes[index];
  RouteState& s = state_.routes[index];
  s.closed.clear();
  s.next_window = 0;
  const auto day = [this](Date date) {
    return static_cast<double>(date.days_since_1970 - program_.start.days_since_1970);
  };
  for (const ClosureProgram& closure : p.closed) {
    if (!closure.yearly) {
      const double from = draw_or(closure.from, 0), to = draw_or(closure.to, engine::kNever);
      if (from < to) s.closed.push_back({from, to});
      continue;
    }
    // In a year without 29 February a closure that begins or ends on it does so on 1 March; one of that day alone is
    // none.
    const bool over_new_year = !(closure.yearly_from < closure.yearly_to);
    const int last = program_.start.plus(static_cast<std::int32_t>(program_.horizon)).year();
    for (int year = program_.start.year() - 1; year <= last; ++year) {
      const Date from = closure.yearly_from.in_year(year);
      const Date to = closure.yearly_to.in_year(over_new_year ? year + 1 : year);
      if (from < to) s.closed.push_back({day(from), day(to)});
    }
  }
  std::sort(s.closed.begin(), s.closed.end(), [](const Window& a, const Window& b) { return a.from < b.from; });
  std::size_t kept = 0;
  for (const Window& w : s.closed) {
    if (kept > 0 && w.from <= s.closed[kept - 1].to) {
      s.closed[kept - 1].to = std::max(s.closed[kept - 1].to, w.to);
    } else {
      s.closed[kept++] = w;
    }
  }
  s.closed.resize(kept);
}

/// The present time if the route is open, else the time when it opens again.
double Run::reopens(std::uint32_t index) {
  RouteState& s = state_.routes[index];
  while (s.next_window < s.closed.size() && s.closed[s.next_window].to <= now_) ++s.next_window;
  const bool closed = s.next_window < s.closed.size() && s.closed[s.next_window].from <= now_;
  return closed ? s.closed[s.next_window].to : now_;
}

/// What a trip could load now, at most its limit.
std::int64_t Run::available_load(std::uint32_t index) {
  const RouteState& s = state_.routes[index];
  std::int64_t load = 0;
  for (const CargoProgram& cargo : program_.routes[index].cargo)
    load = std::min(load + std::max<std::int64_t>(stock(cargo.origin) - s.reserve, 0), kUnlimited);
  return std::min(load, s.limit);
}

/// A trip carries no more than its capacity and what has been ordered.
void Run::limit_route(std::uint32_t index) {
  RouteState& s = state_.routes[index];
  s.limit = std::min(s.capacity, s.on_order);
}

bool Run::may_leave(const RouteState& s, std::int64_t load) const {
  return load >= s.minimum || (load >= 1 && now_ >= s.waiting_since + s.max_wait);
}

/// The load at the origin, the vehicles or the clock have changed: it is considered when it may leave.
void Run::touch_route(std::uint32_t index) {
  const RouteProgram& p = program_.routes[index];
  RouteState& s = state_.routes[index];
  const std::int64_t load = available_load(index);
  for (const CargoProgram& cargo : p.cargo) reconsider_cell(cargo.origin, 0);
  if (load < 1) {
    s.waiting_since = engine::kNever;
    return;
  }
  if (s.waiting_since > now_) s.waiting_since = now_;
  if (p.scheduled || s.vehicles <= 0 || s.shut) return;
  const double leaves = may_leave(s, load) ? now_ : s.waiting_since + s.max_wait;
  if (leaves == engine::kNever) return;
  const double time = std::max(leaves, reopens(index));
  if (time <= now_ && !p.alone)
    consider(p.claimant);
  else if (slot_time(p.slot) > time)
    set_slot(p.slot, time);
}

std::uint32_t Run::new_trip(std::uint32_t route) {
  if (state_.free_trips.empty()) {
    if (state_.trips.size() == program_.most_trips())
      fail(fmt::format("{}: more than {} trips are under way at once: raise its `capacity`, or count in larger units",
                       program_.routes[route].name, program_.most_trips()));
    state_.trips.push_back({.route = route});
    state_.loads.resize(state_.trips.size() * program_.largest_cargo);
    return static_cast<std::uint32_t>(state_.trips.size() - 1);
  }
  const std::uint32_t trip = state_.free_trips.back();
  state_.free_trips.pop_back();
  state_.trips[trip] = {.route = route};
  return trip;
}

void Run::move_cargo(std::uint32_t route, std::size_t item, CountId CargoProgram::*counter, std::int64_t change) {
  const RouteProgram& p = program_.routes[route];
  count(p.cargo[item].*counter, change);
  if (p.total.*counter != kNone) count(p.total.*counter, change);
}

/// A vehicle is there to be loaded.
std::uint32_t Run::begin_trip(std::uint32_t index) {
  RouteState& s = state_.routes[index];
  const std::uint32_t trip = new_trip(index);
  s.waiting_since = engine::kNever;
  s.due = false;
  if (s.vehicles < kUnlimited) --s.vehicles;
  return trip;
}

/// Units go from the stock aboard a trip.
void Run::load_cargo(std::uint32_t index, std::size_t item, std::int64_t units) {
  move_cargo(index, item, &CargoProgram::in_transit, units);
  move_cargo(index, item, &CargoProgram::shipped, units);
  change_stock(program_.routes[index].cargo[item].origin, -units, "shipped");
}

void Run::send(std::uint32_t trip) {
  const std::uint32_t index = state_.trips[trip].route;
  const RouteProgram& p = program_.routes[index];
  const double transit = draw_days(p.transit, p.name);
  if (p.loss.present()) {
    const double loss = draw(p.loss);
    state_.trips[trip].is_lost = loss > 0 && state_.streams[p.lost_whole].uniform() < loss;
  }
  // All trips of an instant leave before one of them arrives.
  if (transit > 0) {
    trips_.schedule(now_ + transit, p.turn, trip);
  } else {
    state_.sent.push_back(trip);
    wake_slot(program_.service_slot);
  }
  if (p.race != kNone) update_race(index);
  if (++events_ > limits_.max_events) fail_for_events();
}

/// Whether a trip may begin to load now.
bool Run::may_load(std::uint32_t index) {
  const RouteState& s = state_.routes[index];
  if (s.shut || s.vehicles <= 0 || (program_.routes[index].scheduled && !s.due)) return false;
  return reopens(index) <= now_ && may_leave(s, available_load(index));
}

/// A route without an order sends one trip, if it is able.
/// @return whether it may be able to send another
bool Run::push_trip(std::uint32_t index) {
  if (!may_load(index)) return false;
  const RouteProgram& p = program_.routes[index];
  RouteState& s = state_.routes[index];
  const std::uint32_t trip = begin_trip(index);
  const std::size_t loads = std::size_t{trip} * program_.largest_cargo;
  std::int64_t left = s.limit;
  for (std::size_t k = 0; k < p.cargo.size(); ++k) {
    const std::int64_t load = std::clamp<std::int64_t>(stock(p.cargo[k].origin) - s.reserve, 0, left);
    state_.loads[loads + k] = load;
    if (load == 0) continue;
    left -= load;
    load_cargo(index, k, load);
  }
  if (p.race != kNone) s.tag += static_cast<double>(s.limit - left) / s.share;
  send(trip);
  return !p.scheduled;
}

/// A route with an order loads for the first in its line, into the trip that is loading or a new one.
/// @return whether it may be able to load more
bool Run::load_ordered(std::uint32_t index) {
  const RouteProgram& p = program_.routes[index];
  RouteState& s = state_.routes[index];
  if (s.loading == kNone) {
    if (!may_load(index)) return false;
    s.loading = begin_trip(index);
    state_.loads[std::size_t{s.loading} * program_.largest_cargo] = 0;
    s.room = s.capacity;
    state_.loading.push_back(index);
  }
  WaitingLine& line = state_.order_lines[p.order];
  const std::int64_t most = std::min(line.front().units, s.room);
  const std::int64_t load = std::clamp<std::int64_t>(stock(p.cargo[0].origin) - s.reserve, 0, most);
  if (load == 0) return false;
  line.front().units -= load;
  if (line.front().units == 0) line.pop();
  s.room -= load;
  s.on_order -= load;
  limit_route(index);
  state_.loads[std::size_t{s.loading} * program_.largest_cargo] += load;
  load_cargo(index, 0, load);
  if (s.room == 0) leave(index);
  return true;
}

/// The trip that is loading leaves, if there is one.
void Run::leave(std::uint32_t index) {
  RouteState& s = state_.routes[index];
  if (s.loading == kNone) return;
  served_ = program_.routes[index].claimant;
  send(std::exchange(s.loading, kNone));
  touch_route(index);
}

/// A moment at which it may leave: of its timetable, at the end of a closure or of its longest wait.
void Run::dispatch_event(std::uint32_t index) {
  const RouteProgram& p = program_.routes[index];
  if (p.scheduled) {
    RouteState& s = state_.routes[index];
    add_interval(s.departs, s.departs_carried, p.departs_every, p.name);
    set_slot(p.slot, s.departs);
    s.due = true;
  }
  if (p.alone)
    serve_alone(index);
  else
    consider(p.claimant);
}

/// One with which no other claimant competes is served at its own turn.
void Run::serve_alone(std::uint32_t index) {
  if (program_.routes[index].order == kNone) {
    while (push_trip(index) && report_.ok) {
    }
  } else {
    while (candidate(program_.routes[index].claimant) && load_ordered(index) && report_.ok) {
    }
    leave(index);
    state_.loading.clear();
  }
  state_.routes[index].due = false;
  touch_route(index);
}

}  // namespace materiel::model
