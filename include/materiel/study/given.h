#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <materiel/experiment/sensitivity.h>
#include <materiel/model/model.h>
#include <materiel/store/sensitivity_tables.h>
#include <materiel/store/study_record.h>
#include <materiel/study/error.h>
#include <materiel/study/observer.h>
#include <materiel/study/run.h>

/// What the stored runs of a study say of its parameters: how outcomes depend on them, and what it is worth to know one
/// before an alternative is chosen. Nothing is run.
namespace materiel::study {

/// What an alternative is chosen for.
struct Decision {
  std::string outcome;  ///< one of the study's, by name or pattern
  bool maximise = true;
};

/// Measures from the runs of a study. What decides the results: all but `store` and what follows.
struct GivenRequest {
  std::string study;                                                            ///< its directory
  std::string alternative = {};                                                 ///< empty, or kAll: all of the study
  std::vector<std::string> outcomes = {};                                       ///< names or patterns ("stock.*");
                                                                                ///< empty: milestones and expressions
  experiment::MilestoneMeasure milestones = experiment::MilestoneMeasure::day;  ///< what of a milestone is analysed
  std::uint64_t seed = 1;                                                       ///< of the resampling
  std::optional<Decision> decision = {};  ///< with a value of information: needs several alternatives, takes all

  std::optional<Store> store = {};  ///< absent: the results are in memory alone
  bool read_stored = false;         ///< of an analysis that is complete already, give its texts too
  Caller caller = {};
};

/// What the runs of an alternative say of an outcome.
struct GivenFinding {
  std::string alternative;
  model::OutcomeInfo outcome;
  std::vector<std::string> parameters;  ///< that vary in these runs
  store::GivenMeasures measures;        ///< NaN if the runs are too few, or the outcome is always the same
};

/// What it is worth to know a parameter before an alternative is chosen.
struct InformationFinding {
  model::OutcomeInfo outcome;
  std::vector<std::string> alternatives;  ///< among which one is chosen
  std::vector<std::string> parameters;    ///< that vary
  stats::DecisionValue value;
  std::uint64_t n = 0;  ///< runs that were used
};

struct GivenResult {
  enum class State : std::uint8_t {
    computed,  ///< and, with a store, written
    complete,  ///< the directory held this very analysis: nothing was computed
  };
  State state = State::computed;
  store::StudyRecord record;                      ///< as in run.json
  std::vector<std::string> alternatives;          ///< that were analysed
  std::vector<GivenFinding> findings;             ///< of a computed analysis, as the next ones
  std::optional<InformationFinding> information;  ///< with a decision
  bool counts_unreached = false;                  ///< milestones that were not reached count as the last day
  std::string given_csv, information_csv;  ///< the texts of given.csv and value_of_information.csv; of a complete
                                           ///< analysis: with `read_stored` only
};

/// Analyses the runs of a study, or finds that it is done.
/// @return invalid_request; unreadable, if there is no study; refused, if the directory holds something else; failed,
/// if
///   files can't be written, read, or lack runs; interrupted, and then nothing is kept
[[nodiscard]] Expected<GivenResult> given(const GivenRequest& request, const Observer& observer = {});

}  // namespace materiel::study
