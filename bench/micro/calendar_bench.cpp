// The hold model on the calendar, and on std::priority_queue in the same run: "Time" is one event popped and one
// scheduled, the increment's draw included.
#include <cstddef>
#include <cstdint>
#include <functional>
#include <queue>
#include <tuple>
#include <vector>

#include <benchmark/benchmark.h>

#include "examples/hold.h"
#include "increments.h"

namespace {

template <class Increment>
void calendar_hold(benchmark::State& state) {
  const auto pending = static_cast<std::size_t>(state.range(0));
  examples::Hold hold(pending, Increment(1));
  for (std::size_t i = 0; i < 4 * pending; ++i) hold.step();  // into its steady state
  for (auto _ : state) hold.step();
  benchmark::DoNotOptimize(hold.now());
}

/// What a program would write without an engine: the same order and payload, no cancelling.
struct Plain {
  double time;
  std::uint64_t sequence;
  std::uint64_t payload;
  friend bool operator>(const Plain& a, const Plain& b) {
    return std::tie(a.time, a.sequence) > std::tie(b.time, b.sequence);
  }
};

template <class Increment>
void priority_queue_hold(benchmark::State& state) {
  const auto pending = static_cast<std::size_t>(state.range(0));
  Increment increment(1);
  std::uint64_t sequence = 0;
  std::vector<Plain> room;
  room.reserve(pending + 1);
  std::priority_queue<Plain, std::vector<Plain>, std::greater<>> queue(std::greater<>(), std::move(room));
  for (std::size_t i = 0; i < pending; ++i) queue.push({increment(), sequence++, i});
  const auto step = [&] {
    const Plain event = queue.top();
    queue.pop();
    queue.push({event.time + increment(), sequence++, event.payload});
  };
  for (std::size_t i = 0; i < 4 * pending; ++i) step();
  for (auto _ : state) step();
  benchmark::DoNotOptimize(queue.top().time);
}

/// The part of the figures above that is the draw.
template <class Increment>
void draw(benchmark::State& state) {
  Increment increment(1);
  double sum = 0;
  for (auto _ : state) benchmark::DoNotOptimize(sum += increment());
}

constexpr std::int64_t kMost = 1 << 20;

BENCHMARK_TEMPLATE(draw, bench::Exponential);
BENCHMARK_TEMPLATE(calendar_hold, bench::Exponential)->Arg(2)->RangeMultiplier(16)->Range(16, kMost);
BENCHMARK_TEMPLATE(priority_queue_hold, bench::Exponential)->Arg(2)->RangeMultiplier(16)->Range(16, kMost);
BENCHMARK_TEMPLATE(draw, bench::Bimodal);
BENCHMARK_TEMPLATE(calendar_hold, bench::Bimodal)->Arg(16)->Arg(4096)->Arg(65536);
BENCHMARK_TEMPLATE(priority_queue_hold, bench::Bimodal)->Arg(4096);
BENCHMARK_TEMPLATE(draw, bench::Pareto);
BENCHMARK_TEMPLATE(calendar_hold, bench::Pareto)->Arg(16)->Arg(4096)->Arg(65536);
BENCHMARK_TEMPLATE(priority_queue_hold, bench::Pareto)->Arg(4096);
BENCHMARK_TEMPLATE(draw, bench::Tied);
BENCHMARK_TEMPLATE(calendar_hold, bench::Tied)->Arg(16)->Arg(4096)->Arg(65536);
BENCHMARK_TEMPLATE(priority_queue_hold, bench::Tied)->Arg(4096);

}  // namespace
