#include <algorithm>
#include <cmath>
#include <limits>

#include <Eigen/Dense>
#include <boost/math/distributions/students_t.hpp>

#include <materiel/base/special_numbers.h>
#include <materiel/stats/intervals.h>
#include <materiel/stats/partial_rank_correlation.h>
#include <materiel/stats/ranks.h>
#include <materiel/stats/rounding.h>

namespace materiel::stats {
namespace {

/// Ranks less their mean, divided by their norm; zeros if the values are all equal but for rounding.
Eigen::VectorXd standard_ranks(std::span<const double> values) {
  if (is_constant(values)) return Eigen::VectorXd::Zero(static_cast<Eigen::Index>(values.size()));
  const std::vector<double> ranks = mid_ranks(values);
  Eigen::VectorXd column = Eigen::Map<const Eigen::VectorXd>(ranks.data(), static_cast<Eigen::Index>(ranks.size()));
  column.array() -= static_cast<double>(ranks.size() + 1) / 2;
  const double norm = column.norm();
  return norm > 0 ? Eigen::VectorXd(column / norm) : column;
}

/// The correlations of the ranks of parameters and, last, the outcome; a constant column correlates with nothing, not
/// even with itself.
Eigen::MatrixXd rank_correlations(const std::vector<std::span<const double>>& parameters,
                                  std::span<const double> outcome) {
  Eigen::MatrixXd columns(static_cast<Eigen::Index>(outcome.size()), static_cast<Eigen::Index>(parameters.size()) + 1);
  for (Eigen::Index i = 0; i < columns.cols(); ++i) {
    const bool last = i + 1 == columns.cols();
    columns.col(i) = standard_ranks(last ? outcome : parameters[static_cast<std::size_t>(i)]);
  }
  return columns.transpose() * columns;
}

Eigen::MatrixXd part_of(const Eigen::MatrixXd& matrix, const std::vector<Eigen::Index>& columns) {
  return matrix(columns, columns);
}

/// The columns that those before them don't determine.
std::vector<Eigen::Index> free_columns(const Eigen::MatrixXd& correlations) {
  constexpr double kLeastRest = 1e-9;  // of the variance
  std::vector<Eigen::Index> chosen;
  for (Eigen::Index i = 0; i < correlations.cols(); ++i) {
    double rest = correlations(i, i);
    if (!chosen.empty()) {
      const Eigen::VectorXd with = correlations(chosen, i);
      rest -= with.dot(part_of(correlations, chosen).ldlt().solve(with));
    }
    if (rest > kLeastRest) chosen.push_back(i);
  }
  return chosen;
}

PartialRankCorrelation with_interval(double r, double n, double k, double conf_level) {
  r = std::clamp(r, -1.0, 1.0);
  const double dof = n - k - 1;
  const double t = std::abs(r) * std::sqrt(dof / std::max(1 - r * r, std::numeric_limits<double>::min()));
  const double p = 2 * boost::math::cdf(boost::math::complement(boost::math::students_t(dof), t));
  const double reach = normal_quantile((1 + conf_level) / 2) * std::sqrt((1 + r * r / 2) / (n - k - 2));
  const double z = std::atanh(r);
  return {r, p, std::tanh(z - reach), std::tanh(z + reach)};
}

}  // namespace

std::vector<PartialRankCorrelation> partial_rank_correlations(const std::vector<std::span<const double>>& parameters,
                                                              std::span<const double> outcome, double conf_level) {
  std::vector<PartialRankCorrelation> found(parameters.size(), {kMissing, kMissing, kMissing, kMissing});
  if (outcome.size() < parameters.size() + 4) return found;
  const Eigen::MatrixXd correlations = rank_correlations(parameters, outcome);
  const std::vector<Eigen::Index> columns = free_columns(correlations);
  if (columns.empty() || columns.back() + 1 != correlations.cols()) return found;
  const Eigen::MatrixXd inverse = part_of(correlations, columns).inverse();
  const Eigen::Index y = inverse.cols() - 1;
  for (Eigen::Index i = 0; i < y; ++i) {
    const double r = -inverse(i, y) / std::sqrt(inverse(i, i) * inverse(y, y));
    found[static_cast<std::size_t>(columns[static_cast<std::size_t>(i)])] =
        with_interval(r, static_cast<double>(outcome.size()), static_cast<double>(y), conf_level);
  }
  return found;
}

}  // namespace materiel::stats
