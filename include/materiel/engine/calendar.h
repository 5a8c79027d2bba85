#pragma once

#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <materiel/engine/detail/entry.h>
#include <materiel/engine/detail/far_events.h>
#include <materiel/engine/time.h>

namespace materiel::engine {

/// Names a pending event until it is popped or cancelled; never valid again afterwards (generation counted).
struct EventHandle {
  std::uint32_t slot = 0xffffffffU;
  std::uint32_t generation = 0;
  friend bool operator==(const EventHandle&, const EventHandle&) = default;
};

/// Smaller is served first at equal times. 24 bits.
using Priority = std::uint32_t;

inline constexpr Priority kLastPriority = (1U << 24) - 1;

/// An event as it is popped.
struct Event {
  Time time = kNever;
  Priority priority = 0;
  std::uint64_t payload = 0;
  EventHandle handle;
};

/// The events to come, any number of them. Total order: (time, priority, sequence), where the sequence is the order of
/// scheduling and rescheduling. Adapts its structure to the number pending. Allocates only while it grows.
///
/// Two structures, one behind the other:
/// - near: up to kNear events sorted in an array, all those up to the key `reach`. It always holds the next event. Up
/// to
///   kNear pending it holds everything, and nothing beats an array of a few cache lines.
/// - far: all others, in a radix heap (FarEvents) that need not find the least of many, only some of the least.
/// When near is empty, the earliest bucket of far is sorted into it, or first split if it is too large. When near
/// overflows, its later part goes to far. What is cancelled or moved leaves its entry behind as stale, to be dropped
/// where it is met; all are dropped once they outnumber the pending events. Scheduling, popping and cancelling cost
/// amortised constant time for a bounded range of magnitudes of the increments.
///
/// Times are finite, and not before that of the last event popped; a time before it is a programmer's mistake,
/// asserted. Copies are independent, and handles name the same events in each.
class Calendar {
 public:
  Calendar() = default;

  EventHandle schedule(Time time, Priority priority, std::uint64_t payload) {
    assert(priority <= kLastPriority);
    if (free_ == kNone) grow();
    const std::uint32_t slot = free_;
    Node& node = nodes_[slot];
    free_ = node.next_free;
    node.order = next_order(priority);
    node.payload = payload;
    ++live_;
    insert({checked_key(time), node.order, slot});
    return {slot, node.generation};
  }

  /// False if the event is no longer pending.
  bool cancel(EventHandle handle);
  /// Moves a pending event; it takes its place behind those scheduled earlier for the same time and priority. Its
  /// handle stays valid. False if the event is no longer pending.
  bool reschedule(EventHandle handle, Time time);

  [[nodiscard]] bool pending(EventHandle handle) const {
    return handle.slot < nodes_.size() && nodes_[handle.slot].generation == handle.generation &&
           nodes_[handle.slot].order != kNoOrder;
  }

  [[nodiscard]] bool empty() const { return live_ == 0; }
  [[nodiscard]] std::size_t size() const { return live_; }
  /// The next event's time; kNever if there is none.
  [[nodiscard]] Time next_time() const { return empty() ? kNever : detail::key_time(top().time); }
  /// The next event's priority. Not empty.
  [[nodiscard]] Priority next_priority() const { return priority_of(top().order); }

  /// Removes and returns the next event. Not empty.
  Event pop() {
    assert(!empty());
    // Field by field: measured a few percent faster with gcc 12 than a copy of the entry.
    const std::uint64_t time = top().time;
    const std::uint64_t order = top().order;
    const std::uint32_t slot = top().node;
    --near_size_;
    const Node& node = nodes_[slot];
    const Event event{detail::key_time(time), priority_of(order), node.payload, {slot, node.generation}};
    release(slot);
    popped_ = time;
    if (near_size_ == 0 || stale_ != 0) settle();
    return event;
  }

  /// Removes all events and restarts the sequence and the time; keeps its memory.
  void clear();
  /// Makes room for so many pending events: up to there nothing is allocated.
  void reserve(std::size_t events);

 private:
  friend struct CalendarInspection;  // tests of what takes 2^32 or 2^40 events to reach

  static constexpr unsigned kSequenceBits = 40;
  static constexpr std::uint64_t kLastSequence = (std::uint64_t{1} << kSequenceBits) - 2;
  static constexpr std::uint64_t kNoOrder = ~std::uint64_t{0};  ///< of a node that is free
  static constexpr std::uint32_t kNone = 0xffffffffU;
  static constexpr std::uint32_t kLastGeneration = 0xffffffffU;
  static constexpr std::size_t kNear = 32;  ///< most events in near
  static constexpr std::size_t kLoad = 24;  ///< most events to load into near at once
  static constexpr std::size_t kKeep = 12;  ///< events that near keeps when it overflows
  static constexpr std::size_t kStaleAllowed = 64;

  struct Node {
    std::uint64_t order = kNoOrder;
    std::uint64_t payload = 0;
    std::uint32_t generation = 0;
    std::uint32_t next_free = kNone;
  };

  [[nodiscard]] static Priority priority_of(std::uint64_t order) {
    return static_cast<Priority>(order >> kSequenceBits);
  }

  [[nodiscard]] std::uint64_t checked_key(Time time) const {
    assert(time < kNever && time > -kNever && "an event's time is finite");
    const std::uint64_t key = detail::time_key(time);
    assert(key >= popped_ && "an event is not scheduled before the last one popped");
    return key;
  }

  [[nodiscard]] std::uint64_t next_order(Priority priority) {
    if (sequence_ > kLastSequence) renumber();
    return (std::uint64_t{priority} << kSequenceBits) | sequence_++;
  }

  [[nodiscard]] const detail::Entry& top() const {
    assert(near_size_ > 0);
    return near_[near_size_ - 1];
  }
  [[nodiscard]] bool is_live(const detail::Entry& entry) const { return nodes_[entry.node].order == entry.order; }

  void insert(const detail::Entry& entry) {
    if (entry.key() > reach_) {
      far_.push(entry);
    } else {
      insert_near(entry);
      if (near_size_ > kNear) shorten_near();
    }
  }

  void insert_near(const detail::Entry& entry) {
    std::size_t place = near_size_++;
    for (; place > 0 && near_[place - 1].key() < entry.key(); --place) near_[place] = near_[place - 1];
    near_[place] = entry;
  }

  /// Frees the node of an event that is over. A node whose generations are used up is never used again, so that an old
  /// handle can't become valid: 24 bytes in 2^32 events.
  void release(std::uint32_t slot) {
    Node& node = nodes_[slot];
    node.order = kNoOrder;
    --live_;
    if (++node.generation == kLastGeneration) return;
    node.next_free = free_;
    free_ = slot;
  }

  void grow();
  void settle();
  void refill();
  void shorten_near();
  void drop_stale_near();
  void limit_stale();
  void renumber();

  // near_ is sorted latest first: the next event is its last. Invariants between calls: near_ is empty only if no event
  // is pending, its last entry is live, its keys are at most reach_, those of far_ are above reach_, and the base of
  // far_ is at most reach_.
  std::size_t near_size_ = 0;
  std::size_t live_ = 0;
  std::size_t stale_ = 0;
  std::uint32_t free_ = kNone;
  std::uint64_t sequence_ = 0;
  std::uint64_t popped_ = 0;  ///< time_key of the last event popped
  detail::Key reach_ = detail::kLastKey;
  std::vector<Node> nodes_;
  std::array<detail::Entry, kNear + 1> near_{};
  detail::FarEvents far_;
};

}  // namespace materiel::engine
