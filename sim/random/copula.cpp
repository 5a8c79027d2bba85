#include <algorithm>
#include <cmath>
#include <numbers>

#include <Eigen/Dense>
#include <boost/math/special_functions/erf.hpp>

#include <materiel/random/copula.h>

namespace materiel::random {
namespace {

/// Smallest eigenvalue that still passes for 0: correlations are written with few digits.
constexpr double kTolerance = 1e-9;

/// The pair that weighs most in what makes a matrix impossible, the last of several; nothing if it is possible. Of the
/// eigenvector v of the smallest eigenvalue, each pair adds 2 r v_i v_j to it.
std::optional<std::size_t> contradiction(const Eigen::MatrixXd& matrix, std::span<const RankCorrelation> pairs) {
  if (pairs.empty()) return std::nullopt;
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(matrix);
  if (solver.eigenvalues()(0) >= -kTolerance) return std::nullopt;
  const Eigen::VectorXd v = solver.eigenvectors().col(0);
  std::size_t worst = 0;
  double least = 0;
  for (std::size_t k = 0; k < pairs.size(); ++k) {
    const auto i = static_cast<Eigen::Index>(pairs[k].first), j = static_cast<Eigen::Index>(pairs[k].second);
    const double part = matrix(i, j) * v(i) * v(j);
    if (part > least + kTolerance) continue;
    least = part;
    worst = k;
  }
  return worst;
}

/// The lower Cholesky factor of a matrix that may be singular: a pivot of 0 leaves a column of 0.
Eigen::MatrixXd cholesky(const Eigen::MatrixXd& matrix) {
  const Eigen::Index n = matrix.rows();
  Eigen::MatrixXd factor = Eigen::MatrixXd::Zero(n, n);
  for (Eigen::Index j = 0; j < n; ++j) {
    const double pivot = matrix(j, j) - factor.row(j).head(j).squaredNorm();
    if (pivot <= kTolerance) continue;
    factor(j, j) = std::sqrt(pivot);
    for (Eigen::Index i = j + 1; i < n; ++i)
      factor(i, j) = (matrix(i, j) - factor.row(i).head(j).dot(factor.row(j).head(j))) / factor(j, j);
  }
  return factor;
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

Copula::Copula(std::size_t variables, std::span<const RankCorrelation> pairs)
    : variables_(variables), factor_(variables * variables), mixed_(variables), normals_(variables) {
  const auto n = static_cast<Eigen::Index>(variables);
  Eigen::MatrixXd matrix = Eigen::MatrixXd::Identity(n, n);
  for (const RankCorrelation& pair : pairs) {
    const auto i = static_cast<Eigen::Index>(pair.first), j = static_cast<Eigen::Index>(pair.second);
    matrix(i, j) = matrix(j, i) = normal_correlation(pair.rho);
  }
  impossible_ = contradiction(matrix, pairs);
  if (impossible_) return;
  const Eigen::MatrixXd factor = cholesky(matrix);
  for (Eigen::Index i = 0; i < n; ++i) {
    for (Eigen::Index j = 0; j <= i; ++j) factor_[static_cast<std::size_t>(i * n + j)] = factor(i, j);
    mixed_[static_cast<std::size_t>(i)] = i > 0 && factor.row(i).head(i).cwiseAbs().maxCoeff() > 0;
  }
}

void Copula::mix(std::span<double> uniforms) {
  if (impossible_) return;
  for (std::size_t i = 0; i < variables_; ++i) normals_[i] = normal_score(uniforms[i]);
  for (std::size_t i = 0; i < variables_; ++i) {
    if (!mixed_[i]) continue;
    double z = 0;
    for (std::size_t j = 0; j <= i; ++j) z += factor_[i * variables_ + j] * normals_[j];
    // A normal number so far out that its distribution rounds to 0 or 1 would have no quantile.
    uniforms[i] = std::clamp(normal_distribution(z), 0x1p-53, 1 - 0x1p-53);
  }
}

}  // namespace materiel::random
