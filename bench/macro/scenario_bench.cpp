// How long a replication of the seed scenario takes, and a study of it with one and two threads.

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <benchmark/benchmark.h>

#include <materiel/experiment/study.h>
#include <materiel/model/model.h>
#include <materiel/model/replicator.h>

#include "seed_model.h"

namespace {

using bench::seed_model;

/// One replication, a new sample each time, weekly observation of all metrics.
void replication(benchmark::State& state) {
  const auto model = seed_model();
  materiel::model::Replicator replicator(model);
  std::vector<double> observations(model->observation_days().size() * model->metrics().size());
  std::vector<double> outcomes(model->outcomes().size());
  std::uint32_t sample = 0;
  std::uint64_t events = 0;
  for (auto _ : state) {
    replicator.set_sample(1, sample++);
    events += replicator.run(0, observations, outcomes).events;
    benchmark::DoNotOptimize(observations.data());
  }
  state.counters["events"] = benchmark::Counter(static_cast<double>(events), benchmark::Counter::kIsRate);
  state.counters["events_per_replication"] =
      benchmark::Counter(static_cast<double>(events), benchmark::Counter::kAvgIterations);
}
BENCHMARK(replication)->Unit(benchmark::kMicrosecond);

/// The same without drawing new parameters each time: what a replication of a nested study costs.
void replication_of_one_sample(benchmark::State& state) {
  const auto model = seed_model();
  materiel::model::Replicator replicator(model);
  std::vector<double> observations(model->observation_days().size() * model->metrics().size());
  std::vector<double> outcomes(model->outcomes().size());
  replicator.set_sample(1, 0);
  std::uint32_t number = 0;
  for (auto _ : state) benchmark::DoNotOptimize(replicator.run(number++, observations, outcomes).events);
}
BENCHMARK(replication_of_one_sample)->Unit(benchmark::kMicrosecond);

/// A study with everything but the files: simulation, reduction, rows formatted by nobody.
void study(benchmark::State& state) {
  const auto model = seed_model();
  const materiel::experiment::StudyPlan plan{.seed = 1, .samples = 2000};
  const std::atomic<bool> stop = false;
  for (auto _ : state) {
    const auto result = materiel::experiment::run_study(
        model, plan, {.threads = static_cast<unsigned>(state.range(0))},
        {.format_run = [](const auto&, std::string&) {},
         .format_inputs = [](const auto&, std::string&) {},
         .write = [](std::string_view, std::string_view) { return true; }},
        [](std::uint64_t) {}, stop);
    if (result.runs_failed > 0) state.SkipWithError("some runs failed");
  }
  state.counters["us_per_replication"] =
      benchmark::Counter(static_cast<double>(plan.runs()) * 1e-6,
                         benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}
BENCHMARK(study)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace

BENCHMARK_MAIN();
