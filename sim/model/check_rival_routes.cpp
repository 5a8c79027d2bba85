// Two routes for the same item, of which one leaves nothing to the other.

#include <algorithm>

#include <fmt/format.h>

#include "model/check_traps.h"

namespace materiel::model {
namespace {

/// The cell of an item that both load; kNone if there is none.
CellId shared_origin(const RouteProgram& one, const RouteProgram& other) {
  for (const CargoProgram& a : one.cargo)
    for (const CargoProgram& b : other.cargo)
      if (a.origin == b.origin) return a.origin;
  return kNone;
}

void check_pushing_routes(const TrapSearch& search) {
  const auto& routes = search.program.routes;
  for (std::size_t i = 0; i < routes.size(); ++i) {
    const RouteProgram& greedy = routes[i];
    if (greedy.order != kNone || greedy.capacity.present()) continue;
    for (std::size_t k = 0; k < routes.size(); ++k) {
      const RouteProgram& other = routes[k];
      if (k == i || other.order != kNone) continue;
      if (k < i && !other.capacity.present()) continue;  // of two without a capacity only the first is reported
      const CellId cell = shared_origin(greedy, other);
      if (cell == kNone) continue;
      search.warn(search.spec.routes[i].where,
                  fmt::format("{} has no `capacity`: a trip takes all {} at {} at once, and {}, which carries it too, "
                              "gets only what is left",
                              greedy.name, search.item_of(cell), search.site_of(cell), other.name),
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
    const auto rival = std::find_if(orders.begin(), orders.end(), [&](const OrderProgram& first) {
      if (first.destination != second.destination || first.review.present() || first.slot >= second.slot) return false;
      const auto level = trigger(search, first), reached = trigger(search, second);
      return level && reached && *reached <= *level;
    });
    if (rival == orders.end()) continue;
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
