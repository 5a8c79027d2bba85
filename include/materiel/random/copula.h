#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace materiel::random {

/// A wanted rank correlation of two variables, by their indices.
struct RankCorrelation {
  std::size_t first = 0, second = 0;
  double rho = 0;  ///< Spearman's, -1 to 1
};

/// A Gaussian copula: uniform numbers with given rank correlations. A pair that isn't given is uncorrelated. Factorised
/// once, it may be shared by threads.
class Copula {
 public:
  Copula() = default;

  /// @param variables  how many there are; the time grows with their cube where each depends on all others
  /// @param pairs      each with two different indices, no pair twice
  Copula(std::size_t variables, std::span<const RankCorrelation> pairs);

  /// If the correlations are impossible together, the pair that contradicts the others most, by its index. An
  /// impossible copula mixes nothing. Possible is what is positive semidefinite: no eigenvalue of the matrix of normal
  /// correlations is below -1e-9.
  [[nodiscard]] std::optional<std::size_t> impossible() const { return impossible_; }

  /// Mixes independent uniform numbers into correlated ones: z = L Phi^-1(u), u = Phi(z), L the lower Cholesky factor
  /// of the matrix of r = 2 sin(pi rho / 6) (Pearson 1907). The first variable keeps its number; so does any that is in
  /// no pair.
  /// @param uniforms  in (0, 1), one a variable
  /// @param normals   scratch, kept by the caller so that it isn't allocated for every sample
  void mix(std::span<double> uniforms, std::vector<double>& normals) const;

 private:
  struct Entry {
    std::uint32_t column = 0;
    double factor = 0;
  };
  std::vector<std::size_t> ends_;  ///< of the rows of L in entries_, by variable
  std::vector<Entry> entries_;     ///< of L but its zeros, columns ascending; of rows of the unit matrix none
  std::optional<std::size_t> impossible_;
};

/// Pearson's correlation of two normal numbers whose rank correlation is rho.
[[nodiscard]] double normal_correlation(double rho);

}  // namespace materiel::random
