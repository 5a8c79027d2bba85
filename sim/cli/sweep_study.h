#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include <materiel/experiment/study.h>

#include "cli/progress_line.h"

namespace materiel::cli {

/// The study of one point.
struct SweepPointRun {
  std::shared_ptr<const model::Model> model;
  /// Formats its rows; what it writes is called with the rows of this point, in their order, and after those of all
  /// points before it.
  experiment::StudySink sink;
};

/// Makes the study of a point; called by several threads at once.
using SweepPointMaker = std::function<SweepPointRun(std::size_t point)>;

/// Takes what came of a point, in the order of points, by one thread at a time; false stops the sweep (disk full).
using SweepPointTaker =
    std::function<bool(std::size_t point, const model::Model& model, const experiment::StudyResult& result)>;

/// Runs the studies of all points by the same plan. Where they are small, several points run at once, each on one
/// thread; otherwise one after the other, each on all threads. What is written does not depend on it.
/// @param progress  may be null
/// @return finished, interrupted or write_failed
experiment::StudyResult::Status run_sweep(std::size_t points, const experiment::StudyPlan& plan, unsigned threads,
                                          const SweepPointMaker& make, const SweepPointTaker& take,
                                          ProgressLine* progress, const std::atomic<bool>& stop);

}  // namespace materiel::cli
