#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <numeric>
#include <random>

#include <materiel/stats/given_indices.h>
#include <materiel/stats/intervals.h>
#include <materiel/stats/ranks.h>
#include <materiel/stats/rounding.h>

#include "stats/delta_estimate.h"

namespace materiel::stats {
namespace {

constexpr std::size_t kCells = 256;
constexpr double kReach = 4;            // of the cells, in standard deviations of normal scores
constexpr std::size_t kSlices = 10;     // of PAWN
constexpr std::size_t kFewValues = 50;  // of an outcome that has no density
constexpr double kLeastInClass = 10;    // rows in a class that has a regression line

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
  constexpr double kWidth = 2 * kReach / kCells;
  const std::vector<double> ranks = mid_ranks(outcome);
  for (std::size_t i = 0; i < outcome.size(); ++i) {
    const double score = normal_quantile((ranks[i] - 0.5) / static_cast<double>(outcome.size()));
    cells.of[i] = static_cast<std::size_t>(std::clamp((score + kReach) / kWidth, 0.0, kCells - 1.0));
  }
  return cells;
}

DeltaRows delta_rows(const Cells& cells, std::uint64_t seed) {
  DeltaRows rows{cells.of, std::vector<std::size_t>(cells.of.size()), 0};
  if (!cells.discrete) {
    constexpr std::size_t kTogether = kCells / kDeltaOutcomeCells;
    for (std::size_t& cell : rows.outcome_cell) cell /= kTogether;
    rows.deviation = kDeltaOutcomeCells / (2 * kReach);
  }
  // At random, since rows may follow one another with any period.
  std::mt19937_64 bits(seed);
  for (std::size_t i = 0; i < rows.fold.size(); ++i) rows.fold[i] = i % kDeltaFolds;
  for (std::size_t i = rows.fold.size(); i > 1; --i) std::swap(rows.fold[i - 1], rows.fold[bits() % i]);
  return rows;
}

/// The values of a parameter less their mean, over their standard deviation.
std::vector<double> standardised(std::span<const double> values) {
  const auto n = static_cast<double>(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
  double squares = 0;
  for (const double x : values) squares += (x - mean) * (x - mean);
  const double scale = squares > 0 ? std::sqrt(n / squares) : 0.0;
  std::vector<double> scores;
  scores.reserve(values.size());
  for (const double x : values) scores.push_back((x - mean) * scale);
  return scores;
}

/// The first-order index and PAWN's of one parameter, without intervals.
using Values = std::array<double, 3>;

/// Sums over the rows of a class, each counted so often.
struct ClassSums {
  double n = 0, x = 0, y = 0, xx = 0, xy = 0;

  void add(double count, double parameter, double outcome) {
    n += count;
    x += count * parameter;
    y += count * outcome;
    xx += count * parameter * parameter;
    xy += count * parameter * outcome;
  }
  void add(const ClassSums& other) {
    n += other.n;
    x += other.x;
    y += other.y;
    xx += other.xx;
    xy += other.xy;
  }
};

/// Counts of the outcome's cells in each class of one parameter, and what follows from them.
class ClassTable {
 public:
  explicit ClassTable(std::size_t classes) : classes_(classes), counts_(classes * kCells), sums_(classes) {}

  /// Takes the rows in, each counted so often.
  /// @param places      class * kCells + cell of each row
  /// @param parameter   of each row, standardised
  /// @param outcome     of each row, less its mean
  void fill(const std::vector<std::uint16_t>& places, const std::vector<double>& parameter,
            const std::vector<double>& outcome, const std::vector<std::uint32_t>& times) {
    std::fill(counts_.begin(), counts_.end(), 0.0);
    std::fill(sums_.begin(), sums_.end(), ClassSums{});
    for (std::size_t i = 0; i < places.size(); ++i) {
      const double count = times[i];
      counts_[places[i]] += count;
      sums_[places[i] / kCells].add(count, parameter[i], outcome[i]);
    }
    all_.fill(0);
    for (std::size_t c = 0; c < classes_; ++c)
      for (std::size_t cell = 0; cell < kCells; ++cell) all_[cell] += counts_[c * kCells + cell];
  }

  /// @param total    sum of the outcomes of all rows
  /// @param squares  sum of their squares
  [[nodiscard]] Values values(double n, double total, double squares) const {
    const auto [median, largest] = pawn(n);
    return {first_order(n, total, squares), median, largest};
  }

 private:
  /// With a regression line in each class, so that what the outcome does within a class isn't lost; classes too small
  /// for that are joined.
  [[nodiscard]] double first_order(double n, double total, double squares) const {
    const auto together = static_cast<std::size_t>(std::ceil(kLeastInClass * static_cast<double>(classes_) / n));
    double explained = 0, parameters = 0;
    for (std::size_t c = 0; c < classes_; c += together) {
      ClassSums sums;
      for (std::size_t i = c; i < std::min(c + together, classes_); ++i) sums.add(sums_[i]);
      if (sums.n == 0) continue;
      explained += sums.y * sums.y / sums.n;
      ++parameters;
      const double spread = sums.xx - sums.x * sums.x / sums.n, slope = sums.xy - sums.x * sums.y / sums.n;
      constexpr double kNoSpread = 1e-10;  // of a class whose values are equal
      if (sums.n < 3 || spread <= kNoSpread * std::max(sums.xx, 1.0)) continue;
      explained += slope * slope / spread;
      ++parameters;
    }
    const double all = squares - total * total / n, within = squares - explained;
    return 1 - within / (n - parameters) / (all / (n - 1));
  }

  [[nodiscard]] std::array<double, 2> pawn(double n) const {
    std::vector<double> distances;
    const std::size_t each = classes_ / kSlices;
    for (std::size_t slice = 0; slice < kSlices; ++slice) {
      double size = 0, below = 0, below_all = 0, largest = 0;
      for (std::size_t c = slice * each; c < (slice + 1) * each; ++c) size += sums_[c].n;
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
  std::vector<double> counts_;   // row-major [class][cell]
  std::vector<ClassSums> sums_;  // by class
  std::array<double, kCells> all_{};
};

/// Classes in which the slices of PAWN go up.
std::size_t sliced_classes(std::size_t n) {
  return kSlices * std::max<std::size_t>(1, (class_count(n) + kSlices / 2) / kSlices);
}

/// One outcome and all parameters.
class GivenStudy {
 public:
  GivenStudy(const std::vector<std::span<const double>>& parameters, std::span<const double> outcome,
             const BootstrapPlan& bootstrap)
      : n_(outcome.size()), classes_(sliced_classes(n_)), bootstrap_(bootstrap) {
    const double mean = std::accumulate(outcome.begin(), outcome.end(), 0.0) / static_cast<double>(n_);
    for (const double y : outcome) outcome_.push_back(y - mean);
    cells_ = cells_of(outcome);
    for (const std::span<const double> parameter : parameters) {
      assert(parameter.size() == n_);
      scores_.push_back(standardised(parameter));
      const std::vector<double>& ranks = ranks_.emplace_back(mid_ranks(parameter));
      const std::vector<std::size_t> classes = equal_classes(ranks, classes_);
      std::vector<std::uint16_t>& places = places_.emplace_back(n_);
      for (std::size_t i = 0; i < n_; ++i) places[i] = static_cast<std::uint16_t>(classes[i] * kCells + cells_.of[i]);
    }
  }

  [[nodiscard]] std::vector<GivenIndices> indices() const {
    std::vector<GivenIndices> found = by_bootstrap();
    const DeltaRows rows = delta_rows(cells_, bootstrap_.seed);
    for (std::size_t p = 0; p < found.size(); ++p)
      found[p].delta =
          bounded(delta_estimate(rows, equal_classes(ranks_[p], kDeltaParameterCells), bootstrap_.conf_level));
    return found;
  }

 private:
  [[nodiscard]] static IndexEstimate bounded(IndexEstimate estimate) {
    for (double* x : {&estimate.value, &estimate.lo, &estimate.hi}) *x = std::clamp(*x, 0.0, 1.0);
    return estimate;
  }

  /// All but delta.
  [[nodiscard]] std::vector<GivenIndices> by_bootstrap() const {
    const std::vector<Values> once = values(std::vector<std::uint32_t>(n_, 1));
    std::vector<std::array<std::vector<double>, 3>> resampled(once.size());
    Resampler resampler(bootstrap_.seed, n_);
    for (std::size_t r = 0; r < bootstrap_.resamples; ++r) {
      const std::vector<Values> again = values(resampler.next());
      for (std::size_t p = 0; p < once.size(); ++p)
        for (std::size_t i = 0; i < again[p].size(); ++i) resampled[p][i].push_back(again[p][i]);
    }
    std::vector<GivenIndices> found(once.size());
    for (std::size_t p = 0; p < once.size(); ++p) {
      const auto estimate = [&](std::size_t i) {
        return normal_estimate(once[p][i], resampled[p][i], bootstrap_.conf_level);
      };
      found[p].first_order = estimate(0);
      found[p].pawn_median = bounded(estimate(1));
      found[p].pawn_max = bounded(estimate(2));
    }
    return found;
  }

  /// The values of every parameter, of rows that are counted so often.
  [[nodiscard]] std::vector<Values> values(const std::vector<std::uint32_t>& times) const {
    double total = 0, squares = 0;
    for (std::size_t i = 0; i < n_; ++i) {
      total += times[i] * outcome_[i];
      squares += times[i] * outcome_[i] * outcome_[i];
    }
    ClassTable table(classes_);
    std::vector<Values> all;
    for (std::size_t p = 0; p < places_.size(); ++p) {
      table.fill(places_[p], scores_[p], outcome_, times);
      all.push_back(table.values(static_cast<double>(n_), total, squares));
    }
    return all;
  }

  std::size_t n_, classes_;
  BootstrapPlan bootstrap_;
  std::vector<double> outcome_;  // less its mean
  Cells cells_;
  std::vector<std::vector<double>> scores_, ranks_;  // by parameter
  std::vector<std::vector<std::uint16_t>> places_;   // by parameter: class * kCells + cell of each row
};

}  // namespace

std::vector<GivenIndices> given_indices(const std::vector<std::span<const double>>& parameters,
                                        std::span<const double> outcome, const BootstrapPlan& bootstrap) {
  const std::size_t n = outcome.size();
  if (n < kLeastGivenRows || is_constant(outcome)) {
    const IndexEstimate none = missing_estimate();
    return std::vector<GivenIndices>(parameters.size(), {none, none, none, none});
  }
  return GivenStudy(parameters, outcome, bootstrap).indices();
}

}  // namespace materiel::stats
