#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <Eigen/Core>

#include "experiment/replication_source.h"

namespace materiel::experiment {

/// Rows are good replications in the order of runs, columns are cells or outcomes.
using RowMajorArray = Eigen::Array<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// The largest number of runs in a chunk.
inline constexpr std::size_t kMostChunkRuns = 32;

/// How many failures a study records.
inline constexpr std::size_t kRecordedFailures = 100;

/// Consecutive runs and what came of them: the unit of work and of reduction.
struct Chunk {
  /// @param runs  the largest number of runs that it has to hold
  Chunk(const StudyShape& shape, std::size_t runs);

  /// Forgets what it holds; keeps its memory.
  void start(std::uint64_t chunk_number);

  /// Where the next replication writes; the row counts only after keep_row().
  [[nodiscard]] std::span<double> next_observations();
  [[nodiscard]] std::span<double> next_outcomes();
  void keep_row(std::uint32_t sample);

  std::uint64_t number = 0;
  std::uint64_t events = 0;
  std::uint64_t failed = 0;
  std::uint64_t whole_samples = 0;     ///< of the study, that are complete when the chunk is
  std::vector<RunFailure> failures;    ///< the first kRecordedFailures
  std::vector<std::uint32_t> samples;  ///< of each row
  RowMajorArray observations;          ///< only the first rows() rows count; columns may be padded
  RowMajorArray outcomes;              ///< only the first rows() rows count
  std::vector<std::int64_t> ledger;    ///< sums over good runs, row-major [item][model::LedgerTerm]
  std::vector<std::int64_t> account;   ///< of one run
  std::size_t cells = 0;
  std::string run_texts, input_texts;

  [[nodiscard]] Eigen::Index rows() const { return static_cast<Eigen::Index>(samples.size()); }
};

/// Adds up accounts; a sum beyond 2^63 stays there.
void add_to(std::vector<std::int64_t>& sums, const std::vector<std::int64_t>& account);

/// How many runs make a chunk: kMostChunkRuns, fewer if their observations would take more than 16 MiB. Decides the
/// order of floating-point sums, so it depends on the shape alone.
[[nodiscard]] std::size_t chunk_runs(const StudyShape& shape);

}  // namespace materiel::experiment
