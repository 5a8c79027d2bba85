#include "cli/sensitivity_study.h"

#include <algorithm>

#include <fmt/format.h>

#include <materiel/base/text.h>
#include <materiel/render/sensitivity_text.h>
#include <materiel/store/sensitivity_tables.h>

#include "cli/sensitivity_factors.h"

namespace materiel::cli {
namespace {

using experiment::SensitivityFactor;

std::vector<std::string> names_of(const std::vector<SensitivityFactor>& factors) {
  std::vector<std::string> names(factors.size());
  std::transform(factors.begin(), factors.end(), names.begin(), [](const SensitivityFactor& one) { return one.name; });
  return names;
}

class SobolStudy : public SensitivityStudy {
 public:
  SobolStudy(const SensitivityOptions& options, std::vector<SensitivityFactor> factors)
      : seed_(options.seed), blocks_(options.samples), factors_(std::move(factors)) {
    factors_.push_back({chance_name(factors_), {}});
    names_ = names_of(factors_);
    layout_ = {factors_.size(), options.second_order};
    files_.push_back({"sobol.csv", store::sobol_header()});
    if (options.second_order) files_.push_back({"sobol_second.csv", store::sobol_second_header()});
  }

  [[nodiscard]] std::shared_ptr<const model::SampleDesign> design() const override {
    return experiment::sobol_design(factors_, layout_, blocks_, seed_);
  }
  [[nodiscard]] std::uint64_t samples() const override { return blocks_ * layout_.columns(); }
  [[nodiscard]] std::string words() const override {
    return fmt::format("{} blocks of {} runs", with_thousands(blocks_), layout_.columns());
  }
  [[nodiscard]] std::string parts() const override { return "blocks"; }

  Finding analyse(const std::string& alternative, const model::OutcomeInfo& outcome,
                  std::span<const double> values) override {
    const stats::SobolIndices found =
        stats::sobol_indices(layout_, values, {.seed = seed_, .conf_level = store::kSensitivityLevel});
    const store::SensitivityOutcome whose{alternative, outcome.name, outcome.unit};
    store::append_sobol_rows(whose, names_, found, files_[0].text);
    if (layout_.second_order) store::append_sobol_second_rows(whose, names_, found, files_[1].text);
    return {render::sobol_table(outcome, names_, found), found.blocks, found.dropped};
  }
  [[nodiscard]] const std::vector<File>& files() const override { return files_; }

 private:
  std::uint64_t seed_, blocks_;
  std::vector<SensitivityFactor> factors_;
  std::vector<std::string> names_;
  stats::SobolLayout layout_;
  std::vector<File> files_;
};

class MorrisStudy : public SensitivityStudy {
 public:
  MorrisStudy(const SensitivityOptions& options, std::vector<SensitivityFactor> factors)
      : seed_(options.seed), factors_(std::move(factors)), names_(names_of(factors_)) {
    stats::MorrisPlan plan{{}, options.samples, options.levels, options.seed};
    for (std::size_t group = 0; group < factors_.size(); ++group)
      plan.group_of.insert(plan.group_of.end(), factors_[group].parameters.size(), group);
    design_ = stats::morris_design(plan);
    files_.push_back({"morris.csv", store::morris_header()});
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

  Finding analyse(const std::string& alternative, const model::OutcomeInfo& outcome,
                  std::span<const double> values) override {
    const stats::MorrisEffects found =
        stats::morris_effects(design_, values, {.seed = seed_, .conf_level = store::kSensitivityLevel});
    store::append_morris_rows({alternative, outcome.name, outcome.unit}, names_, found, files_[0].text);
    return {render::morris_table(outcome, names_, found), found.trajectories, found.dropped};
  }
  [[nodiscard]] const std::vector<File>& files() const override { return files_; }

 private:
  std::uint64_t seed_;
  std::vector<SensitivityFactor> factors_;
  std::vector<std::string> names_;
  stats::MorrisDesign design_;
  std::vector<File> files_;
};

}  // namespace

std::unique_ptr<SensitivityStudy> sobol_study(const SensitivityOptions& options,
                                              std::vector<SensitivityFactor> factors) {
  return std::make_unique<SobolStudy>(options, std::move(factors));
}

std::unique_ptr<SensitivityStudy> morris_study(const SensitivityOptions& options,
                                               std::vector<SensitivityFactor> factors) {
  return std::make_unique<MorrisStudy>(options, std::move(factors));
}

}  // namespace materiel::cli
