#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

#include <materiel/engine/calendar.h>

#include "unit/engine/side_by_side.h"

namespace materiel::engine {

/// Reaches the counters that take 2^32 or 2^40 events to run out.
struct CalendarInspection {
  static void use_up_sequence(Calendar& calendar, std::uint64_t left) {
    calendar.sequence_ = Calendar::kLastSequence + 1 - left;
  }
  static void use_up_generations(Calendar& calendar, EventHandle& handle, std::uint32_t left) {
    handle.generation = calendar.nodes_[handle.slot].generation = Calendar::kLastGeneration - left;
  }
  static std::size_t stale(const Calendar& calendar) { return calendar.stale_; }
};

namespace {

using reference::Increments;
using reference::SideBySide;

struct Case {
  Increments increments;
  Time start;
};

class CalendarOrder : public testing::TestWithParam<Case> {};

/// Grows to about 3000 pending, drains, and so on: through both structures and all that lies between them.
TEST_P(CalendarOrder, EqualsASortedReferenceUnderLongRandomSchedules) {
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    SideBySide both(GetParam().increments, seed, GetParam().start);
    for (const std::size_t most : {3U, 20U, 60U, 3000U, 40U, 400U}) {
      for (const double p_schedule : {0.55, 0.3, 0.2}) {
        for (std::size_t step = 0; step < 5 * most + 200; ++step) {
          if (both.size() < most && both.chance(p_schedule)) both.schedule();
          if (both.chance(0.15)) both.cancel();
          if (both.chance(0.15)) both.reschedule();
          if (both.chance(0.02)) both.cancel_first();
          if (both.chance(0.25)) both.pop();
          both.compare();
          if (HasFatalFailure()) return;
        }
      }
    }
    while (both.size() > 0 && !HasFatalFailure()) both.pop();
    both.compare();
  }
}

/// Many pending events, none cancelled: the case that most programs are.
TEST_P(CalendarOrder, HoldsWithManyPending) {
  SideBySide both(GetParam().increments, 7, GetParam().start);
  for (int i = 0; i < 30000; ++i) both.schedule();
  for (int i = 0; i < 60000 && !HasFatalFailure(); ++i) {
    both.pop();
    both.schedule();
    if (both.chance(0.01)) both.compare();
  }
  while (both.size() > 0 && !HasFatalFailure()) both.pop();
}

INSTANTIATE_TEST_SUITE_P(Increments, CalendarOrder,
                         testing::Values(Case{Increments::exponential, 0}, Case{Increments::exponential, -50},
                                         Case{Increments::tied, 0}, Case{Increments::bimodal, 1e5},
                                         Case{Increments::magnitudes, 0}, Case{Increments::magnitudes, -1e300},
                                         Case{Increments::all_now, 3}, Case{Increments::far_cluster, 0}));

TEST(Calendar, TiesAreServedByPriorityThenInOrderOfScheduling) {
  Calendar calendar;
  for (std::uint64_t i = 0; i < 3000; ++i) calendar.schedule(1.0, i % 3 == 0 ? kLastPriority : 5, i);
  for (std::uint64_t i = 0; i < 3000; ++i) {
    if (i % 3 != 0) {
      ASSERT_EQ(calendar.pop().payload, i);
    }
  }
  for (std::uint64_t i = 0; i < 3000; i += 3) ASSERT_EQ(calendar.pop().payload, i);
}

TEST(Calendar, ARescheduledEventGoesBehindItsTies) {
  Calendar calendar;
  const EventHandle first = calendar.schedule(1, 0, 10);
  calendar.schedule(1, 0, 11);
  EXPECT_TRUE(calendar.reschedule(first, 1));
  EXPECT_TRUE(calendar.pending(first));
  EXPECT_EQ(calendar.pop().payload, 11U);
  const Event last = calendar.pop();
  EXPECT_EQ(last.payload, 10U);
  EXPECT_EQ(last.handle, first);
}

TEST(Calendar, BothZerosAreOneTime) {
  Calendar calendar;
  calendar.schedule(0.0, 0, 1);
  calendar.schedule(-0.0, 0, 2);
  EXPECT_EQ(calendar.pop().payload, 1U);
  EXPECT_EQ(calendar.pop().payload, 2U);
}

TEST(Calendar, TimesComeBackExactly) {
  const std::vector<Time> times = {
      -std::numeric_limits<double>::max(), -1e-300, -5e-324, 0, 5e-324, 2.3e-308, 1.0, std::nextafter(1.0, 2.0),
      std::numeric_limits<double>::max()};
  Calendar calendar;
  for (auto time = times.rbegin(); time != times.rend(); ++time) calendar.schedule(*time, 0, 0);
  for (const Time time : times) EXPECT_EQ(calendar.pop().time, time);
}

TEST(Calendar, AHandleIsNeverValidAgain) {
  Calendar calendar;
  std::vector<EventHandle> old;
  for (std::uint64_t i = 0; i < 500; ++i) {
    const EventHandle handle = calendar.schedule(static_cast<double>(i), 0, i);
    for (const EventHandle& other : old) ASSERT_FALSE(other == handle);
    if (i % 3 == 0) {
      EXPECT_TRUE(calendar.cancel(handle));
    } else {
      EXPECT_EQ(calendar.pop().handle, handle);
    }
    old.push_back(handle);
    for (const EventHandle& other : old) ASSERT_FALSE(calendar.pending(other));
  }
  calendar.schedule(1000, 0, 0);
  for (const EventHandle& other : old) {
    ASSERT_FALSE(calendar.cancel(other));
    ASSERT_FALSE(calendar.reschedule(other, 2000));
  }
  EXPECT_EQ(calendar.size(), 1U);
  EXPECT_FALSE(calendar.pending(EventHandle{}));
}

TEST(Calendar, ASlotWhoseGenerationsAreUsedUpIsRetired) {
  Calendar calendar;
  EventHandle handle = calendar.schedule(1, 0, 1);
  CalendarInspection::use_up_generations(calendar, handle, 1);
  EXPECT_EQ(calendar.pop().handle, handle);
  const EventHandle next = calendar.schedule(2, 0, 2);
  EXPECT_NE(next.slot, handle.slot);
  EXPECT_FALSE(calendar.pending(handle));
  EXPECT_EQ(calendar.pop().payload, 2U);
}

TEST(Calendar, KeepsItsOrderWhenTheSequenceRunsOut) {
  Calendar calendar;
  std::vector<EventHandle> handles;
  CalendarInspection::use_up_sequence(calendar, 500);
  for (std::uint64_t i = 0; i < 1000; ++i) handles.push_back(calendar.schedule(1.0, i % 2 == 0 ? 1 : 0, i));
  for (std::uint64_t i = 100; i < 200; ++i) EXPECT_TRUE(calendar.cancel(handles[i]));
  CalendarInspection::use_up_sequence(calendar, 0);
  EXPECT_TRUE(calendar.reschedule(handles[1], 1.0));
  for (std::uint64_t i = 3; i < 1000; i += 2) {
    if (i < 100 || i >= 200) {
      ASSERT_EQ(calendar.pop().payload, i);
    }
  }
  EXPECT_EQ(calendar.pop().payload, 1U);
  for (std::uint64_t i = 0; i < 1000; i += 2) {
    if (i < 100 || i >= 200) {
      ASSERT_EQ(calendar.pop().payload, i);
    }
  }
  EXPECT_TRUE(calendar.empty());
}

TEST(Calendar, CancellingForEverDoesNotPileUp) {
  for (const std::uint64_t others : {0U, 100U}) {
    Calendar calendar;
    for (std::uint64_t i = 0; i < others; ++i) calendar.schedule(static_cast<double>(i), 0, i);
    const EventHandle moved = calendar.schedule(1e6, 0, 7);
    for (int i = 0; i < 100000; ++i) {
      calendar.cancel(calendar.schedule(1e5 + i, 0, 0));
      calendar.reschedule(moved, 1e6 + i);
      ASSERT_LE(CalendarInspection::stale(calendar), others + 65);
    }
    EXPECT_EQ(calendar.size(), others + 1);
    for (std::uint64_t i = 0; i < others; ++i) ASSERT_EQ(calendar.pop().payload, i);
    EXPECT_EQ(calendar.pop().time, 1e6 + 99999);
    EXPECT_TRUE(calendar.empty());
  }
}

TEST(Calendar, ClearForgetsEventsAndHandlesAndTime) {
  Calendar calendar;
  std::vector<EventHandle> handles;
  for (std::uint64_t i = 0; i < 200; ++i) handles.push_back(calendar.schedule(static_cast<double>(i + 10), 0, i));
  calendar.pop();
  calendar.clear();
  EXPECT_TRUE(calendar.empty());
  for (const EventHandle& handle : handles) EXPECT_FALSE(calendar.pending(handle));
  calendar.schedule(-3, 0, 77);
  for (const EventHandle& handle : handles) EXPECT_FALSE(calendar.pending(handle));
  EXPECT_EQ(calendar.pop().payload, 77U);
}

TEST(Calendar, CopiesAreIndependent) {
  Calendar calendar;
  for (std::uint64_t i = 0; i < 300; ++i) calendar.schedule(static_cast<double>(300 - i), 0, i);
  Calendar copy = calendar;
  while (!calendar.empty()) calendar.pop();
  for (std::uint64_t i = 0; i < 300; ++i) ASSERT_EQ(copy.pop().payload, 299 - i);
}

}  // namespace
}  // namespace materiel::engine
