#pragma once

#include <array>
#include <bit>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <materiel/engine/detail/entry.h>

namespace materiel::engine::detail {

/// The events that aren't due soon: a radix heap (Ahuja, Mehlhorn, Orlin & Tarjan 1990) with digits of 4 bits.
///
/// Every key here is at least the base. A key stands in the bucket of (the highest digit in which it differs from the
/// base, its own digit there), so buckets in order of their index hold ranges of keys in order. Raising the base into
/// a bucket spreads that bucket over the finer ones below it and touches no other: an event comes down a few times in
/// its life, each time by a sequential copy. The 128 bits of the key are all digits, so any number of events tied in
/// time are still told apart by priority and sequence.
///
/// Buckets are chains of chunks out of one pool: memory follows the number of events, whichever buckets they are in.
class FarEvents {
 public:
  static constexpr unsigned kDigitBits = 4;
  static constexpr unsigned kRadix = 1U << kDigitBits;
  static constexpr unsigned kHalf = 64 / kDigitBits * kRadix;  ///< buckets of one 64-bit half of the key
  static constexpr unsigned kBuckets = 2 * kHalf;

  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::size_t size(unsigned bucket) const { return buckets_[bucket].count; }
  [[nodiscard]] Key base() const { return (Key{base_time_} << 64) | base_order_; }

  /// Adds an entry; its key is at least the base.
  void push(const Entry& entry) {
    const unsigned index = bucket_of(entry.time, entry.order);
    Bucket& bucket = buckets_[index];
    if (bucket.fill == kChunk) add_chunk(bucket);
    chunks_[bucket.chunk].entries[bucket.fill++] = entry;
    ++bucket.count;
    ++size_;
    occupied_[index / 64] |= std::uint64_t{1} << (index % 64);
  }

  /// The bucket that holds, or would hold, a key of at least the base.
  [[nodiscard]] unsigned bucket_of(Key key) const {
    return bucket_of(static_cast<std::uint64_t>(key >> 64), static_cast<std::uint64_t>(key));
  }

  /// The bucket of the earliest events. Not empty.
  [[nodiscard]] unsigned first_bucket() const;
  /// The largest key that belongs into the bucket.
  [[nodiscard]] Key last_key_of(unsigned bucket) const;

  /// Moves the base up. No key here is below it.
  void raise_base(Key base);
  /// Moves the base down: what stood below the highest digit that changes goes back into one bucket.
  void lower_base(Key base);

  /// Removes the least entry of a bucket by reading all of it. Not empty.
  Entry take_least(unsigned bucket);

  /// Empties a bucket, calling visit(Entry) for each entry in no particular order; visit may push.
  template <class Visit>
  void drain(unsigned index, Visit&& visit) {
    const Bucket bucket = buckets_[index];
    buckets_[index] = Bucket{};
    occupied_[index / 64] &= ~(std::uint64_t{1} << (index % 64));
    size_ -= bucket.count;
    std::uint32_t fill = bucket.fill;
    for (std::uint32_t chunk = bucket.chunk; chunk != kNone; fill = kChunk) {
      const std::uint32_t next = chunks_[chunk].next;
      if (next != kNone) prefetch(next);
      for (std::uint32_t i = 0; i < fill; ++i) visit(Entry(chunks_[chunk].entries[i]));
      free_chunk(chunk);
      chunk = next;
    }
  }

  /// Keeps the entries of a bucket that keep(Entry) says to keep; returns how many went.
  template <class Keep>
  std::size_t filter(unsigned index, Keep&& keep) {
    const std::size_t before = size_;
    drain(index, [&](const Entry& entry) {
      if (keep(entry)) push(entry);
    });
    return before - size_;
  }

  /// The same for all buckets.
  template <class Keep>
  std::size_t filter_all(Keep&& keep) {
    std::size_t gone = 0;
    for (unsigned index = 0; index < kBuckets; ++index) {
      if (occupied(index)) gone += filter(index, keep);
    }
    return gone;
  }

  /// Removes all entries and moves the base to the least key; keeps its memory.
  void clear();
  /// Makes room for so many entries, however they fall into buckets.
  void reserve(std::size_t entries);

 private:
  static constexpr std::uint32_t kNone = 0xffffffffU;
  static constexpr std::uint32_t kChunk = 18;  // makes a chunk 440 bytes, seven cache lines

  struct Chunk {
    std::array<Entry, kChunk> entries;
    std::uint32_t next;
  };
  /// All chunks of a bucket are full but the first, which has `fill` entries.
  struct Bucket {
    std::uint32_t chunk = kNone;
    std::uint32_t fill = kChunk;
    std::uint32_t count = 0;
  };

  [[nodiscard]] unsigned bucket_of(std::uint64_t time, std::uint64_t order) const {
    if (const std::uint64_t differing = time ^ base_time_; differing != 0) {
      return kHalf + bucket_in_half(differing, time);
    }
    return bucket_in_half((order ^ base_order_) | 1, order);
  }

  [[nodiscard]] static unsigned bucket_in_half(std::uint64_t differing, std::uint64_t word) {
    const auto highest = 63U - static_cast<unsigned>(std::countl_zero(differing));
    const unsigned shift = highest & ~(kDigitBits - 1);
    return shift / kDigitBits * kRadix + (static_cast<unsigned>(word >> shift) & (kRadix - 1));
  }

  [[nodiscard]] bool occupied(unsigned index) const { return (occupied_[index / 64] >> (index % 64) & 1) != 0; }
  void set_base(Key base) {
    base_time_ = static_cast<std::uint64_t>(base >> 64);
    base_order_ = static_cast<std::uint64_t>(base);
  }
  void add_chunk(Bucket& bucket);
  void free_chunk(std::uint32_t chunk) {
    chunks_[chunk].next = free_;
    free_ = chunk;
  }
  void prefetch(std::uint32_t chunk) const {
    const char* place = reinterpret_cast<const char*>(&chunks_[chunk]);
    for (std::size_t line = 0; line < sizeof(Chunk); line += 64) __builtin_prefetch(place + line);
  }

  std::uint64_t base_time_ = 0;
  std::uint64_t base_order_ = 0;
  std::size_t size_ = 0;
  std::array<std::uint64_t, kBuckets / 64> occupied_{};
  std::array<Bucket, kBuckets> buckets_{};
  std::vector<Chunk> chunks_;
  std::uint32_t free_ = kNone;
};

}  // namespace materiel::engine::detail
