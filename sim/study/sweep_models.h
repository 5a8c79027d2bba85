#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include <materiel/base/diagnostic.h>
#include <materiel/study/load.h>
#include <materiel/study/sweep_points.h>

namespace materiel::study {

/// The models of the points of a sweep, each compiled when it is needed from a text that is read once: a sweep of many
/// points neither keeps them all nor waits for the last one to be compiled before the first is run.
class SweepModels {
 public:
  /// @param scenario  of which the first variant is swept; has to outlive this, as the points have to
  SweepModels(const Scenario& scenario, const SweepPoints& points);

  /// The mistakes of the points that are tried first; each once, with the first point that has it. All points are tried
  /// if they are few; of many the first, and those where a varied value is lowest or highest or lies between.
  [[nodiscard]] Diagnostics mistakes();

  /// The model of a point; may be called by several threads. Empty if it has a mistake that none had that were tried.
  [[nodiscard]] std::shared_ptr<const model::Model> model(std::size_t point);

  /// The mistakes of the first of those points for which no model was made; empty if there is none.
  [[nodiscard]] Diagnostics late_mistakes() const;

 private:
  [[nodiscard]] std::vector<scenario::Override> overrides(std::size_t point) const;
  [[nodiscard]] Variant input(std::size_t point) const;
  [[nodiscard]] std::vector<std::size_t> tried() const;

  const Scenario& scenario_;
  const SweepPoints& points_;
  scenario::ScenarioText text_;
  std::shared_ptr<const model::Model> first_;  ///< the model of point 0, once that was tried
  mutable std::mutex mutex_;                   ///< guards what follows
  std::size_t wrong_point_ = 0;
  Diagnostics late_mistakes_;
};

}  // namespace materiel::study
