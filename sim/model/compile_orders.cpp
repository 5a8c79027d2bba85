// Orders of routes: what they reckon the inventory position from, and what makes them look at it.

#include <algorithm>

#include "model/compile_network.h"

namespace materiel::model {

using scenario::MetricKind;
using scenario::OwnerKind;

void NetworkCompiler::orders() {
  for (std::uint32_t i = 0; i < spec_.routes.size(); ++i) {
    const scenario::Order& order = spec_.routes[i].order;
    if (!order.present()) continue;
    RouteProgram& route = program_.routes[i];
    OrderProgram made{.route = i, .origin = route.cargo[0].origin, .destination = route.cargo[0].destination};
    made.point = values_.draw(order.point, ValueRole::quantity, route.name, "order.point");
    made.up_to = values_.draw(order.up_to, ValueRole::quantity, route.name, "order.up_to");
    made.quantity = values_.draw(order.quantity, ValueRole::count, route.name, "order.quantity");
    made.review = values_.draw(order.review, ValueRole::interval, route.name, "order.review");
    made.ordered = counter(MetricKind::ordered, OwnerKind::route, i);
    made.orders = counter(MetricKind::orders, OwnerKind::route, i);
    route.order = static_cast<std::uint32_t>(program_.orders.size());
    if (!made.review.present()) {
      dependents_.orders_of[made.destination].push_back(route.order);
      program_.cells[made.destination].reviewed = true;
    }
    program_.orders.push_back(std::move(made));
  }
  for (OrderProgram& order : program_.orders) position(order);
  for (CellProgram& c : program_.cells) c.followed = c.room_matters || c.reviewed;
}

/// Stock + in transit + ordered and not yet shipped - backlog (docs/model.md, section 8).
void NetworkCompiler::position(OrderProgram& order) const {
  const CellId cell = order.destination;
  order.position.push_back({cell, 1});
  for (const RouteProgram& route : program_.routes)
    for (const CargoProgram& cargo : route.cargo)
      if (cargo.destination == cell) order.position.push_back({cargo.in_transit, 1});
  for (const OrderProgram& other : program_.orders) {
    const CargoProgram& cargo = program_.routes[other.route].cargo[0];
    const std::int64_t sign = (cargo.destination == cell ? 1 : 0) - (cargo.origin == cell ? 1 : 0);
    if (sign == 0) continue;
    order.position.push_back({other.ordered, sign});
    order.position.push_back({cargo.shipped, -sign});
  }
  for (const DemandProgram& demand : program_.demands)
    if (demand.cells.front() == cell && demand.owed != kNone) order.position.push_back({demand.owed, -1});
}

}  // namespace materiel::model
