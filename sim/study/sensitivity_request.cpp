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

/// Settings in the form "--method sobol -n 64 --second-order".
class SettingWords {
 public:
  void add(const std::string& name, const std::string& value = {}) {
    text_ += text_.empty() ? "" : " ";
    text_ += name.size() == 1 ? "-" : "--";
    text_ += value.empty() ? name : name + " " + value;
  }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
};

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

std::string describe_analysis(const SensitivityRequest& request, const std::vector<std::string>& outcomes) {
  SettingWords words;
  const auto* sobol = std::get_if<SobolMethod>(&request.method);
  words.add("method", sobol ? "sobol" : "morris");
  words.add("n", std::to_string(parts_of(request)));
  if (!sobol) words.add("levels", std::to_string(std::get<MorrisMethod>(request.method).levels));
  if (sobol && sobol->second_order) words.add("second-order");
  if (request.group_by_source) words.add("groups", "source");
  for (const ParameterGroup& group : request.groups)
    words.add("group", fmt::format("{}={}", group.name, fmt::join(group.parameters, ",")));
  for (const std::string& outcome : outcomes) words.add("outcome", outcome);
  if (request.milestones == experiment::MilestoneMeasure::reached) words.add("milestones", "reached");
  if (request.keep_runs) words.add("keep-runs");
  return words.text();
}

}  // namespace materiel::study
