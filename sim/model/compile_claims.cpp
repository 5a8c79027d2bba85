// Who may wait for units, and who competes with whom for them (docs/model.md, section 4).

#include <algorithm>
#include <limits>
#include <map>
#include <set>

#include "model/by_name.h"
#include "model/compile_network.h"

namespace materiel::model {

void NetworkCompiler::claimants() {
  Program& p = program_;
  p.routes_by_name = by_name(p.routes);
  p.exchanges_by_name = by_name(p.exchanges);
  for (std::uint32_t turn = 0; turn < p.routes.size(); ++turn) p.routes[p.routes_by_name[turn]].turn = turn;
  for (std::uint32_t turn = 0; turn < p.exchanges.size(); ++turn) p.exchanges[p.exchanges_by_name[turn]].turn = turn;
  const auto add = [&](ClaimantProgram::Kind kind, std::uint32_t index, std::int64_t priority) {
    p.claimants.push_back({kind, index, priority});
    return static_cast<ClaimantId>(p.claimants.size() - 1);
  };
  for (const std::uint32_t i : by_name(p.productions))
    if (!p.productions[i].inputs.empty())
      p.productions[i].claimant = add(ClaimantProgram::Kind::production, i, p.productions[i].priority);
  for (const std::uint32_t i : p.routes_by_name)
    p.routes[i].claimant = add(ClaimantProgram::Kind::route, i, p.routes[i].priority);
  for (const std::uint32_t i : by_name(p.demands))
    if (p.demands[i].in_line) p.demands[i].claimant = add(ClaimantProgram::Kind::demand, i, p.demands[i].priority);
}

/// Routes that push from one site with one priority share what is there by their tags, which say nothing where no two
/// of them carry the same item.
void NetworkCompiler::races() {
  std::map<std::pair<std::uint32_t, std::int64_t>, std::vector<std::uint32_t>> pushing;
  for (const std::uint32_t i : program_.routes_by_name) {
    const RouteProgram& route = program_.routes[i];
    if (route.order == kNone) pushing[{program_.cells[route.cargo[0].origin].site, route.priority}].push_back(i);
  }
  for (auto& [at, routes] : pushing) {
    if (!share_an_item(routes)) continue;
    for (const std::uint32_t i : routes) program_.routes[i].race = static_cast<std::uint32_t>(program_.races.size());
    program_.races.push_back(std::move(routes));
  }
}

bool NetworkCompiler::share_an_item(const std::vector<std::uint32_t>& routes) const {
  std::set<CellId> cells;
  for (const std::uint32_t i : routes)
    for (const CargoProgram& cargo : program_.routes[i].cargo)
      if (!cells.insert(cargo.origin).second) return true;
  return false;
}

/// Which productions must wait for their turn with others. One that need not takes its inputs as soon as it turns to a
/// batch: nobody could have come before it.
void NetworkCompiler::contests() {
  const auto& lists = dependents_;
  std::vector<std::uint32_t> routes(program_.cells.size());
  for (const RouteProgram& route : program_.routes)
    for (const CargoProgram& cargo : route.cargo) ++routes[cargo.origin];
  for (RouteProgram& route : program_.routes)
    route.alone = std::all_of(route.cargo.begin(), route.cargo.end(), [&](const CargoProgram& cargo) {
      return routes[cargo.origin] == 1 && lists.productions_using[cargo.origin].empty() &&
             lists.demands_on[cargo.origin].empty();
    });
  std::vector<std::int64_t> first_push(program_.cells.size(), std::numeric_limits<std::int64_t>::max());
  for (const RouteProgram& route : program_.routes)
    if (route.order == kNone)
      for (const CargoProgram& cargo : route.cargo)
        first_push[cargo.origin] = std::min(first_push[cargo.origin], route.priority);
  for (ProductionProgram& p : program_.productions) {
    bool pushed = false;  // some route that pushes comes first
    p.limited = program_.cells[p.output].room_matters;
    for (InputProgram& input : p.inputs) {
      const CellId cell = input.cell;
      input.contested = first_push[cell] < p.priority || lists.productions_using[cell].size() > 1 ||
                        !lists.demands_on[cell].empty() || !lists.orders_from[cell].empty() ||
                        program_.cells[cell].room_matters;
      pushed |= first_push[cell] < p.priority;
      p.contested |= input.contested;
    }
    p.settles = !p.slope.present() && !pushed && !program_.cells[p.output].followed &&
                std::none_of(p.inputs.begin(), p.inputs.end(),
                             [&](const InputProgram& input) { return program_.cells[input.cell].missed; });
  }
}

}  // namespace materiel::model
