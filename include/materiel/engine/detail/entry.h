#pragma once

#include <cstdint>

#include <materiel/engine/detail/time_key.h>

namespace materiel::engine::detail {

/// The place of an event in the total order: 64 bits of time above 24 bits of priority above 40 bits of sequence.
__extension__ using Key = unsigned __int128;

inline constexpr Key kLastKey = ~Key{0};

/// A pending event as the calendar sorts it. The event's node holds the rest; an entry whose order is no longer its
/// node's is stale: its event was cancelled or moved.
struct Entry {
  std::uint64_t time;   ///< time_key
  std::uint64_t order;  ///< priority and sequence
  std::uint32_t node;

  [[nodiscard]] Key key() const { return (Key{time} << 64) | order; }
};

}  // namespace materiel::engine::detail
