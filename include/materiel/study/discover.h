#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <materiel/base/date.h>
#include <materiel/model/model.h>
#include <materiel/stats/prim.h>
#include <materiel/store/discovery_tables.h>
#include <materiel/store/study_record.h>
#include <materiel/study/error.h>
#include <materiel/study/observer.h>
#include <materiel/study/run.h>

/// Scenario discovery: boxes of parameters in which an event is frequent among the stored runs of a study. Nothing is
/// run.
namespace materiel::study {

/// What makes an event of a number.
struct EventThreshold {
  enum class Side : std::uint8_t { above, below };
  Side side = Side::above;
  double value = 0;       ///< of a quantile between 0 and 1
  bool is_share = false;  ///< a quantile of the number over all runs
};

/// What happens in a run, or not.
struct Event {
  std::string expression;  ///< of outcomes and parameters: "milestone.empty < 90"
  std::optional<EventThreshold> threshold = {};
};

/// "milestone.empty < 90", or with a threshold "outcome.balance below 10%".
[[nodiscard]] std::string event_words(const Event& event);

/// The name of the expression in diagnostics, as their file.
inline constexpr const char* kEventExpression = "event";

/// A discovery. What decides the results: all but `store` and what follows.
struct DiscoverRequest {
  std::string study;             ///< its directory
  Event event;                   ///< that is looked for
  std::string alternative = {};  ///< whose runs are used; empty: base, or the first if the study has none
  stats::PrimOptions prim = {};
  std::uint64_t boxes = 1;  ///< at most; each among the samples outside of the former ones

  std::optional<Store> store = {};  ///< absent: the results are in memory alone
  Caller caller = {};
};

struct DiscoverResult {
  enum class State : std::uint8_t {
    computed,  ///< and, with a store, written
    complete,  ///< the directory held this very analysis: nothing was written
  };
  State state = State::computed;
  store::StudyRecord record;                ///< as in run.json
  Date start;                               ///< of the scenario
  store::DiscoverySubject subject;          ///< with the parameters that vary, their values in the units shown
  std::vector<model::ParameterInfo> infos;  ///< of the same parameters
  std::uint64_t runs = 0;                   ///< that have a value
  double share = 0;                         ///< of the samples' runs: those in which the event happened
  std::vector<stats::PrimFinding> boxes;    ///< at least one; limits in the units shown, by parameter of the subject
  std::string boxes_csv, trajectory_csv;    ///< the texts of boxes.csv and trajectory.csv
};

/// Finds the boxes.
/// @return invalid_request, with diagnostics if the expression has mistakes; unreadable, if there is no study; refused,
///   if the directory holds something else; failed, if files can't be written, read, or lack runs; interrupted, and
///   then nothing is kept
[[nodiscard]] Expected<DiscoverResult> discover(const DiscoverRequest& request, const Observer& observer = {});

}  // namespace materiel::study
