#include "stats/delta_estimate.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>

#include <materiel/stats/intervals.h>

namespace materiel::stats {
namespace {

constexpr std::size_t kX = kDeltaParameterCells, kY = kDeltaOutcomeCells, kAll = kDeltaFolds;

/// Bandwidths to choose from, as multiples of sd * n^(-1/6), the rule of thumb for two dimensions (Scott 1992).
constexpr std::array kParameterFactors = {1.0, 0.5, 0.25, 0.125};
constexpr std::array kOutcomeFactors = {1.0, 0.5, 0.25};

/// How much too large the largest of the contrasts at all bandwidths is if all of it is noise, in standard errors: the
/// mean of the largest of ten independent normal variables.
constexpr double kSelection = 1.54;

using Row = std::array<double, kY>;

/// Counts of rows on the grid.
struct Grid {
  std::array<Row, kX> joint{};
  std::array<double, kX> parameter{};
  Row outcome{};

  void add(const Grid& other, double sign) {
    for (std::size_t x = 0; x < kX; ++x) {
      parameter[x] += sign * other.parameter[x];
      for (std::size_t y = 0; y < kY; ++y) joint[x][y] += sign * other.joint[x][y];
    }
    for (std::size_t y = 0; y < kY; ++y) outcome[y] += sign * other.outcome[y];
  }
};
using Grids = std::vector<Grid>;  // by fold, then all

/// A Gaussian kernel at distances of 0, 1, ... cells.
std::vector<double> kernel_of(double bandwidth) {
  std::vector<double> kernel = {1};
  for (std::size_t cells = 1; static_cast<double>(cells) <= 4 * bandwidth; ++cells) {
    const auto distance = static_cast<double>(cells);
    kernel.push_back(std::exp(-distance * distance / (2 * bandwidth * bandwidth)));
  }
  return kernel;
}

template <std::size_t N>
std::array<double, N> smoothed(const std::array<double, N>& values, const std::vector<double>& kernel) {
  std::array<double, N> sums{};
  for (std::size_t i = 0; i < N; ++i) {
    if (values[i] == 0) continue;
    sums[i] += kernel[0] * values[i];
    for (std::size_t d = 1; d < kernel.size(); ++d) {
      if (i >= d) sums[i - d] += kernel[d] * values[i];
      if (i + d < N) sums[i + d] += kernel[d] * values[i];
    }
  }
  return sums;
}

// What a kernel carries beyond the edge is lost, for joint and marginal counts alike.
void smooth_outcome(Grid& grid, const std::vector<double>& kernel) {
  for (Row& row : grid.joint) row = smoothed(row, kernel);
  grid.outcome = smoothed(grid.outcome, kernel);
}

void smooth_parameter(Grid& grid, const std::vector<double>& kernel) {
  std::array<Row, kX> sums{};
  for (std::size_t x = 0; x < kX; ++x) {
    const std::size_t reach = kernel.size() - 1;
    for (std::size_t to = x - std::min(x, reach); to <= std::min(kX - 1, x + reach); ++to) {
      const double weight = kernel[to > x ? to - x : x - to];
      for (std::size_t y = 0; y < kY; ++y) sums[to][y] += weight * grid.joint[x][y];
    }
  }
  grid.joint = sums;
  grid.parameter = smoothed(grid.parameter, kernel);
}

/// 1 where the joint density is above the product of the marginal ones, -1 where it is below.
using Signs = std::array<Row, kX>;

void find_signs(const Grid& grid, double n, Signs& signs) {
  for (std::size_t x = 0; x < kX; ++x) {
    for (std::size_t y = 0; y < kY; ++y) {
      const double excess = n * grid.joint[x][y] - grid.parameter[x] * grid.outcome[y];
      signs[x][y] = excess > 0 ? 1 : excess < 0 ? -1 : 0;
    }
  }
}

/// How many standard errors an interval has to reach if the estimate may be off by `bias` of them: the quantile of
/// |N(bias, 1)| (Armstrong & Kolesar 2018).
double biased_reach(double bias, double conf_level) {
  if (!std::isfinite(bias)) return 0;
  const auto cdf = [](double z) { return std::erfc(-z / std::sqrt(2.0)) / 2; };
  double low = 0, high = bias + normal_quantile((1 + conf_level) / 2);
  while (high - low > 1e-9 * high) {
    const double reach = (low + high) / 2;
    (cdf(reach - bias) - cdf(-reach - bias) < conf_level ? low : high) = reach;
  }
  return high;
}

class DeltaStudy {
 public:
  DeltaStudy(const DeltaRows& rows, const std::vector<std::size_t>& parameter_cell)
      : rows_(rows), counts_(kDeltaFolds + 1), sizes_(kDeltaFolds + 1, 0) {
    for (std::size_t i = 0; i < parameter_cell.size(); ++i) {
      Grid& grid = counts_[rows.fold[i]];
      ++grid.joint[parameter_cell[i]][rows.outcome_cell[i]];
      ++grid.parameter[parameter_cell[i]];
      ++grid.outcome[rows.outcome_cell[i]];
      ++sizes_[rows.fold[i]];
      ++sizes_[kAll];
    }
    for (std::size_t f = 0; f < kDeltaFolds; ++f) counts_[kAll].add(counts_[f], 1);
  }

  /// Tries all bandwidths.
  IndexEstimate estimate(double conf_level) {
    const double unit = std::pow(sizes_[kAll], -1.0 / 6);
    std::vector<Contrasts> tried;
    for (const double of_outcome : kOutcomeFactors) {
      Grids by_outcome = counts_;
      if (rows_.deviation > 0)
        for (Grid& grid : by_outcome) smooth_outcome(grid, kernel_of(of_outcome * unit * rows_.deviation));
      for (const double of_parameter : kParameterFactors) {
        Grids grids = by_outcome;
        const double deviation = static_cast<double>(kX) / std::sqrt(12.0);
        for (Grid& grid : grids) smooth_parameter(grid, kernel_of(of_parameter * unit * deviation));
        tried.push_back(contrasts(grids));
      }
      if (!(rows_.deviation > 0)) break;
    }
    Contrasts best = *std::max_element(tried.begin(), tried.end(),
                                       [](const Contrasts& a, const Contrasts& b) { return a.others < b.others; });
    const double least = best.others - best.error;
    best.others -= kSelection * best.error * (1 - best.share());
    double bias = best.correction();
    for (const Contrasts& one : tried)
      if (one.others >= least) bias = std::max(bias, Contrasts{best.others, one.same}.correction());
    const double value = best.others + best.correction();
    const double error = best.error * std::hypot(1, kSelection * (1 - best.share()));
    const double half = error * biased_reach(bias / error, conf_level);
    return {value, half, value - half, value + half};
  }

 private:
  /// At some bandwidths.
  struct Contrasts {
    double others = 0, same = 0;  ///< with the set from the other rows, and from the same
    double error = 0;             ///< standard error of the first

    /// How much of the second is not noise.
    [[nodiscard]] double share() const { return others > 0 && same > 0 ? std::min(others / same, 1.0) : 0.0; }
    /// What the first lacks: half of what the second has more, as far as that is not noise.
    [[nodiscard]] double correction() const { return std::max(same - others, 0.0) * share() / 2; }
  };

  Contrasts contrasts(const Grids& grids) {
    Contrasts found;
    for (std::size_t f = 0; f < kDeltaFolds; ++f) {
      Grid rest = grids[kAll];
      rest.add(grids[f], -1);
      find_signs(rest, sizes_[kAll] - sizes_[f], signs_[f]);
      found.others += contrast(signs_[f], f) * sizes_[f] / sizes_[kAll];
    }
    find_signs(grids[kAll], sizes_[kAll], signs_[kAll]);
    found.same = contrast(signs_[kAll], kAll);
    found.error = error();
    return found;
  }

  /// Half the mean sign of a fold's rows less that of independent ones.
  [[nodiscard]] double contrast(const Signs& signs, std::size_t fold) const {
    const Grid &mine = counts_[fold], &all = counts_[kAll];
    const double n = sizes_[kAll];
    double joint = 0, independent = 0;
    for (std::size_t x = 0; x < kX; ++x) {
      double sum = 0;
      for (std::size_t y = 0; y < kY; ++y) {
        joint += signs[x][y] * mine.joint[x][y];
        sum += signs[x][y] * all.outcome[y];
      }
      independent += sum * all.parameter[x];
    }
    return sizes_[fold] > 0 ? (joint / sizes_[fold] - independent / n / n) / 2 : 0.0;
  }

  /// The standard error of the cross-validated contrast with its sets fixed: that of a mean of what each row adds to
  /// it, its share in the marginal distributions included (Hajek's projection).
  [[nodiscard]] double error() const {
    const Grid& all = counts_[kAll];
    const double n = sizes_[kAll];
    double sum = 0, squares = 0;
    for (std::size_t f = 0; f < kDeltaFolds; ++f) {
      std::array<double, kX> by_parameter{};
      Row by_outcome{};
      for (std::size_t x = 0; x < kX; ++x) {
        for (std::size_t y = 0; y < kY; ++y) {
          by_parameter[x] += signs_[f][x][y] * all.outcome[y] / n;
          by_outcome[y] += signs_[f][x][y] * all.parameter[x] / n;
        }
      }
      for (std::size_t x = 0; x < kX; ++x) {
        for (std::size_t y = 0; y < kY; ++y) {
          const double count = counts_[f].joint[x][y];
          const double part = (signs_[f][x][y] - by_parameter[x] - by_outcome[y]) / 2;
          sum += count * part;
          squares += count * part * part;
        }
      }
    }
    return std::sqrt(std::max(squares / n - sum * sum / (n * n), 0.0) / (n - 1));
  }

  const DeltaRows& rows_;
  Grids counts_;
  std::vector<double> sizes_;  // rows of each fold, then all
  std::array<Signs, kDeltaFolds + 1> signs_{};
};

}  // namespace

IndexEstimate delta_estimate(const DeltaRows& rows, const std::vector<std::size_t>& parameter_cell, double conf_level) {
  return std::make_unique<DeltaStudy>(rows, parameter_cell)->estimate(conf_level);
}

}  // namespace materiel::stats
