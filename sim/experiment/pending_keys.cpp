#include "experiment/pending_keys.h"

#include <algorithm>
#include <vector>

namespace materiel::experiment {

void PendingKeys::append_rows(std::size_t rows, std::span<stats::QuantileSketch> sketches) {
  const std::size_t strips = (columns_ + kStrip - 1) / kStrip;
  if (!keys_) {  // not filled, so that a short study touches few pages of it
    size_ = strips * kStrip * kRows;
    keys_ = std::make_unique_for_overwrite<Key[]>(size_);
  }
  if (rows_ + rows > kRows) count_rows(sketches);
  last_ = rows_;
  rows_ += rows;
}

void PendingKeys::settle(std::span<stats::QuantileSketch> sketches) {
  count_rows(sketches);
  keys_.reset();
  size_ = 0;
}

// Turns the columns of each strip into rows first.
void PendingKeys::count_rows(std::span<stats::QuantileSketch> sketches) {
  constexpr std::size_t kLength = kRows + 32;  // of a column: no power of two, which would be one set of the cache
  std::vector<Key> turned(kStrip * kLength);
  stats::LogHistogram::Workspace workspace;
  for (std::size_t first = 0; first < columns_ && rows_ > 0; first += kStrip) {
    const Key* key = &keys_[first * kRows];
    for (std::size_t r = 0; r < rows_; ++r) {
      for (std::size_t c = 0; c < kStrip; ++c) turned[c * kLength + r] = *key++;
    }
    for (std::size_t c = 0; c < std::min(kStrip, columns_ - first); ++c) {
      const std::span<const Key> keys(&turned[c * kLength], rows_);
      if (first + c + 1 < columns_) sketches[first + c + 1].prefetch();
      sketches[first + c].add_keys(keys, workspace);
    }
  }
  rows_ = 0;
}

}  // namespace materiel::experiment
