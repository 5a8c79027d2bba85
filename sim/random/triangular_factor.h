#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace materiel::random {

/// The rows of a symmetric matrix below its diagonal: the columns and values of what isn't 0.
using SymmetricRows = std::vector<std::vector<std::pair<std::uint32_t, double>>>;

/// The lower Cholesky factor L of a symmetric matrix, which may be singular: a pivot that is not above `least_pivot`
/// leaves a column of 0. Each entry is worked out by the same sums in the same order as by the textbook, row by row; a
/// column of 0 costs nothing.
class TriangularFactor {
 public:
  TriangularFactor(const SymmetricRows& matrix, double diagonal, double least_pivot);

  [[nodiscard]] std::size_t rows() const { return rows_; }
  [[nodiscard]] double operator()(std::size_t row, std::size_t column) const { return lower_[place(row, column)]; }

  /// The smallest pivot, before its square root is taken.
  [[nodiscard]] double smallest_pivot() const { return smallest_pivot_; }

  /// If a pivot was below 0, a vector v with v' M v < 0, of the first such pivot.
  [[nodiscard]] std::optional<std::vector<double>> witness() const;

 private:
  static constexpr std::size_t kBlock = 4;  ///< rows at once: each reads all columns before it
  using Block = double[kBlock];

  [[nodiscard]] std::size_t place(std::size_t row, std::size_t column) const {
    return column * (2 * rows_ - column + 1) / 2 + (row - column);
  }
  void factorize_block(const SymmetricRows& matrix, double diagonal, std::size_t first);
  void use_column(std::size_t column, std::size_t first, const Block& factors);
  void pivot_of(std::size_t row, double diagonal, double sum);

  std::size_t rows_;
  double least_pivot_;
  double smallest_pivot_;
  std::size_t first_negative_;
  std::vector<double> lower_;          ///< columns one behind the other, each from its diagonal down
  std::vector<double> wanted_, sums_;  ///< of the rows of a block: scratch, kBlock numbers a column
};

}  // namespace materiel::random
