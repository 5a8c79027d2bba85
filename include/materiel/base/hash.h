#pragma once

#include <cstdint>
#include <string_view>

namespace materiel {

/// A 64-bit hash of a text: FNV-1a (Fowler, Noll, Vo) finished with the mixer of SplitMix64 (Steele, Lea, Flood 2014).
/// It names random streams, so its values are part of every result: never change it.
[[nodiscard]] constexpr std::uint64_t hash64(std::string_view text, std::uint64_t seed = 0) {
  std::uint64_t h = 0xcbf29ce484222325ULL ^ seed;
  for (const char c : text) {
    h ^= static_cast<unsigned char>(c);
    h *= 0x100000001b3ULL;
  }
  h += 0x9e3779b97f4a7c15ULL;
  h = (h ^ (h >> 30)) * 0xbf58476d1ce4e5b9ULL;
  h = (h ^ (h >> 27)) * 0x94d049bb133111ebULL;
  return h ^ (h >> 31);
}

}  // namespace materiel
