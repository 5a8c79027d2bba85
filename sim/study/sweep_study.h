#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include <materiel/experiment/study.h>

namespace materiel::study {

/// The study of one point.
struct SweepPointRun {
  std::shared_ptr<const model::Model> model;
  /// Formats its rows; what it writes is called with the rows of this point, in their order, and after those of all
  /// points before it.
  experiment::StudySink sink;
};

/// Makes the study of a point, or one without a model where there can be none; called by several threads at once.
using SweepPointMaker = std::function<SweepPointRun(std::size_t point)>;

/// Takes what came of a point, in the order of points, by one thread at a time; false stops the sweep (disk full).
using SweepPointTaker =
    std::function<bool(std::size_t point, const model::Model& model, const experiment::StudyResult& result)>;

/// How a sweep is run.
struct SweepSampling {
  std::size_t points = 0;  ///< of which those before `first` are done
  std::size_t first = 0;
  const experiment::StudyPlan& plan;
  unsigned threads = 1;
  SweepPointMaker make;
  SweepPointTaker take;
  std::function<void(std::uint64_t runs)> progress;  ///< of all points together; may be empty
  const std::atomic<bool>& stop;
  /// Of points that are run one by one: where the states of their studies go; the state that the first begins with,
  /// empty if it starts over; and what takes the state of one that is interrupted.
  experiment::CheckpointWriter writer;
  std::string state;
  std::function<void(std::uint64_t runs, std::string state)> interrupted;
};

/// Runs the studies of all points by the same plan. Where they are small, several points run at once, each on one
/// thread; otherwise one after the other, each on all threads. What is written does not depend on it.
/// A point without a model ends the sweep as if it were interrupted, after those before it.
/// @return finished, interrupted or write_failed
/// @throws ResumeError if the first point can't be resumed from its state
experiment::StudyResult::Status run_sweep(const SweepSampling& sampling);

}  // namespace materiel::study
