#pragma once

#include <cstddef>
#include <cstdint>

#include <materiel/engine/time.h>

namespace materiel::engine {

/// A calendar for a fixed number of slots with at most one pending event each: a process that has one next event.
/// Total order: by time, then by slot number, so that slots are numbered by priority. No handles and no allocation after
/// construction.
class SlotCalendar {
 public:
  /// All slots empty.
  explicit SlotCalendar(std::size_t slots);

  /// Sets or replaces the slot's event. kNever empties the slot. Not NaN.
  void set(std::uint32_t slot, Time time);
  void clear(std::uint32_t slot) { set(slot, kNever); }
  /// Empties all slots.
  void reset();

  [[nodiscard]] Time time(std::uint32_t slot) const;
  /// The earliest event's slot and time; time kNever if all slots are empty.
  [[nodiscard]] std::uint32_t top_slot() const;
  [[nodiscard]] Time top_time() const;
  [[nodiscard]] std::size_t size() const;
};

}  // namespace materiel::engine
