// What a matrix of parameters costs beside a study of as many samples: 10,000 rows of all uncertain parameters of the
// seed scenario, 5 outcomes. `ratio` is the time of the matrix by that of the study, taken in turns.

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
#include <materiel/scenario/parse.h>
#include <materiel/study/evaluate.h>

namespace {

using materiel::experiment::RunRecord;

constexpr std::uint64_t kRows = 10'000;

std::shared_ptr<const materiel::model::Model> compiled_seed() {
  const auto parsed = materiel::scenario::parse_file(MATERIEL_SOURCE_DIR "/scenarios/alabuga-2023.toml");
  if (!parsed) throw std::runtime_error(diagnostic_text(parsed.diagnostics().front(), {}, false));
  const auto compiled = materiel::model::compile(parsed.value().spec);
  if (!compiled) throw std::runtime_error(diagnostic_text(compiled.diagnostics().front(), {}, false));
  return compiled.value().model;
}

void run(const std::shared_ptr<const materiel::model::Model>& model, unsigned threads,
         const materiel::experiment::StudySink& sink) {
  const std::atomic<bool> stop = false;
  const auto result =
      materiel::experiment::run_study(model, {.seed = 1, .samples = kRows}, {.threads = threads}, sink, {}, stop);
  if (result.runs_failed > 0) throw std::runtime_error("some runs failed");
}

/// The matrix of the parameters that a study of the seed scenario draws.
materiel::study::EvaluationRequest drawn_matrix(const std::shared_ptr<const materiel::model::Model>& model) {
  materiel::study::EvaluationRequest request{.model = model, .rows = kRows};
  for (const auto& parameter : model->parameters()) request.parameters.push_back(parameter.name);
  request.values.resize(kRows * request.parameters.size());
  run(model, 1, {.format_run = [&](const RunRecord& record, std::string&) {
        std::copy(record.parameters.begin(), record.parameters.end(),
                  request.values.begin() + static_cast<std::ptrdiff_t>(record.sample * record.parameters.size()));
      }});
  for (std::size_t i = 0; i < 5; ++i) request.outcomes.push_back(model->outcomes()[i].name);
  return request;
}

void matrix(benchmark::State& state) {
  const auto model = compiled_seed();
  const auto request = drawn_matrix(model);
  const auto threads = static_cast<unsigned>(state.range(0));
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
    run(model, threads, sink);
    of_study += Clock::now() - between;
    of_matrix += between - begun;
    state.SetIterationTime(std::chrono::duration<double>(between - begun).count());
  }
  state.counters["ratio"] = of_matrix / of_study;
}
BENCHMARK(matrix)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseManualTime();

}  // namespace

BENCHMARK_MAIN();
