// Lots that can never be there: more units than the site can hold, or than are ever ordered.

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <materiel/base/units.h>

#include "model/check_traps.h"

namespace materiel::model {

double TrapSearch::most_held(const std::vector<CellId>& cells, double reserve) const {
  double sum = 0;
  for (const CellId c : cells) sum += std::max(certain.limit(program.cells[c].capacity) - reserve, 0.0);
  const double together = certain.limit(program.sites[program.cells[cells.front()].site].total_capacity);
  return std::min(sum, std::max(together - reserve, 0.0));
}

namespace {

/// Warns if `units` are more than the cells can hold.
void hold_against(const TrapSearch& search, const std::vector<CellId>& cells, const Draw& units, double reserve,
                  const std::string& what, const std::string& consequence) {
  if (!units.present()) return;
  const std::optional<double> asked = search.certain.number(units.value);
  const double most = search.most_held(cells, reserve);
  if (!asked || *asked <= most) return;
  const std::string above = reserve > 0 ? fmt::format(" above the reserve of {}", reserve) : std::string{};
  search.warn(search.program.values[units.value].where,
              fmt::format("{} ({}) is more than {} can hold{}, {}: {}", what, *asked, search.site_of(cells.front()),
                          above, most, consequence),
              {fmt::format("lower it to {} or less, or raise the `capacity` of the site", most)});
}

void check_route_minimum(const TrapSearch& search, const RouteProgram& route) {
  if (!route.minimum.present() || route.max_wait.present()) return;
  std::vector<CellId> origins;
  for (const CargoProgram& cargo : route.cargo) origins.push_back(cargo.origin);
  const double reserve = search.certain.number_or(route.reserve, 0).value_or(0);
  hold_against(search, origins, route.minimum, reserve, route.name + ": minimum", "no trip can leave");
  if (route.order == kNone) return;
  const OrderProgram& order = search.program.orders[route.order];
  const std::optional<double> minimum = search.certain.number(route.minimum.value);
  if (!order.up_to.present() || !minimum || search.users.owes[order.destination])
    return;  // where something is owed, an order may be for more
  const double up_to = search.certain.limit(order.up_to);
  if (*minimum <= up_to) return;
  search.warn(search.program.values[route.minimum.value].where,
              fmt::format("{}: minimum ({}) is more than its order is ever for (up_to is {}): no trip can leave",
                          route.name, *minimum, up_to),
              {fmt::format("lower it to {} or less, raise `up_to`, or add `max_wait`", up_to)});
}

void check_batch(const TrapSearch& search, const ProductionProgram& production) {
  const auto total = search.certain.number_or(production.total, static_cast<double>(kLargestQuantity));
  const auto batch = search.certain.number_or(production.batch, 1);
  if (!total || !batch) return;
  const double units = std::min(*total, *batch);  // the last batch is cut to what is left
  if (units == *batch)
    hold_against(search, {production.output}, production.batch, 0, production.name + ": batch",
                 "no batch can be completed");
  for (const InputProgram& input : production.inputs) {
    const std::optional<double> per_unit = search.certain.number(input.per_unit.value);
    const double most = search.most_held({input.cell}, 0);
    if (!per_unit || *per_unit * units <= most) continue;
    search.warn(search.program.values[input.per_unit.value].where,
                fmt::format("{}: a batch uses {} {}, more than {} can hold, {}: no batch can begin", production.name,
                            *per_unit * units, search.item_of(input.cell), search.site_of(input.cell), most),
                {"lower `batch`, or raise the `capacity` of the site"});
  }
}

}  // namespace

void check_unreachable_lots(const TrapSearch& search) {
  for (const RouteProgram& route : search.program.routes) check_route_minimum(search, route);
  for (const ProductionProgram& production : search.program.productions) check_batch(search, production);
  for (const DemandProgram& demand : search.program.demands) {
    const double reserve = search.certain.number_or(demand.reserve, 0).value_or(0);
    hold_against(search, demand.cells, demand.needs, reserve, demand.name + ": needs", "it never takes anything");
    if (demand.whole && demand.tempo.empty())
      hold_against(search, demand.cells, demand.size, reserve, demand.name + ": size", "no demand is ever met");
  }
}

}  // namespace materiel::model
