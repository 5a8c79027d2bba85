#pragma once

#include <bit>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <materiel/engine/detail/time_key.h>
#include <materiel/engine/time.h>

namespace materiel::engine {

namespace detail {

/// If bound < key, key and slot become the rival's: without a branch, which here would be mispredicted half the time.
inline void take_rival_if_below(std::uint64_t bound, std::uint64_t rival_key, std::uint64_t rival_slot,
                                std::uint64_t& key, std::uint64_t& slot) {
#if defined(__GNUC__) && defined(__x86_64__)
  // From a ternary gcc 12 and clang 14 make a branch, even when told that it's unpredictable; from the masks below gcc
  // 12 makes vector instructions, and the whole set was measured to take longer.
  asm("cmpq %[key], %[bound]\n\tcmovb %[rival_slot], %[slot]\n\tcmovb %[rival_key], %[key]"
      : [key] "+&r"(key), [slot] "+&r"(slot)
      : [bound] "r"(bound), [rival_slot] "r"(rival_slot), [rival_key] "r"(rival_key)
      : "cc");
#else
  const std::uint64_t taken = std::uint64_t{0} - static_cast<std::uint64_t>(bound < key);
  key ^= (key ^ rival_key) & taken;
  slot ^= (slot ^ rival_slot) & taken;
#endif
}

}  // namespace detail

/// A calendar for a fixed number of slots with at most one pending event each: a process that has one next event.
/// Total order: by time, then by slot number, so that slots are numbered by priority. No handles and no allocation
/// after construction.
///
/// It is a winner tree (Knuth, The Art of Computer Programming 3, 5.4.1) over the slots, on integer keys, played again
/// from the slot's leaf to the root at every set: always the same path length, no branch that depends on times. An
/// array read through at every set takes 2 to 4 times as long at 16 and 64 slots, the draws deducted
/// (bench/micro/slot_calendar_bench, gcc 12, Zen 4).
class SlotCalendar {
 public:
  /// All slots empty.
  explicit SlotCalendar(std::size_t slots)
      : slots_(slots), leaves_(std::bit_ceil(slots == 0 ? std::size_t{1} : slots)), nodes_(2 * leaves_) {
    assert(slots < 0x80000000U);
    reset();
  }

  /// Sets or replaces the slot's event. kNever empties the slot. Not NaN.
  void set(std::uint32_t slot, Time time) {
    assert(slot < slots_);
    Node* const nodes = nodes_.data();
    std::size_t place = leaves_ + slot;
    std::uint64_t key = detail::time_key(time);
    std::uint64_t winner = slot;
    nodes[place] = {key, winner};
    while (place > 1) {
      const Node& rival = nodes[place ^ 1];
      // Even nodes stand over lower slots, which win ties: to them, an odd one loses unless it is strictly earlier.
      detail::take_rival_if_below(rival.key - (place & 1), rival.key, rival.slot, key, winner);
      place /= 2;
      nodes[place] = {key, winner};
    }
  }
  void clear(std::uint32_t slot) { set(slot, kNever); }
  /// Empties all slots.
  void reset() {
    const std::uint64_t never = detail::time_key(kNever);
    for (std::size_t i = 0; i < leaves_; ++i) nodes_[leaves_ + i] = {never, i};
    for (std::size_t i = leaves_ - 1; i > 0; --i) nodes_[i] = nodes_[2 * i];
  }

  [[nodiscard]] Time time(std::uint32_t slot) const {
    assert(slot < slots_);
    return detail::key_time(nodes_[leaves_ + slot].key);
  }
  /// The earliest event's slot and time; time kNever if all slots are empty.
  [[nodiscard]] std::uint32_t top_slot() const { return static_cast<std::uint32_t>(nodes_[1].slot); }
  [[nodiscard]] Time top_time() const { return detail::key_time(nodes_[1].key); }
  [[nodiscard]] std::size_t size() const { return slots_; }

 private:
  struct Node {
    std::uint64_t key = 0;  ///< time_key of the earliest event below
    std::uint64_t slot = 0;
  };

  std::size_t slots_;
  std::size_t leaves_;       ///< a power of two
  std::vector<Node> nodes_;  ///< node i stands over 2i and 2i + 1; the root is 1, the leaf of slot s is leaves_ + s
};

}  // namespace materiel::engine
