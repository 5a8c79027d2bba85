#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace materiel::stats {

/// A log-linear histogram of doubles of any size and sign: a value is counted as itself rounded to 10 significant bits,
/// which makes 512 buckets an octave, as in HdrHistogram (Tene 2012). The rounded value is off by at most 2^-10 of the
/// value (less than 0.1 %), or 2^-1032 for subnormal numbers; zero, infinities and whole numbers up to 1024 (and those
/// times powers of two) are exact.
///
/// Buckets of common positive values are kept in pages of 32 as they are touched. Whole numbers below 512 have pages of
/// their own, where they lie side by side. A page's counts take one byte each, and twice as many whenever one runs
/// over. No count is ever lost.
class LogHistogram {
 public:
  /// A short name for the bucket of zero or of a common positive value; only for the histogram itself.
  using Key = std::uint16_t;

  /// The key of nothing: of NaN, and to blot a value out.
  static constexpr Key kNoKey = 0xffff;

  /// What was found of values while their keys were made; each stays 0 while it is true of none.
  struct Findings {
    std::uint64_t unfit = 0;    ///< it has no key
    std::uint64_t rounded = 0;  ///< its bucket stands for another value
  };

  /// The key of a value. Positive values from just above 2^-53 to just below 2^73, zero and NaN have one; the key of
  /// others means nothing. Without branches, for vectorised loops.
  static Key key(double value, Findings& findings) {
    const auto bits = std::bit_cast<std::uint64_t>(value);
    const std::uint64_t bucket = (bits + kHalf) >> kDroppedBits;
    const double nearest = std::bit_cast<double>(bucket << kDroppedBits);
    constexpr double kLift = 0x1p52;  // a whole number added to it is in the lowest bits of the sum
    const double lifted = nearest + kLift;
    const auto yes = [](bool condition) { return condition ? ~std::uint64_t{0} : 0; };
    const std::uint64_t large = yes(nearest >= static_cast<double>(kWholeNumbers));
    const std::uint64_t whole = yes(nearest >= 0) & ~large & yes(lifted - kLift == nearest);
    const std::uint64_t missing = yes(value != value);
    const std::uint64_t distance = bucket - kFirstLarge;
    const std::uint64_t place = distance + kFractionBuckets;
    findings.unfit |= (place | (place + 2 * kWholeNumbers)) >> 16 & ~whole & ~missing;
    findings.rounded |= yes(nearest != value) & ~missing;
    const std::uint64_t other = distance - kWholeNumbers + (2 * kWholeNumbers & large);
    return static_cast<Key>((std::bit_cast<std::uint64_t>(lifted) & (kWholeNumbers - 1) & whole) | (other & ~whole) |
                            missing);
  }

  /// Whether a value that isn't NaN is counted as itself.
  [[nodiscard]] static bool holds(double value) { return value_of(bucket_of(value)) == value; }

  /// Where the pages of the histogram at work are; one serves any number of histograms, one after the other.
  class Workspace {
    friend class LogHistogram;
    std::array<std::uint32_t, 2048> places_{};  // by page; all 0 between calls
  };

  /// Counts a value that isn't NaN.
  void count(double value, std::uint64_t times = 1);

  /// Counts values of which none is NaN.
  void count(std::span<const double> values);

  /// Counts values by their keys and skips kNoKey; fastest for a hundred at once.
  /// @return how many were counted
  std::size_t count(std::span<const Key> keys, Workspace& workspace);

  /// Has the processor fetch what count() of keys is about to touch.
  void prefetch() const;

  void merge(const LogHistogram& other);

  /// A value that occurs, rounded, and how many are at most that.
  struct Step {
    double value = 0;
    std::uint64_t up_to = 0;
  };
  /// All of them in growing order.
  [[nodiscard]] std::vector<Step> steps() const;

  /// The order statistics of the given ranks, rounded, in the order of `ranks`: 1 is the least of what was counted. A
  /// rank beyond the last gives the greatest; anything if nothing was counted.
  [[nodiscard]] std::vector<double> at_ranks(std::span<const std::uint64_t> ranks) const;

  /// Bytes allocated, without the object itself.
  [[nodiscard]] std::size_t memory() const;

  /// All that it holds in few bytes, which depend only on the values that were counted.
  [[nodiscard]] std::vector<std::uint8_t> packed() const;
  /// Counts what another one had packed.
  /// @return how many values were counted; nothing if it isn't well formed, and then nothing is
  std::optional<std::uint64_t> count_packed(std::span<const std::uint8_t> bytes);

 private:
  static constexpr unsigned kDroppedBits = 52 - 9;  // of the 52 after the leading one
  static constexpr std::uint64_t kHalf = 1ULL << (kDroppedBits - 1);
  // Keys: whole numbers below 512 themselves, then the 64 octaves of buckets from 512 on; from the other end, below an
  // octave of no use, the 62 octaves of the other buckets below 512.
  static constexpr std::uint64_t kWholeNumbers = 512;
  static constexpr std::uint64_t kFirstLarge = std::uint64_t{1023 + 9} * 512;  // bucket of 512
  static constexpr std::uint64_t kFractionBuckets = 62 * kWholeNumbers, kLargeBuckets = 64 * kWholeNumbers;
  static constexpr std::uint64_t kFirstFraction = kWholeNumbers + kLargeBuckets;  // key of the least
  static constexpr unsigned kPageBits = 5;
  static constexpr std::uint32_t kPageBuckets = 1U << kPageBits;
  static constexpr std::size_t kPages = 65536 / kPageBuckets;
  static_assert(std::tuple_size_v<decltype(Workspace::places_)> == kPages);

  /// The number of a page, and in the last two bits the logarithm of how many bytes its counts take.
  using Page = std::uint16_t;
  /// A bucket, negative for negative values, and how often it occurs.
  struct Counted {
    std::int64_t bucket = 0;
    std::uint64_t times = 0;
  };
  /// A page that there is.
  struct Found {
    std::size_t index = 0;    // in pages_
    std::uint32_t place = 0;  // in counts_
  };

  static std::int64_t bucket_of(double value);
  static double value_of(std::int64_t bucket);
  static std::int64_t bucket_of_key(std::uint32_t key);

  [[nodiscard]] static std::uint32_t number(Page page) { return page >> 2U; }
  [[nodiscard]] static unsigned width(Page page) { return page & 3U; }
  [[nodiscard]] static std::uint32_t bytes(Page page) { return kPageBuckets << width(page); }

  [[nodiscard]] Found find(std::uint32_t page) const;
  void add(const Found& page, std::uint32_t within, std::uint64_t times);
  void count_key(Key key, std::uint64_t times);
  void count_outside(std::int64_t bucket, std::uint64_t times);
  void merge(LogHistogram&& other);
  void merge_pages(std::span<const Page> pages, std::span<const std::uint8_t> counts);
  bool add_bytes(std::uint32_t place, std::span<const std::uint8_t> more);
  void add_missing_pages(std::span<const Page> pages);
  bool unpack_outside(std::span<const std::uint8_t>& bytes);
  bool unpack_pages(std::span<const std::uint8_t> bytes);
  void add_pages(std::span<const Page> pages);
  void make_room(std::size_t more);
  void widen(const Found& page, unsigned to);
  void enter(Workspace& workspace) const;
  void leave(Workspace& workspace) const;
  void add_pages_of(std::span<const Key> keys, Workspace& workspace);
  void count_further(Key key, Workspace& workspace);
  [[nodiscard]] std::vector<Counted> all() const;
  void append_page(Page page, std::uint32_t place, std::vector<Counted>& found) const;

  std::vector<Page> pages_;           // by number
  std::vector<std::uint8_t> counts_;  // of the pages, in their order
  std::vector<Counted> outside_;      // values without a key, in their order
};

}  // namespace materiel::stats
