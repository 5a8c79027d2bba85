#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <materiel/stats/log_histogram.h>

namespace materiel::stats {

/// The distribution of one variable in constant memory. While there are at most `exact_values` values, all are known
/// exactly; beyond that they are counted in a LogHistogram, whose values are off by less than 0.1 %. Values that the
/// histogram holds as they are, such as small whole numbers, are counted in it from the beginning.
///
/// What it answers depends only on the values that are in it: not on their order, nor on how merge() brought them
/// together.
class QuantileSketch {
 public:
  /// @param exact_values  how many values are known exactly
  explicit QuantileSketch(std::size_t exact_values) : exact_values_(exact_values) {}

  /// Takes values in; none may be NaN.
  void add(std::span<const double> values);
  void add(double value) { add(std::span(&value, 1)); }

  /// The same by their keys, many columns at a time; skips kNoKey. As long as all values are exact with them, the keys
  /// have to be of values that LogHistogram::holds().
  void add_keys(std::span<const LogHistogram::Key> keys, LogHistogram::Workspace& workspace);

  /// Has the processor fetch what add_keys() is about to touch.
  void prefetch() const { histogram_.prefetch(); }

  /// Knows no more values exactly from now on.
  void round();

  /// Takes in all that `other` holds. Both must have the same number of exact values.
  void merge(const QuantileSketch& other);

  [[nodiscard]] std::uint64_t n() const { return n_; }
  /// Whether all values are known exactly.
  [[nodiscard]] bool exact() const { return n_ <= exact_values_; }

  /// The order statistics of the given ranks (1 = least, n() = greatest), in the order of `ranks`; NaN for a rank out
  /// of range. Costs a sort of the exact values, or a pass over the histogram.
  [[nodiscard]] std::vector<double> at_ranks(std::span<const std::uint64_t> ranks) const;

  /// The p-quantile x_(ceil(n p)), 0 < p < 1: the inverse of the empirical distribution function. NaN if there are no
  /// values.
  [[nodiscard]] double quantile(double p) const;

  /// Bytes that it holds, itself included.
  [[nodiscard]] std::size_t memory() const;

  /// Saves to and loads from archives, in the manner of cereal; into one that has as many exact values. The bytes
  /// depend only on the values that are in it, and while they are exact on their order.
  template <class Archive>
  void save(Archive& archive) const {
    archive(n_, others_, histogram_.packed());
  }
  template <class Archive>
  void load(Archive& archive) {
    *this = QuantileSketch(exact_values_);
    merge_saved(archive);
  }
  /// Takes in what another one saved, as merge() does.
  /// @throws std::exception if it isn't such
  template <class Archive>
  void merge_saved(Archive& archive) {
    std::uint64_t n = 0;
    std::vector<double> others;
    std::vector<std::uint8_t> packed;
    archive(n, others, packed);
    merge_parts(n, others, packed);
  }

 private:
  void merge_parts(std::uint64_t n, const std::vector<double>& others, const std::vector<std::uint8_t>& packed);
  void keep_exactness();
  void keep(std::span<const double> values);
  [[nodiscard]] std::vector<double> all_values() const;

  std::size_t exact_values_;
  std::uint64_t n_ = 0;
  LogHistogram histogram_;
  std::vector<double> others_;  // while all are exact, those that the histogram doesn't hold
};

}  // namespace materiel::stats
