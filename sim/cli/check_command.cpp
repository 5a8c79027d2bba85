#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <materiel/model/replicator.h>
#include <materiel/report/json_text.h>
#include <materiel/report/text.h>

#include "cli/alternative_inputs.h"
#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/scenario_input.h"

namespace materiel::cli {
namespace {

/// "1 item, 3 sites, ..." of what there is.
std::string inventory(const scenario::Spec& spec, const model::Model& model) {
  std::vector<std::string> parts;
  const auto add = [&](std::size_t count, std::string_view one, std::string_view many) {
    if (count > 0) parts.push_back(fmt::format("{} {}", count, count == 1 ? one : many));
  };
  add(spec.items.size(), "item", "items");
  add(spec.sites.size(), "site", "sites");
  add(spec.supplies.size(), "supply", "supplies");
  add(spec.productions.size(), "production", "productions");
  add(spec.routes.size(), "route", "routes");
  add(spec.demands.size(), "demand", "demands");
  add(spec.exchanges.size(), "exchange", "exchanges");
  add(spec.disruptions.size(), "disruption", "disruptions");
  add(spec.milestones.size(), "milestone", "milestones");
  add(spec.outcomes.size(), "outcome", "outcomes");
  add(spec.alternatives.size(), "alternative", "alternatives");
  add(spec.parameters.size(), "parameter", "parameters");
  const auto uncertain = std::count_if(model.parameters().begin(), model.parameters().end(),
                                       [](const model::ParameterInfo& p) { return p.is_uncertain; });
  if (uncertain > 0) parts.back() += fmt::format(" ({} uncertain)", uncertain);
  return fmt::format("{}", fmt::join(parts, ", "));
}

/// One replication, to see whether it can be run.
model::ReplicationReport try_once(const std::shared_ptr<const model::Model>& model) {
  constexpr std::uint64_t kPatience = 20'000'000;  // events: a few seconds
  model::Replicator replicator(model, {kPatience});
  replicator.set_sample(kDefaultSeed, 0);
  std::vector<double> outcomes(model->outcomes().size());
  return replicator.run(0, {}, outcomes);
}

}  // namespace

int check_command(const CheckOptions& options, Console& console) {
  const std::optional<ScenarioInput> input = read_scenario(options.scenario, options.overrides, console);
  if (!input) return kUsage;
  if (options.json) {
    console.print(report::diagnostics_text(input->diagnostics));
  } else {
    console.show(input->diagnostics, input->source);
  }
  if (!input->model) return kInvalidScenario;
  int exit_code = kDone;
  const auto inputs = read_alternatives(options.scenario, options.overrides, {"all"}, console, exit_code);
  if (!inputs) return exit_code;
  model::ReplicationReport trial;
  for (const AlternativeInput& one : *inputs) {
    const model::ReplicationReport report = try_once(one.input.model);
    if (!report.ok) {
      console.error(fmt::format("a trial replication of {} failed on day {:.6g}: {}", one.name, report.failed_at,
                                report.failure));
      return kRunsFailed;
    }
    if (one.name == kBase) trial = report;
  }
  if (!options.json) {
    console.print(fmt::format("ok: {}; one replication takes about {} events\n", inventory(*input->spec, *input->model),
                              report::with_thousands(std::to_string(trial.events))));
  }
  return kDone;
}

}  // namespace materiel::cli
