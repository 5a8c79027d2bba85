#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include <materiel/model/replicator.h>
#include <materiel/store/study_tables.h>
#include <materiel/study/estimate.h>

namespace materiel::study {

CostEstimate estimate(const EstimateRequest& request) {
  using Clock = std::chrono::steady_clock;
  const experiment::StudyPlan& plan = request.plan;
  model::Replicator replicator(request.model, plan.limits);
  std::vector<double> observations(request.model->observation_days().size() * request.model->metrics().size());
  std::vector<double> outcomes(request.model->outcomes().size());
  std::string rows;
  CostEstimate cost;
  double seconds = 0, events = 0;
  const Clock::time_point started = Clock::now();
  for (std::uint64_t i = 0; i < std::min(request.most_runs, plan.runs()) && seconds < request.most_seconds; ++i) {
    const auto sample = static_cast<std::uint32_t>(i / plan.replications);
    const auto replication = static_cast<std::uint32_t>(i % plan.replications);
    replicator.set_sample(plan.seed, sample);
    const model::ReplicationReport report = replicator.run(replication, observations, outcomes);
    store::append_run_row({}, {i, sample, replication, report, replicator.parameters(), outcomes}, rows);
    ++cost.timed;
    cost.failed += report.ok ? 0U : 1U;
    events += static_cast<double>(report.events);
    seconds = std::chrono::duration<double>(Clock::now() - started).count();
  }
  const auto timed = static_cast<double>(std::max<std::uint64_t>(cost.timed, 1));
  cost.runs = plan.runs() * request.studies;
  const auto runs = static_cast<double>(cost.runs);
  cost.seconds_per_run = seconds / timed;
  cost.events_per_run = events / timed;
  cost.seconds = cost.seconds_per_run * runs / request.threads;
  cost.events = cost.events_per_run * runs;
  cost.row_bytes = static_cast<double>(rows.size()) / timed * runs;
  return cost;
}

}  // namespace materiel::study
