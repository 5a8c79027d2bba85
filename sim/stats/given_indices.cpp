#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>

#include <materiel/stats/given_indices.h>
#include <materiel/stats/intervals.h>
#include <materiel/stats/ranks.h>

namespace materiel::stats {
namespace {

constexpr std::size_t kCells = 256;
constexpr double kReach = 4;  // of the cells, in standard deviations of normal scores
constexpr double kCellWidth = 2 * kReach / kCells;
constexpr std::size_t kSlices = 10;     // of PAWN
constexpr std::size_t kFewValues = 50;  // of an outcome that has no density

/// In which cell each value of the outcome lies.
struct Cells {
  std::vector<std::size_t> of;
  bool discrete = false;  ///< each value has a cell of its own
};

Cells cells_of(std::span<const double> outcome) {
  Cells cells;
  std::vector<double> values(outcome.begin(), outcome.end());
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  cells.discrete = values.size() <= kFewValues;
  cells.of.resize(outcome.size());
  if (cells.discrete) {
    for (std::size_t i = 0; i < outcome.size(); ++i)
      cells.of[i] =
          static_cast<std::size_t>(std::lower_bound(values.begin(), values.end(), outcome[i]) - values.begin());
    return cells;
  }
  const std::vector<double> ranks = mid_ranks(outcome);
  for (std::size_t i = 0; i < outcome.size(); ++i) {
    const double score = normal_quantile((ranks[i] - 0.5) / static_cast<double>(outcome.size()));
    cells.of[i] = static_cast<std::size_t>(std::clamp((score + kReach) / kCellWidth, 0.0, kCells - 1.0));
  }
  return cells;
}

/// The four indices of one parameter, without intervals.
using Values = std::array<double, 4>;

/// Counts of the outcome's cells in each class of one parameter, and what follows from them.
class ClassTable {
 public:
  ClassTable(std::size_t classes, bool discrete)
      : classes_(classes), discrete_(discrete), counts_(classes * kCells), sums_(classes) {}

  /// Takes the rows in, each counted so often.
  /// @param places    class * kCells + cell of each row
  /// @param outcome   of each row, less its mean
  void fill(const std::vector<std::uint16_t>& places, const std::vector<double>& outcome,
            const std::vector<std::uint32_t>& times) {
    std::fill(counts_.begin(), counts_.end(), 0.0);
    std::fill(sums_.begin(), sums_.end(), 0.0);
    for (std::size_t i = 0; i < places.size(); ++i) {
      const double count = times[i];
      counts_[places[i]] += count;
      sums_[places[i] / kCells] += count * outcome[i];
    }
    all_.fill(0);
    sizes_.assign(classes_, 0.0);
    for (std::size_t c = 0; c < classes_; ++c) {
      for (std::size_t cell = 0; cell < kCells; ++cell) {
        all_[cell] += counts_[c * kCells + cell];
        sizes_[c] += counts_[c * kCells + cell];
      }
    }
  }

  /// @param total    sum of the outcomes of all rows
  /// @param squares  sum of their squares
  [[nodiscard]] Values values(double n, double total, double squares) const {
    const auto [median, largest] = pawn(n);
    return {first_order(n, total, squares), delta(n), median, largest};
  }

 private:
  [[nodiscard]] double first_order(double n, double total, double squares) const {
    double between = 0, classes = 0;
    for (std::size_t c = 0; c < classes_; ++c) {
      if (sizes_[c] == 0) continue;
      between += sums_[c] * sums_[c] / sizes_[c];
      ++classes;
    }
    const double all = squares - total * total / n, within = squares - between;
    return 1 - within / (n - classes) / (all / (n - 1));
  }

  [[nodiscard]] double delta(double n) const {
    double sum = 0;
    for (std::size_t c = 0; c < classes_; ++c) {
      if (sizes_[c] == 0) continue;
      std::array<double, kCells> difference{};
      for (std::size_t cell = 0; cell < kCells; ++cell)
        difference[cell] = counts_[c * kCells + cell] / sizes_[c] - all_[cell] / n;
      sum += sizes_[c] / n * smoothed_size(difference, discrete_ ? 0 : bandwidth(c));
    }
    return sum / 2;
  }

  /// Scott's bandwidth of a class, in cells.
  [[nodiscard]] double bandwidth(std::size_t c) const {
    double first = 0, second = 0;
    for (std::size_t cell = 0; cell < kCells; ++cell) {
      const double at = static_cast<double>(cell), count = counts_[c * kCells + cell];
      first += count * at;
      second += count * at * at;
    }
    first /= sizes_[c];
    const double variance = std::max(0.0, second / sizes_[c] - first * first);
    return std::sqrt(variance) * std::pow(sizes_[c], -0.2);
  }

  /// The sum of the absolute values of a difference after a Gaussian kernel went over it. Both densities have the same
  /// kernel, so that equal ones don't differ.
  [[nodiscard]] static double smoothed_size(const std::array<double, kCells>& difference, double bandwidth) {
    const auto reach = static_cast<std::size_t>(std::ceil(4 * bandwidth));
    std::vector<double> kernel(2 * reach + 1), smoothed(kCells + 2 * reach);
    double sum = 0;
    for (std::size_t i = 0; i < kernel.size(); ++i) {
      const double z = reach == 0 ? 0 : (static_cast<double>(i) - static_cast<double>(reach)) / bandwidth;
      kernel[i] = std::exp(-z * z / 2);
      sum += kernel[i];
    }
    for (std::size_t i = 0; i < kernel.size(); ++i) {
      const double weight = kernel[i] / sum;
      for (std::size_t cell = 0; cell < kCells; ++cell) smoothed[cell + i] += weight * difference[cell];
    }
    double size = 0;
    for (const double x : smoothed) size += std::abs(x);
    return size;
  }

  [[nodiscard]] std::array<double, 2> pawn(double n) const {
    std::vector<double> distances;
    const std::size_t each = classes_ / kSlices;
    for (std::size_t slice = 0; slice < kSlices; ++slice) {
      double size = 0, below = 0, below_all = 0, largest = 0;
      for (std::size_t c = slice * each; c < (slice + 1) * each; ++c) size += sizes_[c];
      if (size == 0) continue;
      for (std::size_t cell = 0; cell < kCells; ++cell) {
        for (std::size_t c = slice * each; c < (slice + 1) * each; ++c) below += counts_[c * kCells + cell];
        below_all += all_[cell];
        largest = std::max(largest, std::abs(below / size - below_all / n));
      }
      distances.push_back(largest);
    }
    std::sort(distances.begin(), distances.end());
    const std::size_t half = distances.size() / 2;
    const double median = distances.size() % 2 == 1 ? distances[half] : (distances[half - 1] + distances[half]) / 2;
    return {median, distances.back()};
  }

  std::size_t classes_;
  bool discrete_;
  std::vector<double> counts_;  // row-major [class][cell]
  std::vector<double> sums_;    // of outcomes, by class
  std::vector<double> sizes_;   // rows in each class
  std::array<double, kCells> all_{};
};

/// Classes in which the slices of PAWN go up.
std::size_t sliced_classes(std::size_t n) {
  return kSlices * std::max<std::size_t>(1, (class_count(n) + kSlices / 2) / kSlices);
}

GivenIndices estimates_of(const Values& values, const std::array<std::vector<double>, 4>& resampled,
                          double conf_level) {
  const auto bounded = [](IndexEstimate estimate) {
    for (double* x : {&estimate.value, &estimate.lo, &estimate.hi}) *x = std::clamp(*x, 0.0, 1.0);
    return estimate;
  };
  GivenIndices found;
  found.first_order = normal_estimate(values[0], resampled[0], conf_level);
  const double delta = values[1] - bootstrap_bias(values[1], resampled[1]);
  found.delta = bounded(normal_estimate(delta, resampled[1], conf_level));
  found.pawn_median = bounded(normal_estimate(values[2], resampled[2], conf_level));
  found.pawn_max = bounded(normal_estimate(values[3], resampled[3], conf_level));
  return found;
}

/// One outcome and all parameters.
class GivenStudy {
 public:
  GivenStudy(const std::vector<std::span<const double>>& parameters, std::span<const double> outcome)
      : n_(outcome.size()), classes_(sliced_classes(n_)), outcome_(outcome.begin(), outcome.end()) {
    double mean = 0;
    for (const double y : outcome_) mean += y / static_cast<double>(n_);
    for (double& y : outcome_) y -= mean;
    const Cells cells = cells_of(outcome);
    discrete_ = cells.discrete;
    for (const std::span<const double> parameter : parameters) {
      assert(parameter.size() == n_);
      const std::vector<std::size_t> classes = equal_classes(mid_ranks(parameter), classes_);
      std::vector<std::uint16_t>& places = places_.emplace_back(n_);
      for (std::size_t i = 0; i < n_; ++i) places[i] = static_cast<std::uint16_t>(classes[i] * kCells + cells.of[i]);
    }
  }

  /// The values of every parameter, of rows that are counted so often.
  [[nodiscard]] std::vector<Values> values(const std::vector<std::uint32_t>& times) const {
    double total = 0, squares = 0;
    for (std::size_t i = 0; i < n_; ++i) {
      total += times[i] * outcome_[i];
      squares += times[i] * outcome_[i] * outcome_[i];
    }
    ClassTable table(classes_, discrete_);
    std::vector<Values> all;
    for (const std::vector<std::uint16_t>& places : places_) {
      table.fill(places, outcome_, times);
      all.push_back(table.values(static_cast<double>(n_), total, squares));
    }
    return all;
  }

 private:
  std::size_t n_, classes_;
  std::vector<double> outcome_;  // less its mean
  bool discrete_ = false;
  std::vector<std::vector<std::uint16_t>> places_;  // by parameter: class * kCells + cell of each row
};

}  // namespace

std::vector<GivenIndices> given_indices(const std::vector<std::span<const double>>& parameters,
                                        std::span<const double> outcome, const BootstrapPlan& bootstrap) {
  const std::size_t n = outcome.size();
  const auto [least, most] = std::minmax_element(outcome.begin(), outcome.end());
  if (n < kLeastGivenRows || *least == *most) {
    const IndexEstimate none = missing_estimate();
    return std::vector<GivenIndices>(parameters.size(), {none, none, none, none});
  }
  const GivenStudy study(parameters, outcome);
  const std::vector<Values> values = study.values(std::vector<std::uint32_t>(n, 1));
  std::vector<std::array<std::vector<double>, 4>> resampled(parameters.size());
  Resampler resampler(bootstrap.seed, n);
  for (std::size_t r = 0; r < bootstrap.resamples; ++r) {
    const std::vector<Values> again = study.values(resampler.next());
    for (std::size_t p = 0; p < parameters.size(); ++p)
      for (std::size_t i = 0; i < again[p].size(); ++i) resampled[p][i].push_back(again[p][i]);
  }
  std::vector<GivenIndices> found;
  for (std::size_t p = 0; p < parameters.size(); ++p)
    found.push_back(estimates_of(values[p], resampled[p], bootstrap.conf_level));
  return found;
}

}  // namespace materiel::stats
