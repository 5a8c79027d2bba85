#pragma once

#include <bit>
#include <cassert>
#include <cstdint>

#include <materiel/engine/time.h>

namespace materiel::engine::detail {

/// An integer that is ordered as the times are: the IEEE 754 bits with the sign folded in. Integers compare in one
/// cycle and select without a branch, doubles do neither. Both zeros give the same key. Not NaN.
[[nodiscard]] inline std::uint64_t time_key(Time time) {
  assert(time == time && "a time is never NaN");
  const auto bits = std::bit_cast<std::uint64_t>(time + 0.0);
  const auto all_ones_if_negative = static_cast<std::uint64_t>(static_cast<std::int64_t>(bits) >> 63);
  return bits ^ (all_ones_if_negative | (std::uint64_t{1} << 63));
}

/// The time of a key: the inverse of time_key.
[[nodiscard]] inline Time key_time(std::uint64_t key) {
  const auto all_ones_if_negative = static_cast<std::uint64_t>(static_cast<std::int64_t>(~key) >> 63);
  return std::bit_cast<Time>(key ^ (all_ones_if_negative | (std::uint64_t{1} << 63)));
}

}  // namespace materiel::engine::detail
