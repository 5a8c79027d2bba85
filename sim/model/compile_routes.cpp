// Routes of the network.

#include <materiel/scenario/spec.h>

#include "model/compile_network.h"

namespace materiel::model {

using scenario::MetricKind;

void NetworkCompiler::routes() {
  for (std::uint32_t i = 0; i < spec_.routes.size(); ++i) {
    const scenario::Route& route = spec_.routes[i];
    RouteProgram made = route_values(route, "route." + route.name);
    cargo(route, i, made);
    // One that leaves by timetable alone looks at what there is when it leaves.
    for (const CargoProgram& c : made.cargo) {
      if (!made.scheduled || made.max_wait.present()) dependents_.routes_from[c.origin].push_back(i);
      if (made.max_wait.present()) dependents_.routes_waiting[c.origin].push_back(i);
      if (route.order.present()) dependents_.orders_from[c.origin].push_back(i);
    }
    program_.largest_cargo = std::max(program_.largest_cargo, static_cast<std::uint32_t>(made.cargo.size()));
    program_.routes.push_back(std::move(made));
  }
}

RouteProgram NetworkCompiler::route_values(const scenario::Route& route, const std::string& owner) {
  RouteProgram made{.name = owner};
  made.vehicles = values_.draw(route.vehicles, ValueRole::count, owner, "vehicles");
  made.capacity = values_.draw(route.capacity, ValueRole::count, owner, "capacity");
  made.minimum = values_.draw(route.minimum, ValueRole::count, owner, "minimum");
  made.max_wait = values_.draw(route.max_wait, ValueRole::duration, owner, "max_wait");
  made.transit = values_.draw(route.transit, ValueRole::duration, owner, "transit");
  made.return_time = values_.draw(route.return_time, ValueRole::duration, owner, "return");
  made.loss = values_.draw(route.loss, ValueRole::share, owner, "loss");
  made.attrition = values_.draw(route.attrition, ValueRole::share, owner, "attrition");
  made.reserve = values_.draw(route.reserve, ValueRole::quantity, owner, "reserve");
  made.departs_every = values_.draw(route.departs.every, ValueRole::interval, owner, "departs.every");
  made.departs_first = values_.draw(route.departs.first, ValueRole::time, owner, "departs.first");
  made.share = values_.draw(route.share, ValueRole::positive, owner, "share");
  made.priority = route.priority;
  made.scheduled = route.departs.present();
  made.loses_vehicle = route.loses_vehicle;
  if (made.loss.present()) made.lost_whole = values_.stream(owner, "lost");
  if (made.attrition.present()) made.lost_units = values_.stream(owner, "lost units");
  for (std::size_t i = 0; i < route.closed.size(); ++i) {
    const scenario::Closure& closure = route.closed[i];
    const std::string number = std::to_string(i);
    ClosureProgram window{.yearly = closure.yearly_from.has_value()};
    if (window.yearly) {
      window.yearly_from = *closure.yearly_from;
      window.yearly_to = *closure.yearly_to;
    } else {
      window.from = values_.draw(closure.from, ValueRole::time, owner, "closed.from." + number);
      window.to = values_.draw(closure.to, ValueRole::time, owner, "closed.to." + number);
    }
    made.closed.push_back(window);
  }
  return made;
}

void NetworkCompiler::cargo(const scenario::Route& route, std::uint32_t index, RouteProgram& made) {
  const std::uint32_t from = sites_.find(route.from.text)->second;
  made.destination_site = sites_.find(route.to.text)->second;
  const auto counters = [&](std::int32_t item, CargoProgram& c) {
    c.in_transit = counter(MetricKind::in_transit, scenario::OwnerKind::route, index, item);
    c.shipped = counter(MetricKind::shipped, scenario::OwnerKind::route, index, item);
    c.arrived = counter(MetricKind::arrived, scenario::OwnerKind::route, index, item);
    c.lost = counter(MetricKind::lost, scenario::OwnerKind::route, index, item);
  };
  const bool several = route.items.size() > 1;
  if (several) counters(kTotal, made.total);
  for (const scenario::Text& item : route.items) {
    CargoProgram c{.origin = cell(from, item.text), .destination = cell(made.destination_site, item.text)};
    counters(several ? static_cast<std::int32_t>(items_.find(item.text)->second) : kTotal, c);
    made.cargo.push_back(c);
  }
}

}  // namespace materiel::model
