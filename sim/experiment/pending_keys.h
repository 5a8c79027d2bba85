#pragma once

#include <cstddef>
#include <memory>
#include <span>

#include <materiel/stats/quantile_sketch.h>

namespace materiel::experiment {

/// Keys of values on their way into sketches, one sketch a column: rows are written as they come, and some
/// hundred rows are counted column by column. So the sketches, which don't fit the cache, are touched as much less
/// often.
class PendingKeys {
 public:
  using Key = stats::LogHistogram::Key;

  /// Columns come in strips of that many; the last may be narrower.
  static constexpr std::size_t kStrip = 64;

  explicit PendingKeys(std::size_t columns) : columns_(columns) {}

  /// Makes room for that many more rows, counting what is pending if they don't fit, and appends them. They hold
  /// anything until they are written.
  void append_rows(std::size_t rows, std::span<stats::QuantileSketch> sketches);

  /// The keys of a strip in one of the rows appended last, counted from 0.
  [[nodiscard]] std::span<Key, kStrip> row(std::size_t strip, std::size_t index) {
    return std::span<Key, kStrip>(&keys_[(strip * kRows + last_ + index) * kStrip], kStrip);
  }

  /// Counts what is pending, and gives its memory back.
  void settle(std::span<stats::QuantileSketch> sketches);

  /// Bytes allocated.
  [[nodiscard]] std::size_t memory() const { return size_ * sizeof(Key); }

 private:
  static constexpr std::size_t kRows = 128;

  void count_rows(std::span<stats::QuantileSketch> sketches);

  std::size_t columns_;
  std::size_t rows_ = 0, last_ = 0;
  std::size_t size_ = 0;
  std::unique_ptr<Key[]> keys_;  // by strip, then row, then column of the strip
};

}  // namespace materiel::experiment
