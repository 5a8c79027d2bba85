#pragma once

#include <cstdint>

namespace materiel::stats {

/// The count, mean and sum of squared deviations of some numbers. Both parts of a merged whole may be empty.
struct MeanPart {
  double n = 0;
  double mean = 0;
  double m2 = 0;  ///< sum of (x - mean)^2

  /// Joins two parts by the pairwise update of Chan, Golub & LeVeque (1983). Without branches, so that loops over many
  /// parts are vectorised.
  void merge(double other_n, double other_mean, double other_m2) {
    const double total = n + other_n;
    const double share = other_n / (total > 0 ? total : 1.0);
    const double delta = other_mean - mean;
    mean += delta * share;
    m2 += other_m2 + delta * delta * n * share;
    n = total;
  }
  void merge(const MeanPart& other) { merge(other.n, other.mean, other.m2); }

  /// Saves to and loads from archives, in the manner of cereal.
  template <class Archive>
  void serialize(Archive& archive) {
    archive(n, mean, m2);
  }
};

/// Mergeable moments of one variable up to the fourth, with its extremes. Two parts joined by merge() give what one
/// accumulator of all values would, up to rounding; a fixed order of values and merges gives fixed bits.
class Moments {
 public:
  /// Takes a value in. One-pass update of Pebay (2008), of which Welford's (1962) is the part for the variance.
  void add(double x);

  /// Pairwise update: Chan, Golub & LeVeque (1983) for the variance, Pebay (2008) for the third and fourth moments.
  void merge(const Moments& other);

  [[nodiscard]] std::uint64_t n() const { return n_; }
  [[nodiscard]] double mean() const;      ///< NaN if there are no values
  [[nodiscard]] double variance() const;  ///< with divisor n - 1; NaN below 2 values
  [[nodiscard]] double sd() const;        ///< square root of variance()
  [[nodiscard]] double min() const;       ///< NaN if there are no values
  [[nodiscard]] double max() const;       ///< NaN if there are no values

  /// The sample kurtosis n * m4 / m2^2, where m2 and m4 are sums of powers of deviations (3 for a normal variable);
  /// NaN if all values are equal.
  [[nodiscard]] double kurtosis() const;

  /// Saves to and loads from archives, in the manner of cereal.
  template <class Archive>
  void serialize(Archive& archive) {
    archive(n_, mean_, m2_, m3_, m4_, min_, max_);
  }

 private:
  std::uint64_t n_ = 0;
  double mean_ = 0;
  double m2_ = 0, m3_ = 0, m4_ = 0;  // sums of powers of the deviations from the mean
  double min_ = 0, max_ = 0;         // meaningless while there are no values
};

}  // namespace materiel::stats
