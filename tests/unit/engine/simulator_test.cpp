#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

#include <materiel/engine/simulator.h>

namespace materiel::engine {
namespace {

TEST(Simulator, MovesTheClockFromEventToEvent) {
  Simulator simulator;
  simulator.schedule_in(2, 20);
  simulator.schedule_in(1, 10);
  std::vector<std::pair<Time, std::uint64_t>> seen;
  const auto handler = [&](const Event& event) {
    seen.emplace_back(simulator.now(), event.payload);
    if (event.payload == 10) simulator.schedule_in(0.5, 15);
  };
  EXPECT_EQ(simulator.run(handler), RunEnd::drained);
  EXPECT_EQ(seen, (std::vector<std::pair<Time, std::uint64_t>>{{1, 10}, {1.5, 15}, {2, 20}}));
  EXPECT_EQ(simulator.now(), 2);
  EXPECT_EQ(simulator.executed(), 3U);
  EXPECT_FALSE(simulator.step(handler));
}

TEST(Simulator, CallbacksAndIntegersShareOneOrder) {
  Simulator simulator;
  std::vector<int> order;
  struct Appender {
    std::vector<int>& order;
    int number;
    void append(Simulator&) { order.push_back(number); }
  };
  Appender method{order, 1};
  simulator.schedule_at(1, 0);
  simulator.call_at<&Appender::append>(1, method);
  simulator.call_at(
      1, [](Simulator&, void* object) { static_cast<std::vector<int>*>(object)->push_back(2); }, &order);
  simulator.call_at(
      1, [](Simulator&, void* object) { static_cast<std::vector<int>*>(object)->push_back(3); }, &order, 7);
  simulator.schedule_at(1, 4, 6);
  simulator.run([&](const Event& event) { order.push_back(static_cast<int>(event.payload)); });
  EXPECT_EQ(order, (std::vector<int>{0, 1, 2, 4, 3}));
}

TEST(Simulator, RunsUpToAndAtATime) {
  Simulator simulator;
  for (int i = 1; i <= 5; ++i) simulator.schedule_at(i, 0);
  int count = 0;
  const auto handler = [&](const Event&) { ++count; };
  EXPECT_EQ(simulator.run_until(3, handler), RunEnd::reached);
  EXPECT_EQ(count, 3);
  EXPECT_EQ(simulator.now(), 3);
  EXPECT_EQ(simulator.run_until(3.5, handler), RunEnd::reached);
  EXPECT_EQ(simulator.now(), 3.5);
  // Scheduling between the clock and an event that was already looked at.
  simulator.schedule_in(0.25, 0);
  EXPECT_EQ(simulator.run_until(10, handler), RunEnd::drained);
  EXPECT_EQ(count, 6);
  EXPECT_EQ(simulator.now(), 10);
}

TEST(Simulator, StopsAfterTheEventThatSaysSo) {
  Simulator simulator;
  for (int i = 1; i <= 5; ++i) simulator.schedule_at(i, static_cast<std::uint64_t>(i));
  const auto handler = [&](const Event& event) {
    if (event.payload == 2) simulator.stop();
  };
  EXPECT_EQ(simulator.run(handler), RunEnd::stopped);
  EXPECT_EQ(simulator.now(), 2);
  EXPECT_EQ(simulator.run_until(9, handler), RunEnd::drained);
  EXPECT_EQ(simulator.executed(), 5U);
}

TEST(Simulator, CancelsAndReschedules) {
  Simulator simulator;
  std::vector<std::uint64_t> seen;
  const EventHandle cancelled = simulator.schedule_in(1, 1);
  const EventHandle moved = simulator.schedule_in(2, 2);
  simulator.schedule_in(3, 3);
  EXPECT_TRUE(simulator.cancel(cancelled));
  EXPECT_FALSE(simulator.cancel(cancelled));
  EXPECT_TRUE(simulator.reschedule_in(moved, 4));
  EXPECT_TRUE(simulator.pending(moved));
  simulator.run([&](const Event& event) { seen.push_back(event.payload); });
  EXPECT_EQ(seen, (std::vector<std::uint64_t>{3, 2}));
  EXPECT_FALSE(simulator.pending(moved));
}

TEST(Simulator, GoesOnAfterAHandlerThrew) {
  Simulator simulator;
  simulator.schedule_at(1, 1);
  simulator.schedule_at(2, 2);
  const auto handler = [](const Event& event) {
    if (event.payload == 1) throw std::runtime_error("refused");
  };
  EXPECT_THROW(simulator.run(handler), std::runtime_error);
  EXPECT_EQ(simulator.now(), 1);
  EXPECT_EQ(simulator.calendar().size(), 1U);
  EXPECT_EQ(simulator.run(handler), RunEnd::drained);
  EXPECT_EQ(simulator.now(), 2);
}

TEST(Simulator, ResetForgetsEventsAndTime) {
  Simulator simulator;
  const EventHandle old = simulator.schedule_at(5, 1);
  simulator.schedule_at(1, 2);
  simulator.run_until(2, [](const Event&) {});
  simulator.reset(-10);
  EXPECT_EQ(simulator.now(), -10);
  EXPECT_FALSE(simulator.pending(old));
  EXPECT_EQ(simulator.executed(), 0U);
  simulator.schedule_in(1, 3);
  EXPECT_EQ(simulator.run([](const Event&) {}), RunEnd::drained);
  EXPECT_EQ(simulator.now(), -9);
}

}  // namespace
}  // namespace materiel::engine
