#include "experiment/series_lane.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>
#include <utility>
#include <vector>

#include <materiel/base/special_numbers.h>

#include "experiment/lane_state.h"

namespace materiel::experiment {
namespace {

constexpr std::size_t kTile = PendingKeys::kStrip;  // columns whose rows fit the first-level cache together

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

// Of values none of which is missing.
stats::MeanPart mean_of(std::span<const double> values) {
  double sum = 0, m2 = 0;
  for (const double x : values) sum += x;
  const auto n = static_cast<double>(values.size());
  for (const double x : values) m2 += (x - sum / n) * (x - sum / n);
  return {n, sum / n, m2};
}

}  // namespace

SeriesLane::SeriesLane(std::size_t first, std::size_t columns, bool nested)
    : first_(first),
      columns_(columns),
      ranges_(columns),
      sketches_(columns, stats::QuantileSketch(kExactRuns)),
      pending_(columns),
      sums_(nested ? columns : 0) {}

void SeriesLane::round() {
  if (!std::exchange(exact_, false)) return;
  for (stats::QuantileSketch& sketch : sketches_) sketch.round();
}

bool SeriesLane::take(const Chunk& chunk) {
  means_ = {};
  if (chunk.rows() > 0) {
    means_.parts.resize(columns_);
    pending_.append_rows(chunk.samples.size(), sketches_);
    for (std::size_t tile = 0; tile < columns_; tile += kTile) {
      take_tile(chunk, tile, std::min(kTile, columns_ - tile));
    }
  }
  chunks_.append(chunk.number, std::move(means_));
  if (nested()) take_samples(chunk);
  return true;
}

void SeriesLane::take_tile(const Chunk& chunk, std::size_t first, std::size_t width) {
  const Block block(chunk.observations, 0, static_cast<Eigen::Index>(first_ + first), chunk.rows(),
                    static_cast<Eigen::Index>(width));
  const TileMoments tile(block);
  std::array<stats::LogHistogram::Findings, kTile> findings{};
  for (Eigen::Index r = 0; r < block.rows(); ++r) {
    const double* const row = block.data() + r * block.outerStride();
    const auto keys = pending_.row(first / kTile, static_cast<std::size_t>(r));
    for (std::size_t c = 0; c < width; ++c) keys[c] = stats::LogHistogram::key(row[c], findings[c]);
  }
  const auto n = static_cast<double>(block.rows());
  for (std::size_t c = 0; c < width; ++c) {
    const auto column = static_cast<Eigen::Index>(c);
    CellRange& range = ranges_[first + c];
    if (!std::isnan(tile.sum(column))) [[likely]] {
      means_.parts[first + c] = {n, tile.mean(column), tile.m2(column)};
      range.take(n, tile.least(column), tile.greatest(column));
    } else if (const std::span<const double> values = present_values(chunk, first + c); !values.empty()) {
      const auto [least, greatest] = std::ranges::minmax(values);
      means_.parts[first + c] = mean_of(values);
      range.take(static_cast<double>(values.size()), least, greatest);
    }
    // The keys will do, unless a value has none or is to be exact and isn't.
    if (findings[c].unfit != 0 || (findings[c].rounded != 0 && exact_)) take_values(chunk, first + c);
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

void SeriesLane::CellRange::take(double more, double least, double greatest) {
  n += more;
  min = std::min(min, least);
  max = std::max(max, greatest);
}

void SeriesLane::take_samples(const Chunk& chunk) {
  for (Eigen::Index r = 0; r < chunk.rows(); ++r) {
    end_samples(chunk.samples[static_cast<std::size_t>(r)]);
    const double* const row = &chunk.observations.coeffRef(r, static_cast<Eigen::Index>(first_));
    for (std::size_t c = 0; c < columns_; ++c) {
      if (std::isnan(row[c])) continue;
      sums_[c].sum += row[c];
      sums_[c].n += 1;
    }
  }
  end_samples(chunk.whole_samples);
}

// Ends the samples before that one, those without a good replication too.
void SeriesLane::end_samples(std::uint64_t end) {
  for (; next_sample_ < end; ++next_sample_) {
    SampleMeansRow means{std::vector<stats::ClusterMean>(columns_)};
    for (std::size_t c = 0; c < columns_; ++c) means.parts[c].add(sums_[c].sum, sums_[c].n);
    samples_.append(next_sample_, std::move(means));
    std::ranges::fill(sums_, SampleSum{});
  }
}

std::string SeriesLane::state() {
  pending_.settle(sketches_);
  return saved_state([this](StateWriter& archive) { archive(*this); });
}

void SeriesLane::restore(std::string_view state) {
  load_state(state, [this](StateReader& archive) { archive(*this); });
  if (!fits_columns(chunks_, samples_)) throw std::invalid_argument("this is the state of another study");
}

bool SeriesLane::fits_columns(const stats::PartForest<Means>& chunks,
                              const stats::PartForest<SampleMeansRow>& samples) const {
  bool fits = true;
  chunks.each([&](const Means& row) { fits = fits && (row.parts.empty() || row.parts.size() == columns_); });
  samples.each([&](const SampleMeansRow& row) { fits = fits && row.parts.size() == columns_; });
  return fits;
}

// Reads in the order of serialize().
void SeriesLane::append(std::string_view state) {
  pending_.settle(sketches_);
  load_state(state, [this](StateReader& archive) {
    stats::PartForest<Means> chunks;
    archive(chunks);
    for (CellRange& range : ranges_) {
      CellRange more;
      archive(more.n, more.min, more.max);
      range.take(more.n, more.min, more.max);
    }
    for (stats::QuantileSketch& sketch : sketches_) sketch.merge_saved(archive);
    stats::PartForest<SampleMeansRow> samples;
    archive(samples);
    for (SampleSum& sum : sums_) archive(sum.sum, sum.n);
    archive(next_sample_);
    if (!fits_columns(chunks, samples)) throw std::invalid_argument("this is the state of another study");
    chunks_.append(std::move(chunks));
    samples_.append(std::move(samples));
  });
}

void SeriesLane::finish(std::span<SeriesCell> study_cells) {
  pending_.settle(sketches_);
  Means all = chunks_.total();
  all.parts.resize(columns_);  // there are none if all runs failed
  const SampleMeansRow samples = samples_.total();
  for (std::size_t column = 0; column < columns_; ++column) {
    study_cells[first_ + column] =
        statistics(column, all.parts[column], samples.parts.empty() ? nullptr : &samples.parts[column]);
  }
}

SeriesCell SeriesLane::statistics(std::size_t column, const stats::MeanPart& part, const stats::ClusterMean* samples) {
  SeriesCell s{0, kMissing, kMissing, kMissing, kMissing, kMissing, kMissing, {}, kMissing};
  s.quantiles.fill(kMissing);
  s.n = sketches_[column].n();
  if (s.n == 0) return s;
  const double variance = s.n < 2 ? kMissing : part.m2 / (part.n - 1);
  const Precision known =
      samples ? precision_of_samples(*samples, part.n, part.mean, variance) : precision_of_runs(part.n, variance);
  s.mean = part.mean;
  s.sd = std::sqrt(variance);
  s.mcse = known.standard_error;
  const stats::Interval interval = stats::mean_interval(s.mean, s.mcse, reach(known.dof));
  s.mean_lo = interval.lo;
  s.mean_hi = interval.hi;
  s.min = ranges_[column].min;
  s.max = ranges_[column].max;
  std::array<std::uint64_t, kQuantileCount> ranks{};
  std::ranges::transform(kQuantiles, ranks.begin(),
                         [&](const StatisticInfo& one) { return stats::quantile_rank(s.n, one.share); });
  const std::vector<double> found = sketches_[column].at_ranks(ranks);
  // The histogram's rounding must not lead outside of what occurred.
  std::ranges::transform(found, s.quantiles.begin(), [&](double x) { return std::clamp(x, s.min, s.max); });
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
  std::size_t bytes = sums_.capacity() * sizeof(SampleSum) + ranges_.capacity() * sizeof(CellRange);
  chunks_.each([&](const Means& row) { bytes += row.parts.capacity() * sizeof(stats::MeanPart); });
  samples_.each([&](const SampleMeansRow& row) { bytes += row.parts.capacity() * sizeof(stats::ClusterMean); });
  bytes += pending_.memory();
  for (const stats::QuantileSketch& sketch : sketches_) bytes += sketch.memory();
  return bytes;
}

}  // namespace materiel::experiment
