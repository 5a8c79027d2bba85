#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include <materiel/experiment/study.h>

#include "statistical/validation_case.h"

namespace materiel::validation {

/// The seed of every study, so that the document's numbers can be had from the command line too.
inline constexpr std::uint64_t kSeed = 1;

/// A study of scenarios/validation/NAME.toml: what `materiel run NAME.toml -n RUNS --seed 1` computes.
class ScenarioStudy {
 public:
  /// Runs it. Throws with the diagnostics if the scenario can't be run, or if a replication fails.
  ScenarioStudy(const std::string& name, std::uint64_t runs, const Overrides& overrides = {},
                const std::string& alternative = {});

  /// A line of summary.csv: "mean", "sd", "p50", "probability", ... of an outcome. Nothing may be missing.
  [[nodiscard]] Measured summary(const std::string& outcome, const std::string& statistic = "mean") const;

  /// A line of milestones.csv: the probability of having been reached by the day.
  [[nodiscard]] Measured reached_by(const std::string& milestone, double day) const;

 private:
  [[nodiscard]] std::size_t index(const std::string& outcome) const;

  std::shared_ptr<const model::Model> model_;
  experiment::StudyResult result_;
};

/// A case that is one study of one scenario, biased by overrides.
[[nodiscard]] Case scenario_case(Case facts, Overrides bias,
                                 std::function<std::vector<Quantity>(const ScenarioStudy&)> quantities);

}  // namespace materiel::validation
