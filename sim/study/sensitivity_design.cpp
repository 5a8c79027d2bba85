#include "study/sensitivity_design.h"

#include <algorithm>

#include <fmt/format.h>

#include <materiel/base/text.h>
#include <materiel/store/sensitivity_tables.h>

#include "study/sensitivity_factors.h"

namespace materiel::study {
namespace {

using experiment::SensitivityFactor;

std::vector<std::string> names_of(const std::vector<SensitivityFactor>& factors) {
  std::vector<std::string> names(factors.size());
  std::transform(factors.begin(), factors.end(), names.begin(), [](const SensitivityFactor& one) { return one.name; });
  return names;
}

class SobolAnalysis : public SensitivityDesign {
 public:
  SobolAnalysis(const SobolMethod& method, std::uint64_t seed, std::vector<SensitivityFactor> factors)
      : seed_(seed), blocks_(method.blocks), factors_(std::move(factors)) {
    factors_.push_back({chance_name(factors_), {}});
    names_ = names_of(factors_);
    layout_ = {factors_.size(), method.second_order};
    tables_.push_back({"sobol.csv", store::sobol_header()});
    if (method.second_order) tables_.push_back({"sobol_second.csv", store::sobol_second_header()});
  }

  [[nodiscard]] std::shared_ptr<const model::SampleDesign> design() const override {
    return experiment::sobol_design(factors_, layout_, blocks_, seed_);
  }
  [[nodiscard]] std::uint64_t samples() const override { return blocks_ * layout_.columns(); }
  [[nodiscard]] std::string words() const override {
    return fmt::format("{} blocks of {} runs", with_thousands(blocks_), layout_.columns());
  }
  [[nodiscard]] std::string parts() const override { return "blocks"; }

  SensitivityMeasures analyse(const std::string& alternative, const model::OutcomeInfo& outcome,
                              std::span<const double> values) override {
    stats::SobolIndices found =
        stats::sobol_indices(layout_, values, {.seed = seed_, .conf_level = store::kSensitivityLevel});
    const store::SensitivityOutcome whose{alternative, outcome.name, outcome.unit};
    store::append_sobol_rows(whose, names_, found, tables_[0].csv);
    if (layout_.second_order) store::append_sobol_second_rows(whose, names_, found, tables_[1].csv);
    return found;
  }
  [[nodiscard]] const std::vector<std::string>& factors() const override { return names_; }
  [[nodiscard]] const std::vector<SensitivityTable>& tables() const override { return tables_; }

 private:
  std::uint64_t seed_, blocks_;
  std::vector<SensitivityFactor> factors_;
  std::vector<std::string> names_;
  stats::SobolLayout layout_;
  std::vector<SensitivityTable> tables_;
};

class MorrisAnalysis : public SensitivityDesign {
 public:
  MorrisAnalysis(const MorrisMethod& method, std::uint64_t seed, std::vector<SensitivityFactor> factors)
      : seed_(seed), factors_(std::move(factors)), names_(names_of(factors_)) {
    stats::MorrisPlan plan{{}, method.trajectories, method.levels, seed};
    for (std::size_t group = 0; group < factors_.size(); ++group)
      plan.group_of.insert(plan.group_of.end(), factors_[group].parameters.size(), group);
    design_ = stats::morris_design(plan);
    tables_.push_back({"morris.csv", store::morris_header()});
  }

  [[nodiscard]] std::shared_ptr<const model::SampleDesign> design() const override {
    return experiment::morris_samples(factors_, design_);
  }
  [[nodiscard]] std::uint64_t samples() const override { return design_.trajectories * design_.points(); }
  [[nodiscard]] std::string words() const override {
    return fmt::format("{} trajectories of {} runs on {} levels", with_thousands(design_.trajectories),
                       design_.points(), design_.levels);
  }
  [[nodiscard]] std::string parts() const override { return "trajectories"; }

  SensitivityMeasures analyse(const std::string& alternative, const model::OutcomeInfo& outcome,
                              std::span<const double> values) override {
    stats::MorrisEffects found =
        stats::morris_effects(design_, values, {.seed = seed_, .conf_level = store::kSensitivityLevel});
    store::append_morris_rows({alternative, outcome.name, outcome.unit}, names_, found, tables_[0].csv);
    return found;
  }
  [[nodiscard]] const std::vector<std::string>& factors() const override { return names_; }
  [[nodiscard]] const std::vector<SensitivityTable>& tables() const override { return tables_; }

 private:
  std::uint64_t seed_;
  std::vector<SensitivityFactor> factors_;
  std::vector<std::string> names_;
  stats::MorrisDesign design_;
  std::vector<SensitivityTable> tables_;
};

}  // namespace

std::unique_ptr<SensitivityDesign> sensitivity_design(const SensitivityRequest& request,
                                                      std::vector<SensitivityFactor> factors) {
  if (const auto* sobol = std::get_if<SobolMethod>(&request.method))
    return std::make_unique<SobolAnalysis>(*sobol, request.seed, std::move(factors));
  return std::make_unique<MorrisAnalysis>(std::get<MorrisMethod>(request.method), request.seed, std::move(factors));
}

}  // namespace materiel::study
