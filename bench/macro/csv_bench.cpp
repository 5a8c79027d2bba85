// Rows of runs.csv written and read back: bytes per second.

#include <cstdint>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "csv_rows.h"

namespace {

void write_rows(benchmark::State& state) {
  const bench::Rows rows(1000, 200);
  std::string text;
  for (auto _ : state) {
    text.clear();
    rows.write(text);
    benchmark::DoNotOptimize(text.data());
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(write_rows)->Unit(benchmark::kMillisecond);

void read_rows(benchmark::State& state) {
  std::string text;
  bench::Rows(1000, 200).write(text);
  for (auto _ : state) benchmark::DoNotOptimize(bench::read_cells(text));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(read_rows)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
