// Orders of routes: what they reckon the inventory position from, and what makes them look at it.

#include <materiel/scenario/spec.h>

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
    program_.orders.push_back(made);
  }
  positions();
  for (CellProgram& c : program_.cells) c.followed = c.room_matters || c.reviewed;
}

/// Stock + in transit + ordered and not yet shipped - backlog (docs/model.md, section 8), once for each cell.
void NetworkCompiler::positions() {
  std::vector<std::uint32_t> account(program_.cells.size(), kNone);
  for (OrderProgram& order : program_.orders) {
    if (account[order.destination] == kNone) {
      account[order.destination] = static_cast<std::uint32_t>(program_.positions.size());
      program_.positions.push_back({{order.destination, 1}});
    }
    order.position = account[order.destination];
  }
  const auto enter = [&](CellId cell, SignedCount count) {
    if (account[cell] != kNone) program_.positions[account[cell]].push_back(count);
  };
  for (const RouteProgram& route : program_.routes)
    for (const CargoProgram& cargo : route.cargo) enter(cargo.destination, {cargo.in_transit, 1});
  for (const OrderProgram& order : program_.orders) {
    const CargoProgram& cargo = program_.routes[order.route].cargo[0];
    enter(cargo.destination, {order.ordered, 1});
    enter(cargo.destination, {cargo.shipped, -1});
    enter(cargo.origin, {order.ordered, -1});
    enter(cargo.origin, {cargo.shipped, 1});
  }
  for (const DemandProgram& demand : program_.demands)
    if (demand.owed != kNone) enter(demand.cells.front(), {demand.owed, -1});
}

}  // namespace materiel::model
