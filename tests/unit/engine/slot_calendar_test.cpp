#include <cstdint>
#include <limits>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include <materiel/engine/slot_calendar.h>

namespace materiel::engine {
namespace {

/// The first slot with the least time, by reading all.
std::uint32_t first_by_reading_all(const std::vector<Time>& times) {
  std::uint32_t first = 0;
  for (std::uint32_t slot = 1; slot < times.size(); ++slot) {
    if (times[slot] < times[first]) first = slot;
  }
  return first;
}

TEST(SlotCalendar, EqualsReadingAllSlots) {
  std::mt19937_64 bits(1);
  for (const std::uint32_t slots : {1U, 2U, 3U, 7U, 8U, 16U, 33U, 64U, 1000U}) {
    SlotCalendar calendar(slots);
    std::vector<Time> times(slots, kNever);
    Time now = -20;
    for (int step = 0; step < 20000; ++step) {
      const bool due = bits() % 2 == 0;
      const std::uint32_t slot = due ? calendar.top_slot() : static_cast<std::uint32_t>(bits() % slots);
      Time time = now + std::exponential_distribution<>()(bits);
      if (bits() % 4 == 0) time = now + static_cast<double>(bits() % 3);
      if (bits() % 8 == 0) time = kNever;
      calendar.set(slot, time);
      times[slot] = time;
      const std::uint32_t expected = first_by_reading_all(times);
      ASSERT_EQ(calendar.top_slot(), expected);
      ASSERT_EQ(calendar.top_time(), times[expected]);
      ASSERT_EQ(calendar.time(slot), time);
      if (times[expected] < kNever) now = times[expected];
    }
    EXPECT_EQ(calendar.size(), slots);
    for (std::uint32_t slot = 0; slot < slots; ++slot) ASSERT_EQ(calendar.time(slot), times[slot]);
  }
}

TEST(SlotCalendar, TiesGoToTheLowestSlot) {
  for (const std::uint32_t slots : {2U, 5U, 64U}) {
    SlotCalendar calendar(slots);
    for (std::uint32_t slot = slots; slot-- > 0;) {
      calendar.set(slot, 1.5);
      EXPECT_EQ(calendar.top_slot(), slot);
    }
    for (std::uint32_t slot = 0; slot < slots; ++slot) {
      EXPECT_EQ(calendar.top_slot(), slot);
      calendar.set(slot, 2);
    }
    EXPECT_EQ(calendar.top_slot(), 0U);
  }
}

TEST(SlotCalendar, BothZerosAreOneTime) {
  SlotCalendar calendar(2);
  calendar.set(0, 0.0);
  calendar.set(1, -0.0);
  EXPECT_EQ(calendar.top_slot(), 0U);
}

TEST(SlotCalendar, OrdersEveryMagnitude) {
  const std::vector<Time> times = {
      -std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::max(), -1, -5e-324, 0, 5e-324, 1e-310, 1,
      std::numeric_limits<double>::max()};
  SlotCalendar calendar(times.size());
  const auto last = static_cast<std::uint32_t>(times.size()) - 1;
  for (std::uint32_t slot = 0; slot <= last; ++slot) calendar.set(slot, times[last - slot]);
  for (const Time time : times) {
    ASSERT_EQ(calendar.top_time(), time);
    calendar.clear(calendar.top_slot());
  }
  EXPECT_EQ(calendar.top_time(), kNever);
}

TEST(SlotCalendar, IsEmptyWhenNewClearedOrReset) {
  SlotCalendar calendar(5);
  EXPECT_EQ(calendar.top_time(), kNever);
  calendar.set(3, 2);
  calendar.clear(3);
  EXPECT_EQ(calendar.top_time(), kNever);
  calendar.set(4, 1);
  calendar.set(2, 1);
  calendar.reset();
  EXPECT_EQ(calendar.top_time(), kNever);
  for (std::uint32_t slot = 0; slot < 5; ++slot) EXPECT_EQ(calendar.time(slot), kNever);
  EXPECT_EQ(SlotCalendar(0).top_time(), kNever);
}

}  // namespace
}  // namespace materiel::engine
