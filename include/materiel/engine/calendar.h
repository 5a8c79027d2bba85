#pragma once

#include <cstddef>
#include <cstdint>

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

/// An event as it is popped.
struct Event {
  Time time = kNever;
  Priority priority = 0;
  std::uint64_t payload = 0;
  EventHandle handle;
};

/// The events to come, any number of them. Total order: (time, priority, sequence), where the sequence is the order of
/// scheduling and rescheduling. Adapts its structure to the number pending. Allocates only while it grows.
class Calendar {
 public:
  Calendar();

  EventHandle schedule(Time time, Priority priority, std::uint64_t payload);
  /// False if the event is no longer pending.
  bool cancel(EventHandle handle);
  /// Moves a pending event; it takes its place behind those scheduled earlier for the same time and priority.
  bool reschedule(EventHandle handle, Time time);
  [[nodiscard]] bool pending(EventHandle handle) const;

  [[nodiscard]] bool empty() const;
  [[nodiscard]] std::size_t size() const;
  /// The next event's time; kNever if there is none.
  [[nodiscard]] Time next_time() const;
  [[nodiscard]] Priority next_priority() const;
  /// Removes and returns the next event. Not empty.
  Event pop();
  /// Removes all events and restarts the sequence; keeps its memory.
  void clear();
  void reserve(std::size_t events);
};

}  // namespace materiel::engine
