#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include <materiel/experiment/sensitivity.h>
#include <materiel/study/sensitivity.h>

namespace materiel::study {

using SensitivityMeasures = decltype(SensitivityFinding::measures);

/// The runs of a sensitivity analysis, and what comes of their outcomes. One a method.
class SensitivityDesign {
 public:
  SensitivityDesign() = default;
  SensitivityDesign(const SensitivityDesign&) = delete;
  SensitivityDesign& operator=(const SensitivityDesign&) = delete;
  virtual ~SensitivityDesign() = default;

  [[nodiscard]] virtual std::shared_ptr<const model::SampleDesign> design() const = 0;
  [[nodiscard]] virtual std::uint64_t samples() const = 0;
  /// "1,024 blocks of 14 runs".
  [[nodiscard]] virtual std::string words() const = 0;
  /// What its parts are called: "blocks" or "trajectories".
  [[nodiscard]] virtual std::string parts() const = 0;
  [[nodiscard]] virtual const std::vector<std::string>& factors() const = 0;

  /// Analyses an outcome and adds its rows to the tables.
  virtual SensitivityMeasures analyse(const std::string& alternative, const model::OutcomeInfo& outcome,
                                      std::span<const double> values) = 0;
  [[nodiscard]] virtual const std::vector<SensitivityTable>& tables() const = 0;
};

/// @param factors  without chance
[[nodiscard]] std::unique_ptr<SensitivityDesign> sensitivity_design(const SensitivityRequest& request,
                                                                    std::vector<experiment::SensitivityFactor> factors);

}  // namespace materiel::study
