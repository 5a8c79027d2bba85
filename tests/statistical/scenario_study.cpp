#include "statistical/scenario_study.h"

#include <algorithm>
#include <atomic>
#include <stdexcept>
#include <utility>

#include <materiel/model/model.h>
#include <materiel/scenario/parse.h>
#include <materiel/stats/intervals.h>

#include "support/small_model.h"

namespace materiel::validation {

ScenarioStudy::ScenarioStudy(const std::string& name, std::uint64_t runs, const Overrides& overrides,
                             const std::string& alternative) {
  const std::string path = std::string(MATERIEL_SOURCE_DIR) + "/scenarios/validation/" + name + ".toml";
  const auto parsed = scenario::parse_file(path, overrides, alternative);
  if (!parsed) throw std::runtime_error(testing::joined(parsed.diagnostics()));
  const auto compiled = model::compile(parsed.value().spec);
  if (!compiled) throw std::runtime_error(testing::joined(compiled.diagnostics()));
  model_ = compiled.value().model;
  const experiment::StudyPlan plan{.seed = kSeed, .samples = runs};
  const std::atomic<bool> stop = false;
  result_ = experiment::run_study(model_, plan, {}, {}, {}, stop);
  if (result_.runs_failed > 0) throw std::runtime_error(name + ": " + result_.failures.front().what);
}

std::size_t ScenarioStudy::index(const std::string& outcome) const {
  const auto& all = model_->outcomes();
  const auto found = std::find_if(all.begin(), all.end(), [&](const auto& o) { return o.name == outcome; });
  if (found == all.end()) throw std::out_of_range("no outcome " + outcome);
  return static_cast<std::size_t>(found - all.begin());
}

Measured ScenarioStudy::summary(const std::string& outcome, const std::string& statistic) const {
  const std::size_t wanted = index(outcome);
  for (const experiment::SummaryLine& line : result_.summary) {
    if (line.outcome != wanted || name_of(line.statistic) != statistic) continue;
    if (line.n_missing > 0) throw std::runtime_error(outcome + " is missing in some runs");
    return {line.estimate, line.mcse};
  }
  throw std::out_of_range("no statistic " + statistic + " of " + outcome);
}

Measured ScenarioStudy::reached_by(const std::string& milestone, double day) const {
  const std::size_t wanted = index(milestone);
  for (const experiment::MilestoneLine& line : result_.milestones) {
    if (line.outcome != wanted || line.day != day) continue;
    return {line.probability, stats::standard_error_of({line.lo, line.hi}, 0.95)};
  }
  throw std::out_of_range(milestone + " was not observed on that day");
}

Case scenario_case(Case facts, Overrides bias, std::function<std::vector<Quantity>(const ScenarioStudy&)> quantities) {
  facts.quantities = [name = facts.name, runs = facts.runs, bias = std::move(bias), quantities = std::move(quantities)](
                         bool biased) { return quantities(ScenarioStudy(name, runs, biased ? bias : Overrides{})); };
  return facts;
}

}  // namespace materiel::validation
