#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <materiel/stats/log_histogram.h>

namespace materiel::stats {

/// The distribution of one variable in constant memory. Keeps all values while there are at most `exact_values` of
/// them; then counts them in a LogHistogram, whose values are off by less than 0.1 %.
///
/// What it answers depends only on the values that are in it: not on their order, nor on how merge() brought them
/// together.
class QuantileSketch {
 public:
  /// @param exact_values  how many values are kept as they are before the histogram takes over
  explicit QuantileSketch(std::size_t exact_values) : exact_values_(exact_values) {}

  /// Takes values in; none may be NaN.
  void add(std::span<const double> values);
  void add(double value) { add(std::span(&value, 1)); }

  /// The same by their keys, of values that were rounded beforehand, many columns at a time; skips kNoKey. The
  /// sketch can't keep exact values any more, however few there are.
  void add_keys(std::span<const LogHistogram::Key> keys);

  /// Takes in all that `other` holds. Both must have the same number of exact values.
  void merge(const QuantileSketch& other);

  [[nodiscard]] std::uint64_t n() const { return n_; }
  [[nodiscard]] bool exact() const { return exact_; }

  /// The order statistics of the given ranks (1 = least, n() = greatest), in the order of `ranks`; NaN for a rank out
  /// of range. Costs a sort of the exact values, or a pass over the histogram.
  [[nodiscard]] std::vector<double> at_ranks(std::span<const std::uint64_t> ranks) const;

  /// The p-quantile x_(ceil(n p)), 0 < p < 1: the inverse of the empirical distribution function. NaN if there are no
  /// values.
  [[nodiscard]] double quantile(double p) const;

  /// Bytes that it holds, itself included.
  [[nodiscard]] std::size_t memory() const;

  /// Saves to and loads from archives, in the manner of cereal; into one that keeps as many exact values. The bytes
  /// depend only on the values that are in it, and while they are exact on their order.
  template <class Archive>
  void serialize(Archive& archive) {
    archive(exact_, n_, values_, histogram_);
  }

 private:
  void give_up_exactness();

  std::size_t exact_values_;
  bool exact_ = true;
  std::uint64_t n_ = 0;
  std::vector<double> values_;  // while exact
  LogHistogram histogram_;
};

}  // namespace materiel::stats
