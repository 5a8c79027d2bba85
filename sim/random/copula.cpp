#include <algorithm>
#include <cmath>
#include <numbers>

#include <Eigen/Dense>
#include <boost/math/special_functions/erf.hpp>

#include <materiel/random/copula.h>

#include "random/triangular_factor.h"

namespace materiel::random {
namespace {

/// Smallest eigenvalue that still passes for 0: correlations are written with few digits.
constexpr double kTolerance = 1e-9;

/// The matrix of normal correlations below its diagonal of ones.
SymmetricRows normal_matrix(std::size_t variables, std::span<const RankCorrelation> pairs) {
  SymmetricRows rows(variables);
  for (const RankCorrelation& pair : pairs) {
    const auto [low, high] = std::minmax(pair.first, pair.second);
    rows[high].emplace_back(static_cast<std::uint32_t>(low), normal_correlation(pair.rho));
  }
  return rows;
}

/// The pair that weighs most in v' M v, the last of several: each adds 2 r v_i v_j to it.
std::size_t heaviest_pair(std::span<const RankCorrelation> pairs, std::span<const double> v) {
  std::size_t worst = 0;
  double least = 0;
  for (std::size_t k = 0; k < pairs.size(); ++k) {
    const double part = normal_correlation(pairs[k].rho) * v[pairs[k].first] * v[pairs[k].second];
    if (part > least + kTolerance) continue;
    least = part;
    worst = k;
  }
  return worst;
}

/// The pair that makes a matrix impossible, by the eigenvector of its smallest eigenvalue; nothing if it is possible.
std::optional<std::size_t> contradiction(const SymmetricRows& rows, std::span<const RankCorrelation> pairs) {
  const auto n = static_cast<Eigen::Index>(rows.size());
  Eigen::MatrixXd matrix = Eigen::MatrixXd::Identity(n, n);
  for (Eigen::Index i = 0; i < n; ++i)
    for (const auto& [column, value] : rows[static_cast<std::size_t>(i)]) matrix(i, column) = matrix(column, i) = value;
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(matrix);
  if (solver.eigenvalues()(0) >= -kTolerance) return std::nullopt;
  const Eigen::VectorXd v = solver.eigenvectors().col(0);
  return heaviest_pair(pairs, {v.data(), rows.size()});
}

/// The same of a matrix whose eigenvalues would take too long: it is possible if it has a factor after kTolerance has
/// been added to its diagonal.
std::optional<std::size_t> contradiction_of_many(const SymmetricRows& rows, std::span<const RankCorrelation> pairs) {
  const auto v = TriangularFactor(rows, 1 + kTolerance, 0).witness();
  if (!v) return std::nullopt;
  return heaviest_pair(pairs, *v);
}

double normal_distribution(double z) {
  return 0.5 * boost::math::erfc(-z / std::numbers::sqrt2);
}

/// As normal_quantile(), but reckoned in more digits than a double has.
double normal_score(double p) {
  return -std::numbers::sqrt2 * boost::math::erfc_inv(2 * p);
}

}  // namespace

double normal_correlation(double rho) {
  return std::clamp(2 * std::sin(std::numbers::pi * rho / 6), -1.0, 1.0);
}

Copula::Copula(std::size_t variables, std::span<const RankCorrelation> pairs) {
  constexpr double kPlain = 1e-6;           // pivots above it leave no doubt that the matrix is possible
  constexpr std::size_t kMostSolved = 300;  // variables; the eigenvalues of so many take 20 ms
  const SymmetricRows rows = normal_matrix(variables, pairs);
  const TriangularFactor factor(rows, 1, kTolerance);
  if (factor.smallest_pivot() < kPlain)
    impossible_ = variables <= kMostSolved ? contradiction(rows, pairs) : contradiction_of_many(rows, pairs);
  if (impossible_) return;
  for (std::size_t i = 0; i < variables; ++i) {
    const std::size_t first = entries_.size();
    for (std::size_t j = 0; j <= i; ++j)
      if (factor(i, j) != 0) entries_.push_back({static_cast<std::uint32_t>(j), factor(i, j)});
    const bool unmixed = entries_.size() == first || entries_[first].column == i;
    if (unmixed) entries_.resize(first);
    ends_.push_back(entries_.size());
  }
}

void Copula::mix(std::span<double> uniforms, std::vector<double>& normals) const {
  if (impossible_) return;
  normals.resize(ends_.size());
  for (std::size_t i = 0; i < ends_.size(); ++i) normals[i] = normal_score(uniforms[i]);
  for (std::size_t i = 0, next = 0; i < ends_.size(); ++i) {
    if (next == ends_[i]) continue;
    double z = 0;
    for (; next < ends_[i]; ++next) z += entries_[next].factor * normals[entries_[next].column];
    // A normal number so far out that its distribution rounds to 0 or 1 would have no quantile.
    uniforms[i] = std::clamp(normal_distribution(z), 0x1p-53, 1 - 0x1p-53);
  }
}

}  // namespace materiel::random
