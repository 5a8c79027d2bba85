// Trips that arrive, wait for room and unload, and vehicles that come back.

#include "model/run.h"

namespace materiel::model {

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
  if (!quay.empty()) unload_event(p.destination_site);  // those that wait come first
  if (unload(trip))
    end_trip(trip);
  else
    quay.push_back(trip);
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
  trips_.schedule(now_ + back, routes + p.turn, 0);
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

/// Room that was made earlier at this instant goes to trips that wait, before an exchange is delivered.
void Run::unload_before(std::uint32_t site) {
  const SlotId slot = program_.sites[site].unload_slot;
  if (slot == kNone || slot_time(slot) > now_) return;
  handled_ = slot;
  unload_event(site);
  handled_ = kNone;
  set_slot(slot, engine::kNever);
}

void Run::vehicle_back(std::uint32_t route) {
  ++state_.routes[route].vehicles;
  update_race(route);
  touch_route(route);
}

}  // namespace materiel::model
