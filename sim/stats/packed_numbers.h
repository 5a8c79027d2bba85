#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

/// Whole numbers in few bytes: seven bits a byte, the lowest first; the highest bit of a byte says that more follow.
namespace materiel::stats {

inline constexpr std::size_t kLongestNumber = 10, kLongestPair = 2 * kLongestNumber;  ///< bytes

/// @return the place behind
inline std::uint8_t* write_number(std::uint64_t number, std::uint8_t* place) {
  for (; number >= 0x80; number >>= 7) *place++ = static_cast<std::uint8_t>(number | 0x80);
  *place++ = static_cast<std::uint8_t>(number);
  return place;
}

inline void append_number(std::uint64_t number, std::vector<std::uint8_t>& bytes) {
  std::array<std::uint8_t, kLongestNumber> written;
  bytes.insert(bytes.end(), written.data(), write_number(number, written.data()));
}

/// Takes one off the front; what is cut short is read as far as it goes.
inline std::uint64_t take_number(std::span<const std::uint8_t>& bytes) {
  std::uint64_t number = 0;
  for (unsigned shift = 0; !bytes.empty() && shift < 64; shift += 7) {
    const std::uint8_t byte = bytes.front();
    bytes = bytes.subspan(1);
    number |= std::uint64_t{byte & 0x7fU} << shift;
    if (byte < 0x80) break;
  }
  return number;
}

}  // namespace materiel::stats
