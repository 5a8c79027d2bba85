#pragma once

#include <cstdint>
#include <memory>

#include <materiel/experiment/study.h>

/// What a study would cost.
namespace materiel::study {

struct EstimateRequest {
  std::shared_ptr<const model::Model> model;
  experiment::StudyPlan plan;
  std::uint64_t studies = 1;      ///< alternatives or points, each taken to cost the same
  unsigned threads = 1;           ///< each taken to be as fast as one alone
  std::uint64_t most_runs = 100;  ///< replications that are timed
  double most_seconds = 2;        ///< after which no further one is begun
};

/// Means over the replications that were timed, and what follows for the whole.
struct CostEstimate {
  std::uint64_t timed = 0, failed = 0;  ///< replications, and failed ones of those
  double seconds_per_run = 0, events_per_run = 0;
  std::uint64_t runs = 0;  ///< of the whole
  double seconds = 0;      ///< of the whole, on all threads
  double events = 0;       ///< of the whole
  double row_bytes = 0;    ///< of runs.csv
};

/// Times the first replications of a study on the calling thread.
/// @param request  with a model and at least one run
[[nodiscard]] CostEstimate estimate(const EstimateRequest& request);

}  // namespace materiel::study
