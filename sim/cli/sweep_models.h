#pragma once

#include <memory>
#include <string>
#include <vector>

#include <materiel/base/diagnostic.h>

#include "cli/scenario_input.h"
#include "cli/sweep_design.h"
#include "cli/sweep_options.h"

namespace materiel::cli {

/// The models of the points of a sweep: compiled all to find mistakes, then again each when it is needed, so that a
/// sweep of many points does not keep them all.
class SweepModels {
 public:
  /// @param source  the text of the scenario's file
  SweepModels(const SweepOptions& options, const SweepPoints& points, std::string source);

  /// The mistakes of all points; each once, with the first point that has it.
  [[nodiscard]] Diagnostics mistakes() const;

  /// The model of a point that has no mistakes; may be called by several threads.
  [[nodiscard]] std::shared_ptr<const model::Model> model(std::size_t point) const;

 private:
  [[nodiscard]] ScenarioInput input(std::size_t point) const;

  const SweepOptions& options_;
  const SweepPoints& points_;
  std::string source_;
};

}  // namespace materiel::cli
