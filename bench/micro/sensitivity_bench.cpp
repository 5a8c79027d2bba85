// Sensitivity measures from given data: all four (first order, delta, PAWN, PRCC) of one outcome and 20 parameters.
#include <random>
#include <vector>

#include <benchmark/benchmark.h>

#include <materiel/stats/given_indices.h>
#include <materiel/stats/partial_rank_correlation.h>

namespace {

constexpr std::size_t kParameters = 20;

void given_measures(benchmark::State& state) {
  const auto rows = static_cast<std::size_t>(state.range(0));
  std::mt19937_64 bits(1);
  std::normal_distribution<double> normal;
  std::vector<std::vector<double>> columns(kParameters, std::vector<double>(rows));
  std::vector<double> outcome(rows);
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t p = 0; p < kParameters; ++p)
      outcome[i] += (columns[p][i] = normal(bits)) / static_cast<double>(p + 1);
  }
  const std::vector<std::span<const double>> parameters(columns.begin(), columns.end());
  for (auto step : state) {
    benchmark::DoNotOptimize(
        materiel::stats::given_indices(parameters, outcome, {.resamples = materiel::stats::kGivenResamples}));
    benchmark::DoNotOptimize(materiel::stats::partial_rank_correlations(parameters, outcome, 0.95));
  }
}

BENCHMARK(given_measures)->Arg(1000)->Arg(100000)->Iterations(1)->Unit(benchmark::kMillisecond);

}  // namespace
