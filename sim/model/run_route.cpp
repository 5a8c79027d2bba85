// Routes: trips that load, leave, arrive, wait for room, unload, and vehicles that come back.

#include "model/run.h"

namespace materiel::model {

void Run::begin_route(std::uint32_t index) {
  const RouteProgram& p = program_.routes[index];
  RouteState& s = state_.routes[index];
  s.vehicles = draw_units_or(p.vehicles, kUnlimited, p.name);
  s.full_capacity = s.capacity = draw_units_or(p.capacity, kUnlimited, p.name);
  s.full_minimum = s.minimum = std::min(draw_units_or(p.minimum, 1, p.name), s.capacity);
  s.on_order = p.order == kNone ? kUnlimited : 0;
  s.shut = false;
  limit_route(index);
  s.reserve = draw_units_or(p.reserve, 0, p.name);
  s.max_wait = p.max_wait.present() ? draw_days(p.max_wait, p.name) : engine::kNever;
  s.waiting_since = engine::kNever;
  read_closures(index);
  if (!p.scheduled) return;
  const double first = p.departs_first.present() ? draw(p.departs_first) : draw_days(p.departs_every, p.name);
  s.departs = std::max(first, 0.0);
  s.departs_carried = 0;
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
    const int last = program_.start.plus(static_cast<std::int32_t>(program_.horizon)).year();
    for (int year = program_.start.year() - 1; year <= last; ++year) {
      const Date from = closure.yearly_from.in_year(year);
      const Date to = closure.yearly_to.in_year(year);
      s.closed.push_back({day(from), day(to <= from ? closure.yearly_to.in_year(year + 1) : to)});
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

/// The load at the origin, the vehicles or the clock have changed: sees to it that the route looks when it must.
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
  const double look = may_leave(s, load) ? now_ : s.waiting_since + s.max_wait;
  if (look == engine::kNever) return;
  const double time = std::max(look, reopens(index));
  if (slot_time(p.slot) > time) set_slot(p.slot, time);
}

void Run::dispatch_event(std::uint32_t index) {
  const RouteProgram& p = program_.routes[index];
  RouteState& s = state_.routes[index];
  if (p.scheduled) {
    add_interval(s.departs, s.departs_carried, p.departs_every, p.name);
    set_slot(p.slot, s.departs);
  }
  const bool open = !s.shut && reopens(index) <= now_;
  while (open && report_.ok && s.vehicles > 0 && may_leave(s, available_load(index))) {
    dispatch_trip(index);
    if (p.scheduled) break;
    if (++events_ > limits_.max_events) break;
  }
  touch_route(index);
}

std::uint32_t Run::new_trip(std::uint32_t route) {
  if (state_.free_trips.empty()) {
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

void Run::dispatch_trip(std::uint32_t index) {
  const RouteProgram& p = program_.routes[index];
  RouteState& s = state_.routes[index];
  const std::uint32_t trip = new_trip(index);
  const std::size_t loads = std::size_t{trip} * program_.largest_cargo;
  std::int64_t left = s.limit;
  s.waiting_since = engine::kNever;
  for (std::size_t k = 0; k < p.cargo.size(); ++k) {
    const CargoProgram& cargo = p.cargo[k];
    const std::int64_t load = std::clamp<std::int64_t>(stock(cargo.origin) - s.reserve, 0, left);
    state_.loads[loads + k] = load;
    if (load == 0) continue;
    left -= load;
    move_cargo(index, k, &CargoProgram::in_transit, load);
    move_cargo(index, k, &CargoProgram::shipped, load);
    if (p.order != kNone) {
      s.on_order -= load;
      limit_route(index);
    }
    change_stock(cargo.origin, -load, "shipped");
  }
  const double transit = draw_days(p.transit, p.name);
  if (p.loss.present()) {
    const double loss = draw(p.loss);
    state_.trips[trip].is_lost = loss > 0 && state_.streams[p.lost_whole].uniform() < loss;
  }
  if (s.vehicles < kUnlimited) --s.vehicles;
  trips_.schedule(now_ + transit, index, trip);
}

void Run::arrive(std::uint32_t trip) {
  const std::uint32_t route = state_.trips[trip].route;
  const RouteProgram& p = program_.routes[route];
  const bool is_lost = state_.trips[trip].is_lost;
  const double attrition = is_lost ? 1 : draw_or(p.attrition, 0);
  for (std::size_t k = 0; k < p.cargo.size(); ++k) {
    std::int64_t& load = state_.loads[std::size_t{trip} * program_.largest_cargo + k];
    const std::int64_t lost = draw_binomial(load, attrition, p.lost_units);
    if (lost == 0) continue;
    load -= lost;
    move_cargo(route, k, &CargoProgram::in_transit, -lost);
    move_cargo(route, k, &CargoProgram::lost, lost);
    tell(p.name, "lost", lost, p.cargo[k].destination);
    if (program_.cells[p.cargo[k].destination].reviewed) wake_orders(p.cargo[k].destination);
  }
  auto& quay = state_.quays[p.destination_site];
  if (quay.empty() && unload(trip)) {
    end_trip(trip);
    return;
  }
  quay.push_back(trip);
  wake_slot(program_.sites[p.destination_site].unload_slot);
}

/// Unloads what fits; true if nothing is left aboard.
bool Run::unload(std::uint32_t trip) {
  const std::uint32_t route = state_.trips[trip].route;
  const RouteProgram& p = program_.routes[route];
  bool empty = true;
  for (std::size_t k = 0; k < p.cargo.size(); ++k) {
    const std::size_t at = std::size_t{trip} * program_.largest_cargo + k;
    const std::int64_t units = std::min(state_.loads[at], room(p.cargo[k].destination));
    if (units > 0) {
      state_.loads[at] -= units;
      move_cargo(route, k, &CargoProgram::in_transit, -units);
      move_cargo(route, k, &CargoProgram::arrived, units);
      deliver(p.cargo[k].destination, units, "arrived");
    }
    empty = empty && state_.loads[at] == 0;
  }
  return empty;
}

void Run::end_trip(std::uint32_t trip) {
  const std::uint32_t route = state_.trips[trip].route;
  const RouteProgram& p = program_.routes[route];
  const bool gone = state_.trips[trip].is_lost && p.loses_vehicle;
  state_.free_trips.push_back(trip);
  if (!p.vehicles.present() || gone) return;
  const double back = draw_days(p.return_time.present() ? p.return_time : p.transit, p.name);
  const auto routes = static_cast<engine::Priority>(program_.routes.size());
  trips_.schedule(now_ + back, routes + route, 0);
}

/// There may be room for trips that wait at a site: first come, first served.
void Run::unload_event(std::uint32_t site) {
  auto& quay = state_.quays[site];
  std::size_t kept = 0;
  for (std::size_t i = 0; i < quay.size(); ++i) {
    if (unload(quay[i])) {
      end_trip(quay[i]);
    } else {
      quay[kept++] = quay[i];
    }
  }
  quay.resize(kept);
}

void Run::vehicle_back(std::uint32_t route) {
  ++state_.routes[route].vehicles;
  touch_route(route);
}

}  // namespace materiel::model
