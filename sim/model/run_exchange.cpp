// Exchange: deliveries of one item earn units of another, which come after a lead time.

#include <fmt/format.h>

#include <materiel/base/units.h>

#include "model/run.h"

namespace materiel::model {

void Run::begin_exchange(std::uint32_t index) {
  const ExchangeProgram& p = program_.exchanges[index];
  ExchangeState& s = state_.exchanges[index];
  s = {};
  s.per = draw(p.earned_by);
  s.gives = draw(p.gives);
  if (!(s.per > 0 && s.gives > 0))
    fail(fmt::format("{}: the quantities of an exchange must be more than 0, not {} for {}", p.name, s.gives, s.per));
}

/// Units have been delivered to a cell: whole units earned are due after the lead time, fractions are carried.
void Run::earn(CellId cell, std::int64_t units) {
  for (const std::uint32_t index : program_.dependents.exchanges_for[cell]) {
    const ExchangeProgram& p = program_.exchanges[index];
    ExchangeState& s = state_.exchanges[index];
    s.delivered += units;
    const double earned = std::floor(static_cast<double>(s.delivered) * s.gives / s.per);
    if (!(earned <= static_cast<double>(kLargestQuantity))) {
      fail(fmt::format("{}: it would owe {} units: at most 2^53 can be counted", p.name, earned));
      return;
    }
    const std::int64_t due = static_cast<std::int64_t>(earned) - s.earned;
    if (due == 0) continue;
    s.earned += due;
    tell(p.name, "owes", due, p.cell);
    const auto routes = static_cast<engine::Priority>(program_.routes.size());
    const double lead_time = p.lead_time.present() ? draw_days(p.lead_time, p.name) : 0;
    trips_.schedule(now_ + lead_time, 2 * routes + p.turn, static_cast<std::uint64_t>(due));
  }
}

void Run::exchange_event(std::uint32_t index, std::int64_t units) {
  const ExchangeProgram& p = program_.exchanges[index];
  count(p.exchanged, units);
  unload_before(program_.cells[p.cell].site);
  const std::int64_t fits = std::min(units, room(p.cell));
  if (fits < units) {
    count(p.turned_away, units - fits);
    tell(p.name, "lost", units - fits, p.cell);
  }
  if (fits > 0) change_stock(p.cell, fits, "exchanged");
}

}  // namespace materiel::model
