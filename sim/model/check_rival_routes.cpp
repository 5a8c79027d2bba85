// Two routes for the same item, of which one leaves nothing to the other.

#include <algorithm>

#include <fmt/format.h>

#include "model/check_traps.h"

namespace materiel::model {
namespace {

/// A route that pushes from the same cell as another and gets only what that one leaves. Of two without a capacity only
/// the first is reported.
const RouteProgram* left_behind(const TrapSearch& search, CellId cell, std::uint32_t greedy) {
  const auto& routes = search.program.routes;
  const auto rivals = search.users.routes_from[cell];
  const auto loses = [&](std::uint32_t i) {
    return i != greedy && routes[i].order == kNone && (i > greedy || routes[i].capacity.present());
  };
  // Those after it first: among many without a capacity the next one is found at once.
  const auto next = std::upper_bound(rivals.begin(), rivals.end(), greedy);
  auto found = std::find_if(next, rivals.end(), loses);
  if (found == rivals.end()) found = std::find_if(rivals.begin(), next, loses);
  return found == rivals.end() ? nullptr : &routes[*found];
}

void check_pushing_routes(const TrapSearch& search) {
  const auto& routes = search.program.routes;
  for (std::uint32_t i = 0; i < routes.size(); ++i) {
    const RouteProgram& greedy = routes[i];
    if (greedy.order != kNone || greedy.capacity.present()) continue;
    for (const CargoProgram& cargo : greedy.cargo) {
      const RouteProgram* const other = left_behind(search, cargo.origin, i);
      if (!other) continue;
      search.warn(search.spec.routes[i].where,
                  fmt::format("{} has no `capacity`: a trip takes all {} at {} at once, and {}, which carries it too, "
                              "gets only what is left",
                              greedy.name, search.item_of(cargo.origin), search.site_of(cargo.origin), other->name),
                  {"give it a `capacity`, or give one of the two an `order`"});
      break;
    }
  }
}

/// The highest position at which a rule orders; nothing if it is uncertain.
std::optional<double> trigger(const TrapSearch& search, const OrderProgram& order) {
  if (order.point.present()) return search.certain.number(order.point.value);
  const std::optional<double> up_to = search.certain.number(order.up_to.value);
  return up_to ? std::optional(*up_to - 1) : std::nullopt;
}

/// An order under continuous review lifts the position above its trigger at every instant. What comes later in the
/// instant and orders at that trigger or below never does.
void check_rival_orders(const TrapSearch& search) {
  const auto& orders = search.program.orders;
  for (const OrderProgram& second : orders) {
    const auto to_there = search.users.orders_to[second.destination];
    const auto found = std::find_if(to_there.begin(), to_there.end(), [&](std::uint32_t i) {
      const OrderProgram& first = orders[i];
      if (first.review.present() || first.slot >= second.slot) return false;
      const auto level = trigger(search, first), reached = trigger(search, second);
      return level && reached && *reached <= *level;
    });
    if (found == to_there.end()) continue;
    const OrderProgram* const rival = &orders[*found];
    const RouteProgram& idle = search.program.routes[second.route];
    const RouteProgram& busy = search.program.routes[rival->route];
    search.warn(search.spec.routes[second.route].order.where,
                fmt::format("{} never orders: {} goes first and always keeps the position of {} at {} above {}",
                            idle.name, busy.name, search.item_of(second.destination),
                            search.site_of(second.destination), *trigger(search, *rival)),
                {fmt::format("it orders at {} or below: give it a higher level than {}, or let the other review at "
                             "intervals",
                             *trigger(search, second), busy.name)});
  }
}

}  // namespace

void check_rival_routes(const TrapSearch& search) {
  check_pushing_routes(search);
  check_rival_orders(search);
}

}  // namespace materiel::model
