// Moments of units that come by a rate: the time to find the next one, by the shape of the rate. The argument is the
// number of units over the ramp; `build` makes the curve, as a sample with its own numbers does.

#include <cstdint>

#include <benchmark/benchmark.h>

#include "ramp_units.h"

namespace {

using Shape = materiel::scenario::RateProfile::Shape;

template <Shape shape>
void next_unit(benchmark::State& state) {
  const auto units = static_cast<double>(state.range(0));
  const auto curve = bench::ramp(shape, units);
  for (auto _ : state) benchmark::DoNotOptimize(bench::last_moment(curve, units));
  state.SetItemsProcessed(state.iterations() * state.range(0));
}

template <Shape shape>
void build(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(bench::ramp(shape, static_cast<double>(state.range(0))));
}

BENCHMARK_TEMPLATE(next_unit, Shape::linear)->Arg(100)->Arg(10'000)->Arg(1'000'000);
BENCHMARK_TEMPLATE(next_unit, Shape::logistic)->Arg(100)->Arg(10'000)->Arg(1'000'000);
BENCHMARK_TEMPLATE(next_unit, Shape::exponential)->Arg(100)->Arg(10'000)->Arg(1'000'000);
BENCHMARK_TEMPLATE(build, Shape::logistic)->Arg(100)->Arg(10'000)->Arg(1'000'000);
BENCHMARK_TEMPLATE(build, Shape::exponential)->Arg(100)->Arg(10'000)->Arg(1'000'000);

}  // namespace
