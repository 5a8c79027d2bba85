#include "random/triangular_factor.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace materiel::random {

TriangularFactor::TriangularFactor(const SymmetricRows& matrix, double diagonal, double least_pivot)
    : rows_(matrix.size()),
      least_pivot_(least_pivot),
      smallest_pivot_(std::numeric_limits<double>::infinity()),
      first_negative_(rows_),
      lower_(rows_ * (rows_ + 1) / 2),
      wanted_(rows_ * kBlock),
      sums_(rows_ * kBlock) {
  for (std::size_t first = 0; first < rows_; first += kBlock) factorize_block(matrix, diagonal, first);
  wanted_ = sums_ = {};
}

void TriangularFactor::pivot_of(std::size_t row, double diagonal, double sum) {
  const double pivot = diagonal - sum;
  smallest_pivot_ = std::min(smallest_pivot_, pivot);
  if (pivot < 0 && first_negative_ == rows_) first_negative_ = row;
  lower_[place(row, row)] = pivot <= least_pivot_ ? 0 : std::sqrt(pivot);
}

/// Adds the products of the block's entries in a column with the column itself to the sums of the columns after it.
void TriangularFactor::use_column(std::size_t column, std::size_t first, const Block& factors) {
  if (std::all_of(std::begin(factors), std::end(factors), [](double f) { return f == 0; })) return;
  const double* const entries = lower_.data() + place(column, column);
  for (std::size_t j = column + 1; j < first; ++j) {
    const double entry = entries[j - column];
    for (std::size_t r = 0; r < kBlock; ++r) sums_[j * kBlock + r] += factors[r] * entry;
  }
  for (std::size_t q = column < first ? 0 : column - first + 1; q < kBlock && first + q < rows_; ++q)
    for (std::size_t r = q; r < kBlock; ++r) sums_[(first + q) * kBlock + r] += factors[r] * factors[q];
}

void TriangularFactor::factorize_block(const SymmetricRows& matrix, double diagonal, std::size_t first) {
  const std::size_t end = std::min(first + kBlock, rows_);
  std::fill_n(wanted_.begin(), end * kBlock, 0.0);
  std::fill_n(sums_.begin(), end * kBlock, 0.0);
  for (std::size_t i = first; i < end; ++i)
    for (const auto& [column, value] : matrix[i]) wanted_[column * kBlock + i - first] = value;
  for (std::size_t k = 0; k < end; ++k) {
    if (k >= first) pivot_of(k, diagonal, sums_[k * kBlock + k - first]);
    const double root = lower_[place(k, k)];
    Block factors{};
    for (std::size_t i = std::max(first, k + 1); i < end; ++i) {
      const std::size_t r = i - first;
      if (root == 0) continue;
      factors[r] = (wanted_[k * kBlock + r] - sums_[k * kBlock + r]) / root;
      lower_[place(i, k)] = factors[r];
    }
    use_column(k, first, factors);
  }
}

std::optional<std::vector<double>> TriangularFactor::witness() const {
  if (first_negative_ == rows_) return std::nullopt;
  // Of the leading block [A a; a' 1] with A = L L': v = (-A^-1 a, 1) gives v' M v = the pivot. L^-1 a is the last row.
  std::vector<double> v(rows_, 0.0);
  v[first_negative_] = 1;
  for (std::size_t k = first_negative_; k-- > 0;) {
    const double root = (*this)(k, k);
    if (root == 0) continue;
    double sum = -(*this)(first_negative_, k);
    for (std::size_t j = k + 1; j < first_negative_; ++j) sum -= (*this)(j, k) * v[j];
    v[k] = sum / root;
  }
  return v;
}

}  // namespace materiel::random
