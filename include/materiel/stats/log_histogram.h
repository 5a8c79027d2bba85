#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace materiel::stats {

/// A log-linear histogram of doubles of any size and sign: a value is counted as itself rounded to 10 significant bits,
/// which makes 512 buckets an octave, as in HdrHistogram (Tene 2012). The rounded value is off by at most 2^-10 of the
/// value (less than 0.1 %), or 2^-1032 for subnormal numbers; zero, infinities and whole numbers up to 1024 (and those
/// times powers of two) are exact.
///
/// Buckets are made in pages of 64 as they are touched, two bytes a bucket; counts that run over go to a short list. No
/// count is ever lost.
class LogHistogram {
 public:
  /// A short name for the bucket of zero or of a common positive value; only for the histogram itself.
  using Key = std::uint16_t;

  /// The key of nothing: of NaN, and to blot a value out.
  static constexpr Key kNoKey = 0xffff;

  /// The key of a value. Positive values from just above 2^-64 to just below 2^64, zero and NaN have one; for all
  /// others `unfit` becomes other than 0 and the key means nothing. Without branches, for vectorised loops.
  static Key key(double value, std::uint64_t& unfit) {
    const auto bits = std::bit_cast<std::uint64_t>(value);
    const std::uint64_t place = ((bits + kHalf) >> kDroppedBits) - kFirstKeyed;
    const std::uint64_t ordinary = bits == 0 || value != value ? 0 : ~std::uint64_t{0};
    unfit |= ((place + 1) | (place - 1)) >> 16 & ordinary;
    const std::uint64_t special = value != value ? kNoKey : 0;
    return static_cast<Key>((place & ordinary) | special);
  }

  /// Counts a value that isn't NaN.
  void count(double value, std::uint64_t times = 1);

  /// Counts values by their keys and skips kNoKey; fastest for a thousand at once.
  /// @return how many were counted
  std::size_t count(std::span<const Key> keys);

  void merge(const LogHistogram& other);

  /// A value that occurs, rounded, and how many are at most that.
  struct Step {
    double value = 0;
    std::uint64_t up_to = 0;
  };
  /// All of them in growing order.
  [[nodiscard]] std::vector<Step> steps() const;

  /// The order statistics of the given ranks, rounded, in the order of `ranks`: 1 is the least of what was counted. All
  /// ranks must occur.
  [[nodiscard]] std::vector<double> at_ranks(std::span<const std::uint64_t> ranks) const;

  /// Bytes allocated, without the object itself.
  [[nodiscard]] std::size_t memory() const;

  /// All that it holds in few bytes, which depend only on the values that were counted.
  [[nodiscard]] std::vector<std::uint8_t> packed() const;
  /// Counts what another one had packed.
  void count_packed(std::span<const std::uint8_t> bytes);

  /// Saves to and loads from archives, in the manner of cereal.
  template <class Archive>
  void save(Archive& archive) const {
    archive(packed());
  }
  template <class Archive>
  void load(Archive& archive) {
    std::vector<std::uint8_t> bytes;
    archive(bytes);
    *this = {};
    count_packed(bytes);
  }

 private:
  static constexpr unsigned kDroppedBits = 52 - 9;  // of the 52 after the leading one
  static constexpr std::uint64_t kHalf = 1ULL << (kDroppedBits - 1);
  static constexpr std::uint64_t kFirstKeyed = std::uint64_t{1023 - 64} * 512;  // bucket of 2^-64; starts a page
  static constexpr unsigned kPageBits = 6;
  static constexpr std::uint32_t kPageBuckets = 1U << kPageBits;
  static constexpr std::uint32_t kGroup = 4;  ///< counts that are looked at together

  using Count = std::uint16_t;
  /// Where the pages of the values of one sign are: a window of the line of all pages.
  struct Directory {
    std::uint32_t first = 0;           // page that the first entry stands for
    std::vector<std::uint16_t> pages;  // 1 + number of the page's counts; 0 = no such page yet
  };
  /// How often the count of a bucket ran over.
  struct Overflow {
    std::uint32_t place = 0;  // in counts_
    std::uint64_t times = 0;
  };

  static std::uint32_t bucket_of(double value);
  static double value_of(std::uint32_t bucket);
  void count_bucket(bool negative, std::uint32_t bucket, std::uint64_t times);
  std::size_t count_singly(std::span<const Key> keys);
  void add_dense(std::uint32_t first, std::span<const Count> added);
  static bool has_page(const Directory& directory, std::uint32_t page);
  void make_room(std::size_t pages);
  void add_page_counts(std::uint32_t page, std::span<const Count> added);
  std::uint32_t page_place(Directory& directory, std::uint32_t page);
  static void widen(Directory& directory, std::uint32_t page);
  void overflow(std::uint32_t place, std::uint64_t times);
  [[nodiscard]] std::uint64_t count_at(std::uint32_t place) const;
  [[nodiscard]] std::uint64_t buckets_in_use(bool negative) const;
  [[nodiscard]] bool none_in_group(std::uint32_t place) const;
  template <class Visit>
  void visit_buckets(bool negative, Visit visit) const;

  std::uint64_t zeros_ = 0;
  std::array<Directory, 2> directories_;  // of positive and negative values
  std::vector<Count> counts_;             // whole pages
  std::vector<Overflow> overflows_;       // by place; few
};

}  // namespace materiel::stats
