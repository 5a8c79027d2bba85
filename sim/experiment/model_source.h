#pragma once

#include <memory>

#include "experiment/replication_source.h"

namespace materiel::experiment {

[[nodiscard]] StudyShape shape_of_model(const model::Model& model);

/// Replications of a model, in the samples of the plan.
[[nodiscard]] SourceFactory replications_of(std::shared_ptr<const model::Model> model, const StudyPlan& plan,
                                            const std::atomic<bool>& stop);

}  // namespace materiel::experiment
