#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include <materiel/experiment/study.h>

namespace materiel::experiment {

/// What a study needs to know of the model.
struct StudyShape {
  std::size_t metrics = 0;
  std::vector<double> observation_days;  ///< that grow
  std::vector<model::OutcomeInfo> outcomes;
  std::size_t items = 0;  ///< whose accounts are added up

  [[nodiscard]] std::size_t cells() const { return metrics * observation_days.size(); }
};

/// Where replications come from: the model's replicator, or what a test puts in its place. One per worker; see
/// model::Replicator for the meaning.
class ReplicationSource {
 public:
  virtual ~ReplicationSource() = default;
  virtual void set_sample(std::uint64_t seed, std::uint32_t sample) = 0;
  [[nodiscard]] virtual std::span<const double> parameters() const = 0;
  virtual model::ReplicationReport run(std::uint32_t replication, std::span<double> observations,
                                       std::span<double> outcomes) = 0;
  /// The accounts of the last replication, which was ok: StudyShape::items x model::kLedgerTerms.
  virtual void ledger(std::span<std::int64_t> totals) const { std::fill(totals.begin(), totals.end(), 0); }
};

/// Makes the source of one worker; called on the worker's thread.
using SourceFactory = std::function<std::unique_ptr<ReplicationSource>()>;

/// run_study over any source.
/// @throws what a source, sink or watcher throws, and std::bad_alloc, after all threads have ended
StudyResult run_study_on(const StudyShape& shape, const SourceFactory& make_source, const StudyPlan& plan,
                         const StudyResources& resources, const StudySink& sink, const ProgressWatcher& watcher,
                         const std::atomic<bool>& stop);

}  // namespace materiel::experiment
