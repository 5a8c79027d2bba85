#include "experiment/model_source.h"

namespace materiel::experiment {

StudyResult run_study(const std::shared_ptr<const model::Model>& model, const StudyPlan& plan,
                      const StudyResources& resources, const StudySink& sink, const ProgressWatcher& watcher,
                      const std::atomic<bool>& stop) {
  return run_study_on(shape_of_model(*model), replications_of(model, plan, stop), plan, resources, sink, watcher, stop);
}

}  // namespace materiel::experiment
