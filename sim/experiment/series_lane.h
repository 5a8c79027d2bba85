#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include <materiel/stats/moments.h>
#include <materiel/stats/quantile_sketch.h>

#include "experiment/chunk.h"
#include "experiment/lane.h"
#include "experiment/pending_keys.h"
#include "experiment/sampling.h"

namespace materiel::experiment {

/// The statistics of a stretch of observation cells (columns of the chunks' observations). Quantiles are exact up to
/// 256 values of a cell.
class SeriesLane : public Lane {
 public:
  /// @param first    the first of its columns
  /// @param columns  how many
  /// @param nested   whether samples have several replications
  SeriesLane(std::size_t first, std::size_t columns, bool nested);

  bool take(const Chunk& chunk) override;
  [[nodiscard]] std::string state() override;
  void restore(const std::string& state) override;

  /// Writes the statistics of its columns into the study's cells, of what it has so far, which ends with a whole
  /// sample.
  void finish(std::span<SeriesCell> study_cells);

  /// Bytes that it holds.
  [[nodiscard]] std::size_t memory() const;

  /// What is pending has to be settled.
  template <class Archive>
  void serialize(Archive& archive) {
    for (CellMoments& moments : moments_) archive(moments.part, moments.min, moments.max);
    for (stats::QuantileSketch& sketch : sketches_) archive(sketch);
    for (SampleMeans& means : samples_) archive(means);
    archive(sample_);
  }

 private:
  /// What every chunk adds to; kept apart from the sketches, which are touched more seldom.
  struct CellMoments {
    stats::MeanPart part;
    double min = std::numeric_limits<double>::infinity();
    double max = -std::numeric_limits<double>::infinity();

    void take(double n, double mean, double m2, double least, double greatest);
    void take(std::span<const double> values);  // none is missing
  };

  void take_tile(const Chunk& chunk, std::size_t first, std::size_t width);
  [[nodiscard]] std::span<const double> present_values(const Chunk& chunk, std::size_t column);
  void take_values(const Chunk& chunk, std::size_t column);
  void take_samples(const Chunk& chunk);
  void end_sample();
  [[nodiscard]] Precision precision(std::size_t column, double variance) const;
  [[nodiscard]] SeriesCell statistics(std::size_t column);
  [[nodiscard]] double reach(double dof);

  std::size_t first_;
  std::vector<CellMoments> moments_;
  std::vector<stats::QuantileSketch> sketches_;
  std::array<double, kMostChunkRuns> present_{};  // what present_values() found
  PendingKeys pending_;                           // of values that the sketches don't have yet
  std::vector<SampleMeans> samples_;              // of each cell, if nested
  std::uint32_t sample_ = 0;                      // whose replications came last
  double reach_dof_ = 0, reach_ = std::numeric_limits<double>::quiet_NaN();  // the last asked for
};

}  // namespace materiel::experiment
