// The slot calendar as the simulator uses it: the slot that is due is set again, and now and then other slots are, some
// of them to now. "Time" is one set and the look at the next event after it.
#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include <benchmark/benchmark.h>

#include <materiel/engine/slot_calendar.h>

#include "increments.h"

namespace {

using materiel::engine::kNever;
using materiel::engine::SlotCalendar;
using materiel::engine::Time;

/// The obvious alternative for few slots: an array of times, read through for each look at the next event.
class FlatScan {
 public:
  explicit FlatScan(std::size_t slots) : keys_(std::bit_ceil(slots), std::numeric_limits<std::int64_t>::max()) {}
  void set(std::uint32_t slot, Time time) {
    keys_[slot] = std::bit_cast<std::int64_t>(time);  // times are positive here
    std::int64_t least = keys_[0];
    for (const std::int64_t key : keys_) least = std::min(least, key);
    top_ = static_cast<std::uint32_t>(std::find(keys_.begin(), keys_.end(), least) - keys_.begin());
  }
  [[nodiscard]] std::uint32_t top_slot() const { return top_; }
  [[nodiscard]] Time top_time() const { return std::bit_cast<Time>(keys_[top_]); }

 private:
  std::vector<std::int64_t> keys_;
  std::uint32_t top_ = 0;
};

template <class Slots>
Slots filled(std::size_t count, bench::Exponential& draw) {
  Slots slots(count);
  for (std::uint32_t slot = 0; slot < count; ++slot) slots.set(slot, draw());
  return slots;
}

template <class Slots>
void replace_top(benchmark::State& state) {
  bench::Exponential draw(1);
  auto slots = filled<Slots>(static_cast<std::size_t>(state.range(0)), draw);
  for (auto _ : state) slots.set(slots.top_slot(), slots.top_time() + draw());
  benchmark::DoNotOptimize(slots.top_slot());
}

/// Three in four are the top, one in eight another slot, and one in eight another slot to now.
template <class Slots>
void replace_mixed(benchmark::State& state) {
  bench::Exponential draw(1);
  examples::Xoshiro bits(2);
  const auto count = static_cast<std::size_t>(state.range(0));
  auto slots = filled<Slots>(count, draw);
  for (auto _ : state) {
    const std::uint64_t random = bits();
    const auto other = static_cast<std::uint32_t>(((random >> 32) * count) >> 32);
    const Time now = slots.top_time();
    const std::uint32_t slot = (random & 3) != 0 ? slots.top_slot() : other;
    slots.set(slot, (random & 7) == 0 ? now : now + draw());
  }
  benchmark::DoNotOptimize(slots.top_slot());
}

void draw_alone(benchmark::State& state) {
  bench::Exponential draw(1);
  double sum = 0;
  for (auto _ : state) benchmark::DoNotOptimize(sum += draw());
}

BENCHMARK(draw_alone);
BENCHMARK_TEMPLATE(replace_top, SlotCalendar)->RangeMultiplier(2)->Range(8, 128)->Arg(512)->Arg(4096);
BENCHMARK_TEMPLATE(replace_top, FlatScan)->RangeMultiplier(2)->Range(8, 128);
BENCHMARK_TEMPLATE(replace_mixed, SlotCalendar)->RangeMultiplier(2)->Range(8, 128)->Arg(512)->Arg(4096);
BENCHMARK_TEMPLATE(replace_mixed, FlatScan)->RangeMultiplier(2)->Range(8, 128);

}  // namespace
