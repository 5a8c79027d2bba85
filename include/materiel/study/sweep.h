#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include <materiel/experiment/study.h>
#include <materiel/store/study_record.h>
#include <materiel/study/run.h>
#include <materiel/study/sweep_points.h>

/// One scenario at many points of chosen values, under common random numbers: points differ by the values, not by
/// chance. The results depend on the request alone, never on the resources or interruptions.
namespace materiel::study {

/// The most replications of one sweep, of all points together.
inline constexpr std::uint64_t kMostSweepRuns = 1'000'000'000;

/// A sweep. What decides its results: all but `outcomes` and what follows.
struct SweepRequest {
  Scenario scenario;  ///< of one variant
  SweepPoints points;
  experiment::StudyPlan plan;  ///< of every point
  bool with_series = true;     ///< whether series.csv is written, unless it would be very long

  std::vector<std::string> outcomes = {};  ///< shown ones: names or patterns ("stock.*"); empty: see SweepResult
  Store store{.directory = ""};            ///< needed
  bool read_stored = false;                ///< of a sweep that is complete already, give its texts too
  Caller caller = {};
};

/// Of a milestone its probability of being reached, of other outcomes their mean; with the 95 % interval.
struct SweepEstimate {
  double estimate = std::numeric_limits<double>::quiet_NaN();  ///< NaN: missing, as the next two
  double lo = std::numeric_limits<double>::quiet_NaN(), hi = std::numeric_limits<double>::quiet_NaN();
  std::uint64_t n = 0, n_missing = 0;  ///< good runs with and without a value
};

/// In how many of the good runs of all points an outcome is missing.
struct MissingRuns {
  std::uint64_t missing = 0, runs = 0;
};

struct SweepResult {
  enum class State : std::uint8_t {
    computed,  ///< and written
    complete,  ///< the directory held this very sweep: nothing was run
  };
  State state = State::computed;
  store::StudyRecord record;  ///< as in run.json
  SweepPoints points;
  std::vector<std::size_t> shown;  ///< the outcomes of the record that were asked for; or milestones and expressions

  // Of a sweep that is complete already with `read_stored` only:
  std::vector<SweepEstimate> estimates;  ///< row-major [point][shown]
  std::vector<MissingRuns> missing;      ///< by outcome of the record
  std::string points_csv, summary_csv;   ///< the texts of these files
};

/// Runs a sweep, resumes one that was interrupted, or finds that it is complete.
/// @param resources  of one process, without ranks
/// @return invalid_request; invalid_scenario with the mistakes of points; refused, if the directory holds something
///   else; failed, if files can't be written or read; interrupted. What was done is kept in the last two cases, as
///   `what` says, and the same request resumes it.
[[nodiscard]] Expected<SweepResult> sweep(const SweepRequest& request, const RunResources& resources = {},
                                          const Observer& observer = {});

/// What sweep() would do, without doing it.
[[nodiscard]] Expected<RunPreview> preview(const SweepRequest& request, const RunResources& resources);

/// Why the points with that plan are too many for a sweep; empty if they are not.
[[nodiscard]] std::string too_many_runs(const SweepPoints& points, const experiment::StudyPlan& plan);

}  // namespace materiel::study
