#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <materiel/experiment/differences.h>
#include <materiel/experiment/study.h>
#include <materiel/store/directory.h>
#include <materiel/store/study_record.h>
#include <materiel/study/estimate.h>
#include <materiel/study/load.h>
#include <materiel/study/observer.h>
#include <materiel/study/output_directory.h>
#include <materiel/study/ranks.h>
#include <materiel/study/shard.h>
#include <materiel/study/stopping_rule.h>

/// Monte Carlo studies of one scenario or of several alternatives under common random numbers. The results depend on
/// the request alone, never on the resources, interruptions or shards.
namespace materiel::study {

/// How alternatives are compared.
struct ComparisonRequest {
  std::string reference;              ///< the alternative that the others are compared with; empty: the first
  std::vector<std::string> outcomes;  ///< names or patterns ("stock.*"); empty: milestones and expressions
};

/// Where the files of a study go.
struct Store {
  store::DirectoryPath directory;
  IfTaken if_taken = IfTaken::refuse;  ///< what becomes of another study in it
};

/// What the record says of the program that makes a request.
struct Caller {
  std::vector<std::string> command = {};  ///< for people, as it was given
  store::BuildFacts build = {};
};

/// A study. What decides its results: all but `store` and what follows.
struct RunRequest {
  Scenario scenario = {};           ///< of which all variants are run
  experiment::StudyPlan plan = {};  ///< with a stopping rule: at most so many samples; without a design
  StoppingRule stop = {};
  std::optional<ComparisonRequest> comparison = {};  ///< needs two variants
  std::optional<Shard> shard = {};                   ///< this part of the study alone, for merge(); needs a store

  std::optional<Store> store = {};       ///< absent: the results are in memory alone
  bool extend = false;                   ///< the study that the directory holds, to more samples
  bool rerun_failed = false;             ///< the study that the directory holds, if failed runs of it no longer fail
  std::vector<std::string> shards = {};  ///< directories of all shards of the study, to be merged
  bool read_stored = false;              ///< of a study that is complete already, give the alternatives' results too
  Caller caller = {};
};

/// What decides only how fast a study is, and how much an interruption may cost.
struct RunResources {
  unsigned threads = 1;
  double checkpoint_seconds = 0;  ///< between two checkpoints; 0: as often as takes a fiftieth of the time
  Ranks* ranks = nullptr;         ///< the processes that share the study; null: this one alone
};

/// What came of an alternative.
struct AlternativeResult {
  std::string name;
  std::vector<model::OutcomeInfo> outcomes;  ///< that the lines of the result are of
  Date start;                                ///< of the scenario
  std::uint64_t samples = 0;
  experiment::StudyResult result;
};

/// How an alternative differs from the reference.
struct AlternativeDifferences {
  std::string alternative;
  std::vector<experiment::DifferenceLine> lines;  ///< `column` counts ComparisonResult::outcomes
};

struct ComparisonResult {
  std::string reference;
  std::vector<model::OutcomeInfo> outcomes;  ///< that are compared
  std::vector<model::OutcomeInfo> unshared;  ///< that were asked for, but not all have
  std::vector<AlternativeDifferences> differences;
  std::uint64_t replications = 1;  ///< of each sample
};

struct RunResult {
  enum class State : std::uint8_t {
    computed,      ///< and, with a store, written
    complete,      ///< the directory held this very study: nothing was run
    large_enough,  ///< to be extended, but the directory's study has as many samples already
    none_fails,    ///< to be run again, but no run of it failed, or all fail again
  };
  State state = State::computed;
  store::StudyRecord record;  ///< as in run.json
  std::vector<AlternativeResult>
      alternatives;  ///< of a complete study: with `read_stored` only, and then summaries only
  std::optional<ComparisonResult> comparison;  ///< of computed studies
  std::string note;                            ///< how the stopping rule ended it, for people; may be empty
  std::string lacking;                         ///< what of the precision was not reached, for people; may be empty
  double further_samples = 0;                  ///< that the precision needs about; NaN: can't be estimated
};

/// Runs a study, resumes one that was interrupted, or finds that it is complete.
/// @return invalid_request; refused or extendable, if the directory holds something else; failed, if files can't be
/// written or read;
///   interrupted. What was done is kept in the last two cases, as `what` says, and the same request resumes it.
[[nodiscard]] Expected<RunResult> run(const RunRequest& request, const RunResources& resources = {},
                                      const Observer& observer = {});

/// The part of a rank other than the first in run(); until that rank ends it.
/// @return invalid_request; interrupted
[[nodiscard]] std::optional<Error> serve(const RunRequest& request, const RunResources& resources,
                                         const Observer& observer = {});

/// What run() would do, without doing it.
struct RunPreview {
  store::StudyRecord record;
  std::string runs;       ///< how many, for people
  std::string directory;  ///< what it holds, for people: "which is free"
  CostEstimate cost;
  std::string refusal;  ///< why run() would refuse; empty: it would not
};

/// @param request  with a store
[[nodiscard]] Expected<RunPreview> preview(const RunRequest& request, const RunResources& resources);

}  // namespace materiel::study
