#include <fmt/format.h>

#include <materiel/store/study_directory.h>
#include <materiel/study/merge.h>
#include <materiel/version.h>

#include "study/shards.h"
#include "study/stored_scenario.h"

namespace materiel::study {
namespace {

/// The scenario as a record holds it; variants without a model have mistakes.
Scenario scenario_of(const store::StudyRecord& record) {
  Scenario scenario;
  scenario.overrides = stored_overrides(record.identity);
  for (const std::string& name : record.identity.alternatives) {
    // The record takes the settings of all alternatives from the first.
    const scenario::Checked checked =
        scenario.variants.empty() ? scenario::Checked::all_alternatives : scenario::Checked::asked;
    Variant one = stored_variant(record, name, checked);
    if (!one.model) scenario.warnings.push_back({one.diagnostics, one.source});
    scenario.variants.push_back(std::move(one));
  }
  return scenario;
}

}  // namespace

Expected<RunResult> merge(const MergeRequest& request, const RunResources& resources, const Observer& observer) {
  ShardDirectories shards;
  try {
    shards = find_shards(request.directory);
  } catch (const MergeError& error) {
    return Error{Error::Code::refused, error.what()};
  }
  const store::StudyIdentity& identity = shards.record.identity;
  if (identity.version != kVersion)
    return Error{Error::Code::invalid_request,
                 fmt::format("the shards were written by materiel {}; this is {}, whose results may differ",
                             identity.version, kVersion)};
  if (!store::holds_its_scenarios(shards.record))
    return Error{Error::Code::refused, fmt::format("{}/{} does not hold the very text of the scenario",
                                                   shards.paths.front(), store::kRecordFile)};
  RunRequest run_request;
  run_request.scenario = scenario_of(shards.record);
  if (!run_request.scenario.warnings.empty())
    return Error{
        .code = Error::Code::invalid_scenario, .what = {}, .diagnostics = std::move(run_request.scenario.warnings)};
  run_request.plan.samples = identity.samples;
  run_request.plan.replications = identity.replications;
  run_request.plan.seed = identity.seed;
  run_request.plan.limits.max_events = identity.max_events;
  if (identity.comparison)
    run_request.comparison = ComparisonRequest{identity.comparison->reference, identity.comparison->outcomes};
  run_request.store = Store{request.directory, request.if_taken};
  run_request.shards = shards.paths;
  run_request.read_stored = request.read_stored;
  run_request.caller = request.caller;
  return run(run_request, resources, observer);
}

}  // namespace materiel::study
