#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <set>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

#include <materiel/engine/calendar.h>

namespace materiel::engine::reference {

/// The calendar's order by the book: a sorted set of (time, priority, sequence).
class Reference {
 public:
  struct Known {
    EventHandle handle;
    Time time;
    Priority priority;
    std::uint64_t sequence;
    std::uint64_t payload;
  };
  using Place = std::tuple<Time, Priority, std::uint64_t, std::size_t>;

  std::size_t schedule(EventHandle handle, Time time, Priority priority, std::uint64_t payload) {
    known_.push_back({handle, time, priority, sequence_++, payload});
    order_.insert(place(known_.size() - 1));
    return known_.size() - 1;
  }
  bool cancel(std::size_t event) { return order_.erase(place(event)) == 1; }
  bool reschedule(std::size_t event, Time time) {
    if (!cancel(event)) return false;
    known_[event].time = time;
    known_[event].sequence = sequence_++;
    order_.insert(place(event));
    return true;
  }
  std::size_t pop() {
    const std::size_t event = std::get<3>(*order_.begin());
    order_.erase(order_.begin());
    return event;
  }
  [[nodiscard]] bool pending(std::size_t event) const { return order_.count(place(event)) == 1; }
  [[nodiscard]] std::size_t size() const { return order_.size(); }
  [[nodiscard]] std::size_t known() const { return known_.size(); }
  [[nodiscard]] const Known& operator[](std::size_t event) const { return known_[event]; }
  [[nodiscard]] const Known& first() const { return known_[std::get<3>(*order_.begin())]; }

 private:
  [[nodiscard]] Place place(std::size_t event) const {
    const Known& k = known_[event];
    return {k.time, k.priority, k.sequence, event};
  }
  std::vector<Known> known_;
  std::set<Place> order_;
  std::uint64_t sequence_ = 0;
};

enum class Increments : std::uint8_t { exponential, tied, bimodal, magnitudes, all_now, far_cluster };

/// Both calendars side by side: every step is done to both, and what can be seen of them compared.
class SideBySide {
 public:
  SideBySide(Increments increments, std::uint64_t seed, Time start)
      : increments_(increments), bits_(seed), now_(start) {}

  void schedule() {
    const Time time = now_ + increment();
    const auto priority = static_cast<Priority>(chance(0.5) ? 0 : chance(0.5) ? bits_() % 3 : bits_() % (1U << 24));
    const std::uint64_t payload = bits_();
    reference_.schedule(calendar_.schedule(time, priority, payload), time, priority, payload);
  }

  /// Prefers recent events: most old ones are over, which is tried often enough.
  void cancel() {
    if (reference_.known() == 0) return;
    const std::size_t event = pick();
    const bool expected = reference_.cancel(event);
    ASSERT_EQ(calendar_.cancel(reference_[event].handle), expected);
    ASSERT_FALSE(calendar_.pending(reference_[event].handle));
  }

  void reschedule() {
    if (reference_.known() == 0) return;
    const std::size_t event = pick();
    const Time time = now_ + increment();
    const bool expected = reference_.reschedule(event, time);
    ASSERT_EQ(calendar_.reschedule(reference_[event].handle, time), expected);
    ASSERT_EQ(calendar_.pending(reference_[event].handle), expected);
  }

  void cancel_first() {
    if (reference_.size() == 0) return;
    const EventHandle handle = reference_.first().handle;
    reference_.pop();
    ASSERT_TRUE(calendar_.cancel(handle));
  }

  void pop() {
    if (reference_.size() == 0) {
      ASSERT_TRUE(calendar_.empty());
      return;
    }
    const Reference::Known& expected = reference_[reference_.pop()];
    const Event event = calendar_.pop();
    ASSERT_EQ(event.time, expected.time);
    ASSERT_EQ(event.priority, expected.priority);
    ASSERT_EQ(event.payload, expected.payload);
    ASSERT_EQ(event.handle, expected.handle);
    ASSERT_FALSE(calendar_.pending(event.handle));
    ASSERT_GE(event.time, now_);
    now_ = event.time;
  }

  void compare() {
    ASSERT_EQ(calendar_.size(), reference_.size());
    ASSERT_EQ(calendar_.empty(), reference_.size() == 0);
    if (reference_.size() == 0) {
      ASSERT_EQ(calendar_.next_time(), kNever);
      return;
    }
    ASSERT_EQ(calendar_.next_time(), reference_.first().time);
    ASSERT_EQ(calendar_.next_priority(), reference_.first().priority);
    const std::size_t event = pick();
    ASSERT_EQ(calendar_.pending(reference_[event].handle), reference_.pending(event));
  }

  [[nodiscard]] bool chance(double p) { return std::uniform_real_distribution<>()(bits_) < p; }
  [[nodiscard]] std::size_t size() const { return reference_.size(); }
  [[nodiscard]] Calendar& calendar() { return calendar_; }

 private:
  std::size_t pick() {
    const std::size_t recent = std::min<std::size_t>(reference_.known(), 2 * reference_.size() + 10);
    return reference_.known() - 1 - bits_() % (chance(0.9) ? recent : reference_.known());
  }

  Time increment() {
    const double exponential = std::exponential_distribution<>()(bits_);
    switch (increments_) {
      case Increments::exponential:
        return exponential;
      case Increments::tied:
        return static_cast<double>(bits_() % 4);
      case Increments::bimodal:
        return chance(0.9) ? exponential : 1e4 * exponential;
      case Increments::magnitudes: {
        constexpr double kLargest = std::numeric_limits<double>::max();
        if (chance(0.1)) return 0;
        const double magnitude = std::ldexp(exponential, static_cast<int>(bits_() % 2080) - 1074);
        const double room = kLargest - std::max(now_, 0.0);
        return std::isfinite(magnitude) && magnitude < room ? magnitude : 0;
      }
      case Increments::all_now:
        return 0;
      case Increments::far_cluster:
        return chance(0.5) ? std::max(0.0, 1e6 - now_) + (chance(0.5) ? 0 : exponential) : 1e-3 * exponential;
    }
    return 0;
  }

  Increments increments_;
  std::mt19937_64 bits_;
  Time now_;
  Calendar calendar_;
  Reference reference_;
};

}  // namespace materiel::engine::reference
