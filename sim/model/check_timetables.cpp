// Departures and observations in step: a stock that is observed just after it was taken away, and never otherwise.

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "model/check_traps.h"

namespace materiel::model {

double expected_events(const Program& program, const Resolved& resolved, const PatternProgram& pattern) {
  if (pattern.curve != kNone) return program.curves[pattern.curve].random ? 0 : resolved.curve(pattern.curve).total();
  if (!pattern.step.present()) return 0;
  const random::Distribution* every = resolved.distribution(pattern.step.value);
  const double interval = every ? every->mean() : resolved.middle(pattern.step.value);
  return program.horizon / interval;
}

namespace {

bool is_whole_number(double x) {
  constexpr double kClose = 1e-9;
  return std::abs(x - std::round(x)) < kClose * std::max(1.0, std::abs(x));
}

/// Units a day that come into a cell, at the medians; infinite where that doesn't follow from its own numbers.
double daily_inflow(const TrapSearch& search, CellId cell) {
  constexpr double kUnknown = std::numeric_limits<double>::infinity();
  const Program& program = search.program;
  if (!search.users.routes_to[cell].empty() || !search.users.exchanges_into[cell].empty()) return kUnknown;
  double units = 0;
  for (const std::uint32_t i : search.users.supplies_into[cell]) {
    const SupplyProgram& supply = program.supplies[i];
    const double events = expected_events(program, search.resolved, supply.pattern);
    if (events <= 0) return kUnknown;
    units += events * (supply.quantity.present() ? search.resolved.middle(supply.quantity.value) : 1);
  }
  for (const std::uint32_t i : search.users.productions_into[cell]) {
    const ProductionProgram& production = program.productions[i];
    if (program.curves[production.curve].random) return kUnknown;
    units += search.resolved.curve(production.curve).total();
  }
  return units / program.horizon;
}

/// Whether all that comes into a cell comes at departures: then no stock waits for one, and none goes unseen.
bool comes_in_step(const TrapSearch& search, CellId cell, double every, double first) {
  const auto other_moments = [&](std::uint32_t i) {
    const SupplyProgram& supply = search.program.supplies[i];
    if (supply.pattern.curve != kNone || !supply.pattern.step.present()) return true;
    const auto interval = search.certain.number(supply.pattern.step.value);
    const auto begins = search.certain.number_or(supply.span.begins, 0);
    return !interval || !begins || supply.span.after != kNone || !is_whole_number(*interval / every) ||
           !is_whole_number((*begins - first) / every);
  };
  const auto supplies = search.users.supplies_into[cell];
  return daily_inflow(search, cell) < std::numeric_limits<double>::infinity() &&
         std::none_of(supplies.begin(), supplies.end(), other_moments) && search.users.productions_into[cell].empty();
}

/// Whether a departure takes all that has come since the one before, as far as the numbers show.
bool empties_origin(const TrapSearch& search, const RouteProgram& route, double interval) {
  constexpr double kMargin = 1.25;  // over the mean inflow: less leaves a stock to be seen now and then
  if (route.order != kNone || route.reserve.present()) return false;
  if (!route.capacity.present()) return true;
  double inflow = 0;
  for (const CargoProgram& cargo : route.cargo) inflow += daily_inflow(search, cargo.origin) * interval;
  return search.resolved.middle(route.capacity.value) >= kMargin * inflow;
}

}  // namespace

void check_timetables(const TrapSearch& search) {
  const double observed = search.spec.observe_every;
  for (std::size_t i = 0; i < search.program.routes.size(); ++i) {
    const RouteProgram& route = search.program.routes[i];
    if (!route.scheduled || observed * 2 > search.program.horizon) continue;
    const std::optional<double> every = search.certain.number(route.departs_every.value);
    const std::optional<double> first = every ? search.certain.number_or(route.departs_first, *every) : std::nullopt;
    if (!first || *first > observed || !is_whole_number(observed / *every) || !is_whole_number(*first / *every))
      continue;
    if (!empties_origin(search, route, *every)) continue;
    std::vector<std::string> stocks;
    for (const CargoProgram& cargo : route.cargo)
      if (!comes_in_step(search, cargo.origin, *every, *first))
        stocks.push_back("stock." + search.site_of(cargo.origin).substr(5) + "." + search.item_of(cargo.origin));
    if (stocks.empty()) continue;
    search.warn(search.spec.routes[i].departs.every.where,
                fmt::format("{} departs at every observation: {} is only ever observed just after a departure, when "
                            "{} been taken",
                            route.name, fmt::join(stocks, ", "), stocks.size() > 1 ? "they have" : "it has"),
                {fmt::format("let it depart between observations, such as `first = {}`, or change `every` in [observe]",
                             *every / 2)});
  }
}

}  // namespace materiel::model
