#include "study/sensitivity_request.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace materiel::study {
namespace {

constexpr std::uint64_t kMostLevels = 1000;

std::string method_mistake(const SobolMethod& method) {
  return method.blocks < 2 ? "Sobol' indices need two blocks or more" : std::string();
}

std::string method_mistake(const MorrisMethod& method) {
  if (method.trajectories < 2) return "a screening needs two trajectories or more";
  if (method.levels == 0 || method.levels % 2 != 0 || method.levels > kMostLevels)
    return fmt::format("a screening has an even number of levels, at most {}, not {}", kMostLevels, method.levels);
  return {};
}

std::string groups_mistake(const SensitivityRequest& request) {
  if (request.group_by_source && !request.groups.empty())
    return "parameters are grouped by their sources or by name, not both";
  for (const ParameterGroup& group : request.groups)
    if (group.name.empty() || group.parameters.empty()) return "a group has a name and parameters";
  return {};
}

}  // namespace

std::string sensitivity_mistake(const SensitivityRequest& request, const RunResources& resources) {
  if (request.scenario.variants.size() != 1 || !request.scenario.first().model || !request.scenario.first().spec)
    return "a sensitivity analysis is of one scenario that has been compiled, in one alternative";
  if (request.store.directory.given.empty()) return "a sensitivity analysis needs a store";
  if (resources.ranks) return "a sensitivity analysis is run by one process";
  std::string mistake = std::visit([](const auto& method) { return method_mistake(method); }, request.method);
  return mistake.empty() ? groups_mistake(request) : mistake;
}

std::uint64_t parts_of(const SensitivityRequest& request) {
  if (const auto* sobol = std::get_if<SobolMethod>(&request.method)) return sobol->blocks;
  return std::get<MorrisMethod>(request.method).trajectories;
}

store::AnalysisIdentity identity_of(const SensitivityRequest& request, const std::vector<std::string>& outcomes) {
  store::AnalysisIdentity identity{.kind = store::AnalysisIdentity::Kind::sensitivity};
  if (const auto* sobol = std::get_if<SobolMethod>(&request.method)) {
    identity.set("method", "sobol");
    identity.set("blocks", std::to_string(sobol->blocks));
    if (sobol->second_order) identity.set("second_order", "yes");
  } else {
    const auto& morris = std::get<MorrisMethod>(request.method);
    identity.set("method", "morris");
    identity.set("trajectories", std::to_string(morris.trajectories));
    identity.set("levels", std::to_string(morris.levels));
  }
  if (request.group_by_source) identity.set("groups", "source");
  std::vector<std::string> groups;
  for (const ParameterGroup& group : request.groups)
    groups.push_back(fmt::format("{}={}", group.name, fmt::join(group.parameters, ",")));
  if (!groups.empty()) identity.set_list("groups", groups);
  identity.set_list("outcomes", outcomes);
  if (request.milestones == experiment::MilestoneMeasure::reached) identity.set("milestones", "reached");
  if (request.keep_runs) identity.set("runs", "kept");
  return identity;
}

}  // namespace materiel::study
