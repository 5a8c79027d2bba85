#include "experiment/series_lane.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "experiment/lane_state.h"

namespace materiel::experiment {
namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

constexpr std::size_t kTile = PendingKeys::kStrip;  // columns whose rows fit the first-level cache together
constexpr std::size_t kExactValues = 256;           // of a cell's quantiles

using Row = Eigen::Array<double, 1, Eigen::Dynamic, Eigen::RowMajor, 1, kTile>;
using Block = Eigen::Block<const RowMajorArray>;

// Moments of all columns of a tile together. Sums run over the rows in order, so the bits don't depend on how wide a
// vector register is. Columns with missing values come out as NaN or wrong.
struct TileMoments {
  explicit TileMoments(const Block& block)
      : sum(block.row(0)), m2(Row::Zero(block.cols())), least(block.row(0)), greatest(block.row(0)) {
    for (Eigen::Index r = 1; r < block.rows(); ++r) {
      sum += block.row(r);
      least = least.min(block.row(r));
      greatest = greatest.max(block.row(r));
    }
    mean = sum / static_cast<double>(block.rows());
    for (Eigen::Index r = 0; r < block.rows(); ++r) m2 += (block.row(r) - mean).square();
  }
  Row sum, mean, m2, least, greatest;
};

}  // namespace

SeriesLane::SeriesLane(std::size_t first, std::size_t columns, bool nested)
    : first_(first),
      moments_(columns),
      sketches_(columns, stats::QuantileSketch(kExactValues)),
      pending_(columns),
      samples_(nested ? columns : 0) {}

bool SeriesLane::take(const Chunk& chunk) {
  if (chunk.rows() == 0) return true;
  pending_.append_rows(chunk.samples.size(), sketches_);
  for (std::size_t tile = 0; tile < moments_.size(); tile += kTile) {
    take_tile(chunk, tile, std::min(kTile, moments_.size() - tile));
  }
  if (!samples_.empty()) take_samples(chunk);
  return true;
}

void SeriesLane::take_tile(const Chunk& chunk, std::size_t first, std::size_t width) {
  const Block block(chunk.observations, 0, static_cast<Eigen::Index>(first_ + first), chunk.rows(),
                    static_cast<Eigen::Index>(width));
  const TileMoments tile(block);
  std::array<std::uint64_t, kTile> unfit{};
  for (Eigen::Index r = 0; r < block.rows(); ++r) {
    const double* const row = block.data() + r * block.outerStride();
    const auto keys = pending_.row(first / kTile, static_cast<std::size_t>(r));
    for (std::size_t c = 0; c < width; ++c) keys[c] = stats::LogHistogram::key(row[c], unfit[c]);
  }
  const auto n = static_cast<double>(block.rows());
  for (std::size_t c = 0; c < width; ++c) {
    const auto column = static_cast<Eigen::Index>(c);
    if (!std::isnan(tile.sum(column))) [[likely]] {
      moments_[first + c].take(n, tile.mean(column), tile.m2(column), tile.least(column), tile.greatest(column));
    } else {
      moments_[first + c].take(present_values(chunk, first + c));
    }
    // The keys will do, unless a value has none or there are so few that their quantiles are exact.
    if (unfit[c] != 0 || moments_[first + c].part.n <= kExactValues) take_values(chunk, first + c);
  }
}

// Those of a column that aren't missing; until the next call.
std::span<const double> SeriesLane::present_values(const Chunk& chunk, std::size_t column) {
  std::size_t n = 0;
  for (const double x : chunk.observations.col(static_cast<Eigen::Index>(first_ + column)).head(chunk.rows())) {
    present_[n] = x;
    n += static_cast<std::size_t>(!std::isnan(x));
  }
  return std::span(present_).first(n);
}

// Gives a column's values to its sketch as they are.
void SeriesLane::take_values(const Chunk& chunk, std::size_t column) {
  for (std::size_t r = 0; r < chunk.samples.size(); ++r)
    pending_.row(column / kTile, r)[column % kTile] = stats::LogHistogram::kNoKey;
  sketches_[column].add(present_values(chunk, column));
}

void SeriesLane::CellMoments::take(double n, double mean, double m2, double least, double greatest) {
  part.merge(n, mean, m2);
  min = std::min(min, least);
  max = std::max(max, greatest);
}

void SeriesLane::CellMoments::take(std::span<const double> values) {
  if (values.empty()) return;
  double sum = 0, m2 = 0;
  for (const double x : values) sum += x;
  const auto n = static_cast<double>(values.size());
  for (const double x : values) m2 += (x - sum / n) * (x - sum / n);
  const auto [least, greatest] = std::ranges::minmax(values);
  take(n, sum / n, m2, least, greatest);
}

void SeriesLane::take_samples(const Chunk& chunk) {
  for (Eigen::Index r = 0; r < chunk.rows(); ++r) {
    const std::uint32_t row_sample = chunk.samples[static_cast<std::size_t>(r)];
    if (row_sample != sample_) end_sample();
    sample_ = row_sample;
    const double* const row = &chunk.observations.coeffRef(r, static_cast<Eigen::Index>(first_));
    for (std::size_t c = 0; c < samples_.size(); ++c) {
      if (!std::isnan(row[c])) samples_[c].add(row[c]);
    }
  }
}

void SeriesLane::end_sample() {
  for (SampleMeans& samples : samples_) samples.end_sample();
}

std::string SeriesLane::state() {
  pending_.settle(sketches_);
  return saved_state([this](StateWriter& archive) { archive(*this); });
}

void SeriesLane::restore(const std::string& state) {
  load_state(state, [this](StateReader& archive) { archive(*this); });
}

void SeriesLane::finish(std::span<SeriesCell> study_cells) {
  end_sample();
  pending_.settle(sketches_);
  for (std::size_t column = 0; column < moments_.size(); ++column) study_cells[first_ + column] = statistics(column);
}

Precision SeriesLane::precision(std::size_t column, double variance) const {
  const stats::MeanPart& part = moments_[column].part;
  if (samples_.empty()) return precision_of_runs(part.n, variance);
  return precision_of_samples(samples_[column].means(), part.n, part.mean, variance);
}

SeriesCell SeriesLane::statistics(std::size_t column) {
  const CellMoments& cell = moments_[column];
  SeriesCell s{0,        kMissing, kMissing, kMissing, kMissing, kMissing, kMissing,
               kMissing, kMissing, kMissing, kMissing, kMissing, kMissing};
  s.n = sketches_[column].n();
  if (s.n == 0) return s;
  const double variance = s.n < 2 ? kMissing : cell.part.m2 / (cell.part.n - 1);
  const Precision known = precision(column, variance);
  s.mean = cell.part.mean;
  s.sd = std::sqrt(variance);
  s.mcse = known.standard_error;
  const stats::Interval interval = stats::mean_interval(s.mean, s.mcse, reach(known.dof));
  s.mean_lo = interval.lo;
  s.mean_hi = interval.hi;
  s.min = cell.min;
  s.max = cell.max;
  constexpr std::array kShares{0.05, 0.25, 0.5, 0.75, 0.95};
  std::array<std::uint64_t, kShares.size()> ranks{};
  std::ranges::transform(kShares, ranks.begin(), [&](double p) { return stats::quantile_rank(s.n, p); });
  const std::vector<double> found = sketches_[column].at_ranks(ranks);
  // The histogram's rounding must not lead outside of what occurred.
  const auto quantile = [&](std::size_t i) { return std::clamp(found[i], s.min, s.max); };
  s.p05 = quantile(0);
  s.p25 = quantile(1);
  s.p50 = quantile(2);
  s.p75 = quantile(3);
  s.p95 = quantile(4);
  return s;
}

// Most cells have the same number of values.
double SeriesLane::reach(double dof) {
  if (dof != reach_dof_) {
    reach_dof_ = dof;
    reach_ = stats::student_t_reach(dof, kConfLevel);
  }
  return reach_;
}

std::size_t SeriesLane::memory() const {
  std::size_t bytes = samples_.capacity() * sizeof(SampleMeans) + moments_.capacity() * sizeof(CellMoments);
  bytes += pending_.memory();
  for (const stats::QuantileSketch& sketch : sketches_) bytes += sketch.memory();
  return bytes;
}

}  // namespace materiel::experiment
