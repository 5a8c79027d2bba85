#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include <materiel/engine/calendar.h>
#include <materiel/engine/simulator.h>
#include <materiel/engine/slot_calendar.h>

namespace {
std::atomic<std::uint64_t> allocations{0};
}

// Replaces the allocation of this whole program, to count. The forms that aren't replaced call these. They aren't
// inlined: gcc would warn of a new that ends in free.
[[gnu::noinline]] void* operator new(std::size_t bytes) {
  allocations.fetch_add(1, std::memory_order_relaxed);
  if (void* place = std::malloc(bytes == 0 ? 1 : bytes)) return place;
  throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void* place) noexcept {
  std::free(place);
}
[[gnu::noinline]] void operator delete(void* place, std::size_t) noexcept {
  std::free(place);
}

namespace materiel::engine {
namespace {

/// Holds with `pending` events, some of them moved and some cancelled and replaced; returns the allocations.
std::uint64_t allocations_of_hold(Calendar& calendar, std::vector<EventHandle>& handles, std::mt19937_64& bits,
                                  int steps) {
  std::exponential_distribution<> exponential;
  const std::uint64_t before = allocations;
  for (int i = 0; i < steps; ++i) {
    const Event event = calendar.pop();
    const Time now = event.time;
    const auto far = [&] { return now + exponential(bits) * (bits() % 16 == 0 ? 1000 : 1); };
    handles[event.payload] = calendar.schedule(far(), 0, event.payload);
    const std::size_t other = bits() % handles.size();
    if (i % 3 == 0) calendar.reschedule(handles[other], far());
    if (i % 5 == 0) {
      calendar.cancel(handles[other]);
      handles[other] = calendar.schedule(far(), 0, other);
    }
  }
  return allocations - before;
}

TEST(Allocation, IsCounted) {
  const std::uint64_t before = allocations;
  ::operator delete(::operator new(100));  // a direct call: a new expression may be optimised away
  EXPECT_EQ(allocations - before, 1U);
}

TEST(Allocation, CalendarHoldsWithoutAny) {
  for (const std::size_t pending : {1U, 10U, 40U, 300U, 5000U}) {
    std::mt19937_64 bits(pending);
    Calendar calendar;
    std::vector<EventHandle> handles;
    for (std::size_t i = 0; i < pending; ++i) handles.push_back(calendar.schedule(static_cast<double>(i % 7), 0, i));
    // A cancelled event's replacement is scheduled when it is gone, so the most that is ever pending is reached
    // already.
    EXPECT_EQ(allocations_of_hold(calendar, handles, bits, 100000), 0U) << pending;
  }
}

TEST(Allocation, ReserveIsEnoughToGrow) {
  std::mt19937_64 bits(1);
  Calendar calendar;
  calendar.reserve(3000);
  const std::uint64_t before = allocations;
  for (std::uint64_t i = 0; i < 3000; ++i) calendar.schedule(std::exponential_distribution<>()(bits), 0, i);
  EXPECT_EQ(allocations - before, 0U);
}

TEST(Allocation, ClearKeepsTheMemory) {
  Calendar calendar;
  const auto fill = [&] {
    for (std::uint64_t i = 0; i < 1000; ++i) calendar.schedule(static_cast<double>(i * i % 1009), 0, i);
  };
  fill();
  const std::uint64_t before = allocations;
  calendar.clear();
  fill();
  EXPECT_EQ(allocations - before, 0U);
}

TEST(Allocation, SlotCalendarAndSimulatorRunWithoutAny) {
  SlotCalendar slots(100);
  Simulator simulator;
  struct Clockwork {
    void tick(Simulator& at) { at.call_in<&Clockwork::tick>(1, *this); }
  } clockwork;
  simulator.call_in<&Clockwork::tick>(1, clockwork);
  const std::uint64_t before = allocations;
  for (std::uint32_t i = 0; i < 1000; ++i) slots.set(i % 100, static_cast<double>(i));
  slots.reset();
  simulator.run_until(10000);
  EXPECT_EQ(allocations - before, 0U);
  EXPECT_EQ(simulator.executed(), 10000U);
}

}  // namespace
}  // namespace materiel::engine
