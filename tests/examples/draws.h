#pragma once

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

namespace examples {

/// xoshiro256++ (Blackman & Vigna 2021), seeded by SplitMix64: a small fast generator, so that examples and benchmarks
/// of the engine need no other layer.
class Xoshiro {
 public:
  using result_type = std::uint64_t;

  explicit Xoshiro(std::uint64_t seed) {
    for (std::uint64_t& word : state_) {
      seed += 0x9e3779b97f4a7c15ULL;
      std::uint64_t z = (seed ^ (seed >> 30)) * 0xbf58476d1ce4e5b9ULL;
      z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
      word = z ^ (z >> 31);
    }
  }

  static constexpr result_type min() { return 0; }
  static constexpr result_type max() { return std::numeric_limits<result_type>::max(); }

  result_type operator()() {
    const std::uint64_t bits = std::rotl(state_[0] + state_[3], 23) + state_[0];
    const std::uint64_t shifted = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = std::rotl(state_[3], 45);
    return bits;
  }

 private:
  std::array<std::uint64_t, 4> state_{};
};

/// Draws of the exponential distribution with mean 1, by inversion.
class Exponential {
 public:
  explicit Exponential(std::uint64_t seed) : bits_(seed) {}
  double operator()() { return -std::log((static_cast<double>(bits_() >> 11) + 0.5) * 0x1p-53); }

 private:
  Xoshiro bits_;
};

}  // namespace examples
