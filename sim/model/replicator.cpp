#include <cmath>
#include <optional>
#include <utility>

#include <materiel/base/special_numbers.h>
#include <materiel/model/replicator.h>

#include "model/resolved.h"
#include "model/run.h"

namespace materiel::model {

struct Replicator::Implementation {
  Implementation(std::shared_ptr<const Model> the_model, ReplicationLimits limits,
                 std::shared_ptr<const SampleDesign> the_design)
      : model(std::move(the_model)),
        design(std::move(the_design)),
        program(model->program()),
        resolved(program, design.get()),
        run(program, limits),
        variables(program.outcomes.empty() ? 0 : program.outcome_names.variables.size()) {}

  /// Outcomes that are expressions, from the metrics and milestones in `outcomes`. An infinite one (a division by zero,
  /// an overflow) is missing, as one that is no number is: no statistic could hold both it and the finite ones.
  void reckon(std::span<double> outcomes) {
    if (program.outcomes.empty()) return;
    const std::size_t known = outcomes.size() - program.outcomes.size();
    const std::span<const double> parameters = resolved.parameters();
    auto next = std::copy(parameters.begin(), parameters.end(), variables.begin());
    std::copy_n(outcomes.begin(), known, next);
    for (std::size_t i = 0; i < program.outcomes.size(); ++i) {
      const double value = program.outcome_expressions[program.outcomes[i].expression].evaluate(variables);
      outcomes[known + i] = std::isfinite(value) ? value : kMissing;
    }
  }

  /// The sample whose random numbers the replications of a sample take.
  [[nodiscard]] std::uint32_t chance_of(std::uint32_t number) const {
    return design && !design->chance.empty() ? design->chance[number] : number;
  }

  std::shared_ptr<const Model> model;
  std::shared_ptr<const SampleDesign> design;
  const Program& program;
  Resolved resolved;
  Run run;
  std::vector<double> variables;  // of the outcomes' expressions
  std::optional<std::pair<std::uint64_t, std::uint32_t>> sample;
  std::optional<Impossible> impossible;
};

Replicator::Replicator(std::shared_ptr<const Model> model, ReplicationLimits limits,
                       std::shared_ptr<const SampleDesign> design)
    : implementation_(std::make_unique<Implementation>(std::move(model), limits, std::move(design))) {}
Replicator::Replicator(Replicator&&) noexcept = default;
Replicator& Replicator::operator=(Replicator&&) noexcept = default;
Replicator::~Replicator() = default;

bool Replicator::set_sample(std::uint64_t seed, std::uint32_t sample) {
  Implementation& i = *implementation_;
  const std::pair wanted{seed, sample};
  if (i.sample != wanted) {
    i.sample = wanted;
    i.impossible = i.resolved.set_sample(seed, sample);
  }
  return !i.impossible;
}

std::span<const double> Replicator::parameters() const {
  return implementation_->resolved.parameters();
}

ReplicationReport Replicator::run(std::uint32_t replication, std::span<double> observations,
                                  std::span<double> outcomes) {
  Implementation& i = *implementation_;
  if (i.impossible) return {.ok = false, .events = 0, .failure = i.impossible->what, .failed_at = 0, .settled = 0};
  const auto [seed, sample] = i.sample.value();
  ReplicationReport report =
      i.run.replicate(i.resolved, seed, i.chance_of(sample), replication, observations, outcomes);
  if (report.ok) i.reckon(outcomes);
  return report;
}

void Replicator::ledger(std::span<std::int64_t> totals) const {
  implementation_->run.ledger(totals);
}

void Replicator::trace(TraceWatcher watcher) {
  implementation_->run.trace(std::move(watcher));
}

void Replicator::event_by_event(bool one_by_one) {
  implementation_->run.event_by_event(one_by_one);
}

}  // namespace materiel::model
