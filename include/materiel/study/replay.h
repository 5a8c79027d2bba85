#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <materiel/model/model.h>
#include <materiel/model/replicator.h>
#include <materiel/model/trace.h>
#include <materiel/store/study_record.h>
#include <materiel/study/error.h>
#include <materiel/study/observer.h>

/// One replication of a study once more, bit for bit, with all that happens in it.
namespace materiel::study {

struct ReplayRequest {
  std::string study;                                         ///< its directory
  std::uint64_t run = 0;                                     ///< number of the replication, as in runs.csv
  std::string alternative = {};                              ///< empty: base, or the first if the study has none
  std::function<void(const model::TraceEntry&)> watch = {};  ///< is given each event, in their order; may be empty
  /// Path of a file for the trace; empty: trace-RUN.csv or trace-ALTERNATIVE-RUN.csv in the study's directory; absent:
  /// none is written.
  std::optional<std::string> trace_file = {};
};

struct ReplayResult {
  std::string alternative;
  std::uint32_t sample = 0, replication = 0;  ///< of the run
  model::ReplicationReport report;            ///< whether it failed, and why
  std::vector<model::ParameterInfo> parameters;
  std::vector<double> parameter_values;  ///< of these
  std::vector<model::OutcomeInfo> outcomes;
  std::vector<double> outcome_values;  ///< of these; NaN = missing
  std::string row;                     ///< of the run in runs.csv, which it is equal to
  std::uint64_t entries = 0;           ///< of the trace
  std::string trace_file;              ///< that was written; may be empty
};

/// Runs it from what the study's record holds, and compares it with its row in runs.csv.
/// @return invalid_request, if the study has no such run, or its record has another version or an edited scenario;
///   unreadable, if there is no study; invalid_scenario with the diagnostics; failed, if the row is another one, or
///   files can't be read or written; interrupted, and then nothing is kept
[[nodiscard]] Expected<ReplayResult> replay(const ReplayRequest& request, const Observer& observer = {});

}  // namespace materiel::study
