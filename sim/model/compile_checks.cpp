#include "model/compile_checks.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "model/cell_users.h"
#include "model/certain_values.h"
#include "model/check_traps.h"

namespace materiel::model {
namespace {

constexpr double kMostEvents = 1e9;  ///< that one process may be expected to take in a replication

class Checker {
 public:
  Checker(const scenario::Spec& spec, const Program& program, Diagnostics& diagnostics)
      : spec_(spec), program_(program), diagnostics_(diagnostics), resolved_(program) {}

  void check() {
    for (const Impossible& wrong : resolved_.constant_failures()) error(wrong.what, wrong.where, {});
    if (!resolved_.constant_failures().empty()) return;
    if (const auto wrong = resolved_.set_quantile(0.5)) {
      error(wrong->what, wrong->where, {"found with every uncertain parameter at its median"});
      return;
    }
    for (std::size_t i = 0; i < program_.supplies.size(); ++i) supply(program_.supplies[i], spec_.supplies[i].where);
    for (std::size_t i = 0; i < program_.productions.size(); ++i)
      production(program_.productions[i], spec_.productions[i].where);
    for (std::size_t i = 0; i < program_.demands.size(); ++i)
      work(program_.demands[i].name, pattern(program_.demands[i].pattern), spec_.demands[i].where);
    for (std::size_t i = 0; i < program_.routes.size(); ++i) route(program_.routes[i], spec_.routes[i]);
    traps();
  }

 private:
  void error(std::string message, Location where, std::vector<std::string> notes) {
    diagnostics_.push_back(
        {.file = spec_.file, .where = where, .message = std::move(message), .notes = std::move(notes)});
  }

  void work(const std::string& owner, double events, Location where) {
    if (events <= kMostEvents) return;
    error(fmt::format("{} would take about {:.3g} events in a replication: at most {:g} can be simulated", owner,
                      events, kMostEvents),
          where, {"count in larger units, or take a lower rate or a longer interval"});
  }

  double middle_or(const Draw& d, double absent) const { return d.present() ? resolved_.middle(d.value) : absent; }

  double pattern(const PatternProgram& p) const { return expected_events(program_, resolved_, p); }

  void traps() {
    const CertainValues certain(program_, resolved_);
    const CellUsers users(program_);
    const TrapSearch search{spec_, program_, resolved_, certain, users, diagnostics_};
    check_opening_stock(search);
    check_unreachable_lots(search);
    check_rival_routes(search);
    check_timetables(search);
    check_milestones(search);
  }

  void supply(const SupplyProgram& p, Location where) {
    const double events = std::min(pattern(p.pattern), middle_or(p.total, kLargestIntegral));
    work(p.name, p.schedule.empty() ? events : 0, where);
  }

  void production(const ProductionProgram& p, Location where) {
    if (!p.inputs.empty() || program_.curves[p.curve].random) return;  // its inputs bound it
    const double units = std::min(resolved_.curve(p.curve).total(), middle_or(p.total, kLargestIntegral));
    work(p.name, units / middle_or(p.batch, 1), where);
  }

  void route(const RouteProgram& p, const scenario::Route& written) {
    if (p.scheduled) work(p.name, pattern({.step = p.departs_every}), written.where);
    const double minimum = middle_or(p.minimum, 1), capacity = middle_or(p.capacity, 1e300);
    if (minimum > capacity)
      error(fmt::format("{}: minimum ({}) is more than capacity ({}): no trip could leave", p.name, minimum, capacity),
            written.minimum.where, {});
    trips_at_start(p, written);
  }

  /// A trip for each load that is there at the start, if there are vehicles for them.
  void trips_at_start(const RouteProgram& p, const scenario::Route& written) {
    if (p.scheduled || !p.capacity.present()) return;
    double load = 0;
    for (const CargoProgram& cargo : p.cargo)
      load += std::max(middle_or(program_.cells[cargo.origin].initial, 0) - middle_or(p.reserve, 0), 0.0);
    if (p.order != kNone) {
      const OrderProgram& order = program_.orders[p.order];
      load =
          std::min(load, std::max(middle_or(order.up_to, 0), middle_or(order.point, 0) + middle_or(order.quantity, 0)));
    }
    const double trips = std::min(load / middle_or(p.capacity, 1), middle_or(p.vehicles, 1e300));
    const auto most = static_cast<double>(program_.most_trips());
    if (trips > most)
      error(fmt::format("{}: {:.3g} trips would leave at the start: at most {} can be under way at once", p.name, trips,
                        most),
            written.capacity.where, {"raise `capacity`, lower `vehicles`, or count in larger units"});
  }

  const scenario::Spec& spec_;
  const Program& program_;
  Diagnostics& diagnostics_;
  Resolved resolved_;
};

}  // namespace

void check_program(const scenario::Spec& spec, const Program& program, Diagnostics& diagnostics) {
  Checker(spec, program, diagnostics).check();
}

}  // namespace materiel::model
