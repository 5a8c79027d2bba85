// What a matrix of parameters costs beside a study of as many samples: rows of all parameters of the seed scenario,
// 5 outcomes; 100 rows are a smoke test. `ratio` is the time of the matrix by that of the study, taken in turns.

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <benchmark/benchmark.h>

#include <materiel/experiment/study.h>
#include <materiel/model/model.h>
#include <materiel/study/evaluate.h>

#include "seed_model.h"

namespace {

using materiel::experiment::RunRecord;

void run(const std::shared_ptr<const materiel::model::Model>& model, std::uint64_t samples, unsigned threads,
         const materiel::experiment::StudySink& sink) {
  const std::atomic<bool> stop = false;
  const auto result =
      materiel::experiment::run_study(model, {.seed = 1, .samples = samples}, {.threads = threads}, sink, {}, stop);
  if (result.runs_failed > 0) throw std::runtime_error("some runs failed");
}

/// The matrix of the parameters that a study of the seed scenario draws.
materiel::study::EvaluationRequest drawn_matrix(const std::shared_ptr<const materiel::model::Model>& model,
                                                std::uint64_t rows) {
  materiel::study::EvaluationRequest request{.model = model, .rows = rows};
  for (const auto& parameter : model->parameters()) request.parameters.push_back(parameter.name);
  request.values.resize(rows * request.parameters.size());
  run(model, rows, 1, {.format_run = [&](const RunRecord& record, std::string&) {
        std::copy(record.parameters.begin(), record.parameters.end(),
                  request.values.begin() + static_cast<std::ptrdiff_t>(record.sample * record.parameters.size()));
      }});
  for (std::size_t i = 0; i < 5; ++i) request.outcomes.push_back(model->outcomes()[i].name);
  return request;
}

void matrix(benchmark::State& state) {
  const auto model = bench::seed_model();
  const auto threads = static_cast<unsigned>(state.range(0));
  const auto rows = static_cast<std::uint64_t>(state.range(1));
  const auto request = drawn_matrix(model, rows);
  const materiel::experiment::StudySink sink{.format_run = [](const RunRecord&, std::string&) {},
                                             .format_inputs = [](const RunRecord&, std::string&) {},
                                             .write = [](std::string_view, std::string_view) { return true; }};
  using Clock = std::chrono::steady_clock;
  std::chrono::duration<double> of_matrix{}, of_study{};
  for (auto _ : state) {
    const auto begun = Clock::now();
    const auto result = evaluate(request, {threads});
    if (!result || !result->failures.empty()) state.SkipWithError("some rows failed");
    const auto between = Clock::now();
    run(model, rows, threads, sink);
    of_study += Clock::now() - between;
    of_matrix += between - begun;
    state.SetIterationTime(std::chrono::duration<double>(between - begun).count());
  }
  state.counters["ratio"] = of_matrix / of_study;
}
BENCHMARK(matrix)->Args({1, 10'000})->Args({2, 10'000})->Args({2, 100})->Unit(benchmark::kMillisecond)->UseManualTime();

}  // namespace

BENCHMARK_MAIN();
