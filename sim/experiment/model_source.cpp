#include "experiment/model_source.h"

#include <utility>

namespace materiel::experiment {
namespace {

class ModelSource final : public ReplicationSource {
 public:
  explicit ModelSource(model::Replicator replicator) : replicator_(std::move(replicator)) {}

  // A sample that is impossible makes the run after it fail, with the reason.
  void set_sample(std::uint64_t seed, std::uint32_t sample) override { replicator_.set_sample(seed, sample); }

  [[nodiscard]] std::span<const double> parameters() const override { return replicator_.parameters(); }

  model::ReplicationReport run(std::uint32_t replication, std::span<double> observations,
                               std::span<double> outcomes) override {
    return replicator_.run(replication, observations, outcomes);
  }

  void ledger(std::span<std::int64_t> totals) const override { replicator_.ledger(totals); }

 private:
  model::Replicator replicator_;
};

}  // namespace

StudyShape shape_of_model(const model::Model& model) {
  return {model.metrics().size(), model.observation_days(), model.outcomes(), model.items().size()};
}

SourceFactory replications_of(std::shared_ptr<const model::Model> model, const StudyPlan& plan,
                              const std::atomic<bool>& stop) {
  model::ReplicationLimits limits = plan.limits;
  limits.stop = &stop;
  return [model = std::move(model), limits, design = plan.design] {
    return std::make_unique<ModelSource>(model::Replicator(model, limits, design));
  };
}

}  // namespace materiel::experiment
