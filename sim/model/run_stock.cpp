// Who must look when a stock has changed.

#include "model/run.h"

namespace materiel::model {

/// Tells everybody whom a changed stock concerns, but for milestones.
void Run::wake(CellId cell, std::int64_t change) {
  const Dependents<IndexLists>& lists = program_.dependents;
  for (const std::uint32_t r : change > 0 ? lists.routes_from[cell] : lists.routes_waiting[cell]) touch_route(r);
  if (change > 0) {
    // A production that competes with no one need not wait for a round of service.
    for (const std::uint32_t p : lists.productions_using[cell])
      if (state_.productions[p].starved)
        program_.productions[p].contested ? consider(program_.productions[p].claimant)
                                          : wake_slot(program_.productions[p].slot);
    for (const std::uint32_t d : lists.demands_on[cell])
      if (state_.counts[program_.demands[d].owed] > 0) consider(program_.demands[d].claimant);
  }
  if (program_.cells[cell].followed) wake_followers(cell, change);
}

/// Those who follow a stock only where the scenario has a capacity or an order.
void Run::wake_followers(CellId cell, std::int64_t change) {
  const CellProgram& c = program_.cells[cell];
  if (c.room_matters) wake_for_room(c.site, change);
  if (c.reviewed) wake_orders(cell);
}

/// Tells everybody who waits for room at a site, or may have lost it.
void Run::wake_for_room(std::uint32_t site, std::int64_t change) {
  for (const CellId cell : program_.sites[site].cells)
    for (const std::uint32_t p : program_.dependents.productions_into[cell]) touch_production_room(p);
  if (change < 0 && !state_.quays[site].empty()) wake_slot(program_.sites[site].unload_slot);
}

/// The inventory position of a cell may have changed.
void Run::wake_orders(CellId cell) {
  for (const std::uint32_t order : program_.dependents.orders_of[cell]) wake_slot(program_.orders[order].slot);
}

/// Units from outside the cell, which fit, are put into stock and may earn units of an exchange.
void Run::deliver(CellId cell, std::int64_t units, std::string_view what) {
  change_stock(cell, units, what);
  if (program_.cells[cell].earns) earn(cell, units);
}

}  // namespace materiel::model
