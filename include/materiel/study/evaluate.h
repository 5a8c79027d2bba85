#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include <materiel/model/model.h>
#include <materiel/model/sample_design.h>
#include <materiel/study/error.h>
#include <materiel/study/observer.h>

/// A model as a function: a matrix of parameters in, a matrix of outcomes out. Calibration, emulators and optimisers
/// outside of this program stand on it.
namespace materiel::study {

using Scale = model::SampleDesign::Scale;

/// What decides the numbers that come out.
struct EvaluationRequest {
  std::shared_ptr<const model::Model> model;
  std::vector<std::string> parameters;  ///< the columns of `values`: names of parameters, each once
  /// Row-major [row][parameter], finite. On the scale `natural` in the unit of inputs.csv: days and per day, dates as
  /// days since the start; on the scale `quantile` in (0, 1), and then of parameters that have a distribution.
  std::vector<double> values;
  std::uint64_t rows = 0;
  Scale scale = Scale::natural;
  /// One for all rows, or one a row, of the random numbers of all that varies between replications and of the
  /// parameters that are no columns.
  std::vector<std::uint64_t> seeds = {1};
  /// The sample of the seed that each row takes its random numbers from: rows of the same seed and sample differ by
  /// their parameters alone (common random numbers). Empty: row i takes sample i, as the runs of a study do.
  std::vector<std::uint32_t> samples;
  std::uint64_t replications = 1;     ///< of each row
  std::vector<std::string> outcomes;  ///< names; empty: all of the model, in its order
  std::uint64_t max_events = 1'000'000'000;
};

/// What decides only the speed.
struct EvaluationResources {
  unsigned threads = 1;
};

/// A replication that failed: its outcomes are missing.
struct EvaluationFailure {
  std::uint64_t row = 0, replication = 0;
  double day = 0;    ///< since the start
  std::string what;  ///< who failed and why, without a full stop
};

struct EvaluationResult {
  std::vector<std::string> outcomes;  ///< the columns of `values`
  std::uint64_t rows = 0, replications = 0;
  /// [row][replication][outcome]; NaN = missing, a milestone that was not reached, or a replication that failed.
  std::vector<double> values;
  std::vector<EvaluationFailure> failures;  ///< by row and replication

  /// The outcomes of one replication.
  [[nodiscard]] std::span<const double> at(std::uint64_t row, std::uint64_t replication = 0) const {
    return std::span(values).subspan((row * replications + replication) * outcomes.size(), outcomes.size());
  }
};

/// Runs the replications of each row. The result depends on the request alone: never on threads or timing. Row i is bit
/// for bit the run of a study with the same seed whose sample i has the same parameters.
/// @return invalid_request, with the first thing that is wrong; interrupted, and then nothing of what was done
/// @throws what the observer throws, and std::bad_alloc, after all threads have ended
[[nodiscard]] Expected<EvaluationResult> evaluate(const EvaluationRequest& request,
                                                  const EvaluationResources& resources = {},
                                                  const Observer& observer = {});

}  // namespace materiel::study
