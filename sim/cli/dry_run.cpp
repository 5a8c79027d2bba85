#include "cli/dry_run.h"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include <materiel/base/text.h>
#include <materiel/model/replicator.h>
#include <materiel/store/study_tables.h>

#include "cli/progress_line.h"

namespace materiel::cli {
namespace {

using Clock = std::chrono::steady_clock;

/// Sums over the replications that were tried.
struct Trial {
  std::uint64_t runs = 0, failed = 0, events = 0;
  double seconds = 0;
  double row_bytes = 0;  ///< of runs.csv
};

Trial try_some(const std::shared_ptr<const model::Model>& model, const experiment::StudyPlan& plan,
               std::uint64_t most_runs, double most_seconds) {
  model::Replicator replicator(model, plan.limits);
  std::vector<double> observations(model->observation_days().size() * model->metrics().size());
  std::vector<double> outcomes(model->outcomes().size());
  std::string rows;
  Trial trial;
  const Clock::time_point started = Clock::now();
  for (std::uint64_t i = 0; i < std::min(most_runs, plan.runs()) && trial.seconds < most_seconds; ++i) {
    const auto sample = static_cast<std::uint32_t>(i / plan.replications);
    const auto replication = static_cast<std::uint32_t>(i % plan.replications);
    replicator.set_sample(plan.seed, sample);
    const model::ReplicationReport report = replicator.run(replication, observations, outcomes);
    store::append_run_row({}, {i, sample, replication, report, replicator.parameters(), outcomes}, rows);
    ++trial.runs;
    trial.failed += report.ok ? 0U : 1U;
    trial.events += report.events;
    trial.seconds = std::chrono::duration<double>(Clock::now() - started).count();
  }
  trial.row_bytes = static_cast<double>(rows.size());
  return trial;
}

std::string count_text(double count) {
  return with_thousands(fmt::format("{:.0f}", count));
}

std::string size_text(double bytes) {
  if (bytes < 1e6) return fmt::format("{:.0f} kB", std::max(1.0, bytes / 1e3));
  return bytes < 1e9 ? fmt::format("{:.1f} MB", bytes / 1e6) : fmt::format("{:.1f} GB", bytes / 1e9);
}

}  // namespace

std::string cost_estimate(const std::shared_ptr<const model::Model>& model, const experiment::StudyPlan& plan,
                          std::size_t alternatives, unsigned threads) {
  const Trial trial = try_some(model, plan, 100, 2);
  const auto tried = static_cast<double>(trial.runs), runs = static_cast<double>(plan.runs() * alternatives);
  const double events = static_cast<double>(trial.events) / tried;
  std::string text = fmt::format("one run    {:.3g} ms, {} events (mean of {})\n", 1e3 * trial.seconds / tried,
                                 count_text(events), trial.runs);
  if (trial.failed > 0) text += fmt::format("failures   {} of these {}\n", trial.failed, trial.runs);
  text += fmt::format("in all     about {} with {} thread{}; {} events; runs.csv about {}\n",
                      duration_text(trial.seconds / tried * runs / threads), threads, threads == 1 ? "" : "s",
                      count_text(events * runs), size_text(trial.row_bytes / tried * runs));
  return text;
}

double seconds_of_a_run(const std::shared_ptr<const model::Model>& model, const experiment::StudyPlan& plan) {
  const Trial trial = try_some(model, plan, 20, 0.05);
  return trial.seconds / static_cast<double>(std::max<std::uint64_t>(trial.runs, 1));
}

}  // namespace materiel::cli
