#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include <materiel/stats/part_forest.h>
#include <materiel/stats/quantile_sketch.h>

#include "experiment/chunk.h"
#include "experiment/lane.h"
#include "experiment/pending_keys.h"
#include "experiment/sampling.h"

namespace materiel::experiment {

/// How many runs a study may have for the quantiles of its series to be exact.
inline constexpr std::uint64_t kExactRuns = 256;

/// The statistics of a run range of observation cells (columns of the chunks' observations).
class SeriesLane : public Lane {
 public:
  /// @param first    the first of its columns
  /// @param columns  how many
  /// @param nested   whether samples have several replications
  SeriesLane(std::size_t first, std::size_t columns, bool nested);

  /// Has quantiles rounded from now on: the study has more than kExactRuns runs, or will have.
  void round();

  void begin_at(std::uint64_t sample) override { next_sample_ = nested() ? sample : 0; }
  bool take(const Chunk& chunk) override;
  [[nodiscard]] std::string state() override;
  void restore(std::string_view state) override;
  void append(std::string_view state) override;

  /// Writes the statistics of its columns into the study's cells, of what it has so far, which ends with a whole
  /// sample.
  void finish(std::span<SeriesCell> study_cells);

  /// Bytes that it holds.
  [[nodiscard]] std::size_t memory() const;

  /// What is pending has to be settled.
  template <class Archive>
  void serialize(Archive& archive) {
    archive(chunks_);
    for (CellRange& range : ranges_) archive(range.n, range.min, range.max);
    for (stats::QuantileSketch& sketch : sketches_) archive(sketch);
    archive(samples_);
    for (SampleSum& sum : sums_) archive(sum.sum, sum.n);
    archive(next_sample_);
  }

 private:
  /// What every chunk adds to; kept apart from the sketches, which are touched more seldom.
  struct CellRange {
    double n = 0;
    double min = std::numeric_limits<double>::infinity();
    double max = -std::numeric_limits<double>::infinity();

    void take(double more, double least, double greatest);
  };
  /// Of the present sample.
  struct SampleSum {
    double sum = 0, n = 0;
  };
  using Means = stats::PartRow<stats::MeanPart>;
  using SampleMeansRow = stats::PartRow<stats::ClusterMean>;

  void take_tile(const Chunk& chunk, std::size_t first, std::size_t width);
  [[nodiscard]] std::span<const double> present_values(const Chunk& chunk, std::size_t column);
  void take_values(const Chunk& chunk, std::size_t column);
  void take_samples(const Chunk& chunk);
  [[nodiscard]] bool nested() const { return !sums_.empty(); }
  [[nodiscard]] bool fits_columns(const stats::PartForest<Means>& chunks,
                                  const stats::PartForest<SampleMeansRow>& samples) const;
  void end_samples(std::uint64_t end);
  [[nodiscard]] SeriesCell statistics(std::size_t column, const stats::MeanPart& part,
                                      const stats::ClusterMean* samples);
  [[nodiscard]] double reach(double dof);

  std::size_t first_;
  std::size_t columns_;
  bool exact_ = true;
  Means means_;                      // of the present chunk
  stats::PartForest<Means> chunks_;  // of all
  std::vector<CellRange> ranges_;
  std::vector<stats::QuantileSketch> sketches_;
  std::array<double, kMostChunkRuns> present_{};  // what present_values() found
  PendingKeys pending_;                           // of values that the sketches don't have yet
  std::vector<SampleSum> sums_;                   // of each cell, if nested
  stats::PartForest<SampleMeansRow> samples_;     // of those that are complete
  std::uint64_t next_sample_ = 0;                 // the first that isn't
  double reach_dof_ = 0, reach_ = std::numeric_limits<double>::quiet_NaN();  // the last asked for
};

}  // namespace materiel::experiment
