#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <materiel/experiment/study.h>

namespace materiel::experiment {

/// The points of a sweep that are finished.
struct SweepProgress {
  std::uint64_t points = 0;
  std::uint64_t runs = 0, failed = 0, events = 0;  ///< of these points
  std::vector<RunFailure> failures;
  std::vector<std::vector<std::string>> rows;  ///< of a table, cell by cell; of checkpoints of earlier builds
};

/// The bytes of a checkpoint, equal on every machine.
[[nodiscard]] std::string sweep_progress_bytes(const SweepProgress& progress);

/// Reads the bytes of a checkpoint. Damaged bytes take no more memory than there is to be read.
/// @throws std::exception if the bytes end early
[[nodiscard]] SweepProgress read_sweep_progress(const std::string& bytes);

}  // namespace materiel::experiment
