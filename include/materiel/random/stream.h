#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <string_view>

namespace materiel::random {

/// What a stream is for: all replications of one (seed, name, purpose) share a key and differ in the counter.
struct StreamKey {
  std::uint64_t value = 0;
};

/// @param seed     of the study
/// @param name     of the thing that draws, with its kind: "route.caspian", "parameter.opens"
/// @param purpose  of the draws: "transit", "loss", "value"
[[nodiscard]] StreamKey stream_key(std::uint64_t seed, std::string_view name, std::string_view purpose);

/// One stream of random bits: Philox4x32-10 (Salmon, Moraes, Dror & Shaw 2011) by Random123, keyed by (seed, name,
/// purpose) and counting in blocks of two draws within (sample, replication). Streams of one key never overlap; two
/// keys coincide with probability 2^-64. Satisfies the uniform random bit generator that Boost.Random and <random>
/// accept. Costs nothing until the first draw; copying one copies its position.
class Stream {
 public:
  using result_type = std::uint64_t;

  Stream() = default;
  Stream(StreamKey key, std::uint32_t sample, std::uint32_t replication);

  static constexpr result_type min() { return 0; }
  static constexpr result_type max() { return std::numeric_limits<result_type>::max(); }

  /// 64 random bits.
  result_type operator()();

  /// A uniform number in (0, 1), never 0 or 1: (k + 1/2) 2^-52 for k of 52 bits.
  double uniform();
};

}  // namespace materiel::random
