#pragma once

#include <memory>
#include <string>
#include <vector>

#include <materiel/experiment/sensitivity.h>

#include "cli/sensitivity_options.h"

namespace materiel::cli {

/// A sensitivity analysis by new runs: the design, and what comes of its outcomes. One a method.
class SensitivityStudy {
 public:
  SensitivityStudy() = default;
  SensitivityStudy(const SensitivityStudy&) = delete;
  SensitivityStudy& operator=(const SensitivityStudy&) = delete;
  virtual ~SensitivityStudy() = default;

  [[nodiscard]] virtual std::shared_ptr<const model::SampleDesign> design() const = 0;
  [[nodiscard]] virtual std::uint64_t samples() const = 0;
  /// "1,024 blocks of 14 runs".
  [[nodiscard]] virtual std::string words() const = 0;

  /// What an outcome's analysis gives.
  struct Finding {
    std::string table;                   ///< for people
    std::size_t parts = 0, dropped = 0;  ///< blocks or trajectories, and those that were left out
  };
  /// Analyses an outcome and adds its rows to the files.
  virtual Finding analyse(const std::string& alternative, const model::OutcomeInfo& outcome,
                          std::span<const double> values) = 0;
  /// What its parts are called: "blocks" or "trajectories".
  [[nodiscard]] virtual std::string parts() const = 0;

  struct File {
    std::string name, text;
  };
  [[nodiscard]] virtual const std::vector<File>& files() const = 0;
};

/// @param factors  without chance
[[nodiscard]] std::unique_ptr<SensitivityStudy> sobol_study(const SensitivityOptions& options,
                                                            std::vector<experiment::SensitivityFactor> factors);
[[nodiscard]] std::unique_ptr<SensitivityStudy> morris_study(const SensitivityOptions& options,
                                                             std::vector<experiment::SensitivityFactor> factors);

}  // namespace materiel::cli
