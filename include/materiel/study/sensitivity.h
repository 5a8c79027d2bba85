#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include <materiel/experiment/sensitivity.h>
#include <materiel/model/replicator.h>
#include <materiel/stats/morris_effects.h>
#include <materiel/stats/sobol_indices.h>
#include <materiel/store/study_record.h>
#include <materiel/study/run.h>

/// Which uncertain parameters the outcomes of a scenario depend on, from runs that are made for it. The results depend
/// on the request alone, never on the resources or interruptions.
namespace materiel::study {

/// The most runs of one sensitivity analysis.
inline constexpr std::uint64_t kMostSensitivityRuns = 1'000'000'000;

/// Shares of the variance (stats::sobol_indices), with that of chance.
struct SobolMethod {
  std::uint64_t blocks = 1024;  ///< of the design, at least 2; best a power of two
  bool second_order = false;    ///< indices of pairs too, at nearly twice the runs
};

/// Screening by elementary effects (stats::morris_effects).
struct MorrisMethod {
  std::uint64_t trajectories = 50;  ///< at least 2
  std::uint64_t levels = 4;         ///< of the grid, an even number up to 1000
};

/// Parameters that move together.
struct ParameterGroup {
  std::string name;
  std::vector<std::string> parameters;
};

/// A sensitivity analysis. What decides its results: all but `store` and what follows.
struct SensitivityRequest {
  Scenario scenario = {};  ///< of one variant
  std::variant<SobolMethod, MorrisMethod> method = {};
  std::vector<ParameterGroup> groups = {};  ///< correlated parameters have to be in one
  bool group_by_source = false;             ///< instead: parameters with the same source together
  std::vector<std::string> outcomes = {};   ///< names or patterns ("stock.*"); empty: milestones and expressions
  experiment::MilestoneMeasure milestones = experiment::MilestoneMeasure::day;  ///< what of a milestone is analysed
  std::uint64_t seed = 1;
  model::ReplicationLimits limits = {};
  bool keep_runs = false;  ///< whether runs.csv and inputs.csv are written

  Store store{.directory = ""};  ///< needed
  bool read_stored = false;      ///< of an analysis that is complete already, give its texts too
  Caller caller = {};
};

/// What an outcome depends on.
struct SensitivityFinding {
  model::OutcomeInfo outcome;
  /// As the method has it, by SensitivityResult::factors; with how many blocks or trajectories were used, and how many
  /// lacked the outcome and were left out.
  std::variant<stats::SobolIndices, stats::MorrisEffects> measures;
  std::uint64_t runs = 0, missing = 0;  ///< that ended well, and those of them that lack the outcome
  std::uint64_t unreached = 0;          ///< those that count as the last day of a milestone, or as 0
  bool varies = false;                  ///< if not, it is the same in all runs: the measures are missing
};

/// The text of a file.
struct SensitivityTable {
  std::string file;  ///< "sobol.csv"
  std::string csv;
};

struct SensitivityResult {
  enum class State : std::uint8_t {
    computed,  ///< and written
    complete,  ///< the directory held this very analysis: nothing was run
  };
  State state = State::computed;
  store::StudyRecord record;                 ///< as in run.json
  std::vector<std::string> factors;          ///< parameters or groups; of Sobol' indices the last one is chance
  std::vector<std::string> left_out;         ///< parameters that are drawn, but always the same
  std::vector<SensitivityFinding> findings;  ///< of a computed analysis, by outcome
  bool counts_unreached = false;             ///< of some milestone: runs that did not reach it count as the last day
  std::vector<SensitivityTable> tables;      ///< of a complete analysis: with `read_stored` only
};

/// Runs an analysis, resumes one that was interrupted, or finds that it is complete.
/// @param resources  of one process, without ranks
/// @return invalid_request, if parameters are correlated with the group that they need as a hint ("both=a,b"); refused,
///   if the directory holds something else; failed, if files can't be written or read; interrupted. What was done is
///   kept in the last two cases, as `what` says, and the same request resumes it.
[[nodiscard]] Expected<SensitivityResult> sensitivity(const SensitivityRequest& request,
                                                      const RunResources& resources = {},
                                                      const Observer& observer = {});

/// What sensitivity() would do, without doing it.
/// @param observer  hears what is left out
[[nodiscard]] Expected<RunPreview> preview(const SensitivityRequest& request, const RunResources& resources,
                                           const Observer& observer = {});

}  // namespace materiel::study
