#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace materiel::stats {

/// How many of some values differ from the commonest one, as far as that matters: from kEnough on it is not counted
/// further. A mean's standard error says nothing while nearly all values agree. Exact and mergeable in constant memory:
/// while fewer than kEnough values differ, there are at most kEnough distinct ones; and the number that differ never
/// falls as values come in.
class CommonestValue {
 public:
  static constexpr std::size_t kEnough = 10;

  void add(double x) { add(x, 1); }  ///< not NaN
  void merge(const CommonestValue& other);

  [[nodiscard]] std::uint64_t differing() const { return differing_; }  ///< kEnough: so many or more
  /// NaN if there are no values, or kEnough differ.
  [[nodiscard]] double value() const;

  /// Saves to and loads from archives, in the manner of cereal.
  template <class Archive>
  void serialize(Archive& archive) {
    archive(distinct_, differing_);
    for (std::size_t i = 0; i < kEnough; ++i) archive(values_[i], counts_[i]);
    distinct_ = std::min<std::uint64_t>(distinct_, kEnough);  // of a damaged file
  }

 private:
  void add(double x, std::uint64_t times);
  [[nodiscard]] std::size_t commonest() const;

  // In the order in which they came first; meaningless once kEnough differ.
  std::uint64_t distinct_ = 0, differing_ = 0;
  std::array<double, kEnough> values_{};
  std::array<std::uint64_t, kEnough> counts_{};
};

/// The least and the greatest of some values, and how often they occurred.
class ExtremeCounts {
 public:
  void add(double x);  ///< not NaN
  void merge(const ExtremeCounts& other);

  /// A value at the end of the range that half of all values or more have, and CommonestValue::kEnough at least, such
  /// as a loss of 0.
  struct Atom {
    double value = 0, other_end = 0;
    std::uint64_t n = 0, others = 0;  ///< values in all, and those elsewhere
    bool two_values = false;          ///< all others are at the other end
  };
  /// The atom, if there is one and not all values are equal. If either end might be it, the least value.
  [[nodiscard]] bool atom(Atom& found) const;

  /// Saves to and loads from archives, in the manner of cereal.
  template <class Archive>
  void serialize(Archive& archive) {
    archive(n_, at_least_, at_most_, least_, most_);
  }

 private:
  std::uint64_t n_ = 0, at_least_ = 0, at_most_ = 0;
  double least_ = 0, most_ = 0;  // meaningless while there are no values
};

}  // namespace materiel::stats
