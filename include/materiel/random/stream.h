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
  Stream(StreamKey key, std::uint32_t sample, std::uint32_t replication)
      : key_(key.value), sample_(sample), replication_(replication) {}
  // Only what has been drawn ahead is worth copying.
  Stream(const Stream& other) { *this = other; }
  Stream& operator=(const Stream& other) {
    key_ = other.key_;
    sample_ = other.sample_;
    replication_ = other.replication_;
    blocks_ = other.blocks_;
    next_ = other.next_;
    filled_ = other.filled_;
    for (std::uint32_t i = next_; i < filled_; ++i) ahead_[i] = other.ahead_[i];
    return *this;
  }
  ~Stream() = default;

  static constexpr result_type min() { return 0; }
  static constexpr result_type max() { return std::numeric_limits<result_type>::max(); }

  /// 64 random bits.
  result_type operator()() {
    if (next_ == filled_) refill();
    return ahead_[next_++];
  }

  /// Goes on with the draws of a block, two of each: a new stream stands at block 0.
  void skip_to(std::uint64_t block) {
    blocks_ = block;
    next_ = filled_ = 0;
  }

  /// A uniform number in (0, 1), never 0 or 1: (k + 1/2) 2^-52 for k of 52 bits.
  double uniform() { return (static_cast<double>((*this)() >> 12) + 0.5) * 0x1p-52; }

 private:
  void refill();

  std::uint64_t key_ = 0;
  std::uint32_t sample_ = 0, replication_ = 0;
  std::uint64_t blocks_ = 0;  ///< made so far: the counter of the next one
  std::uint32_t next_ = 0, filled_ = 0;
  std::array<std::uint64_t, 16> ahead_;  ///< two draws of each of up to eight blocks
};

}  // namespace materiel::random
