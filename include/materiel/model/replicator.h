#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include <materiel/model/ledger.h>
#include <materiel/model/model.h>
#include <materiel/model/sample_design.h>
#include <materiel/model/trace.h>

namespace materiel::model {

/// How a replication ended.
struct ReplicationReport {
  bool ok = true;
  std::uint64_t events = 0;   ///< events that an event-by-event simulation executes
  std::string failure;        ///< who failed and why, without a full stop; empty if ok
  double failed_at = 0;       ///< days since the start
  std::uint64_t settled = 0;  ///< of the events, those that were settled together
  bool stopped = false;       ///< it was asked to stop: not ok, without a failure, and nothing to count
};

/// What bounds a replication.
struct ReplicationLimits {
  std::uint64_t max_events = 1'000'000'000;
  const std::atomic<bool>* stop = nullptr;  ///< asks a replication to stop soon; null: nobody does
};

/// Runs replications of one model, one after the other: owns the mutable state, which is reused. One per thread.
/// A replication depends on nothing but the model, the seed, the sample number (and its place in the design) and the
/// replication number.
class Replicator {
 public:
  /// @param design  where the samples lie; null: at their own random numbers
  explicit Replicator(std::shared_ptr<const Model> model, ReplicationLimits limits = {},
                      std::shared_ptr<const SampleDesign> design = nullptr);
  Replicator(Replicator&&) noexcept;
  Replicator& operator=(Replicator&&) noexcept;
  ~Replicator();

  /// Draws all parameters of a sample (skipped if the same sample is set already).
  /// @param sample  below SampleDesign::samples() if there is a design
  /// @return false if a value that depends on the parameters is impossible; run() then reports which
  bool set_sample(std::uint64_t seed, std::uint32_t sample);

  /// The present sample's parameters, in the order of Model::parameters().
  [[nodiscard]] std::span<const double> parameters() const;

  /// One replication of the present sample.
  /// @param observations  row-major [observation day][metric]: size observation_days().size() * metrics().size(), or
  ///   empty if nobody wants them; a missing value is NaN. Unspecified after a failure.
  /// @param outcomes      size outcomes().size(); a missing value is NaN. Unspecified after a failure.
  ReplicationReport run(std::uint32_t replication, std::span<double> observations, std::span<double> outcomes);

  /// The account of each item at the end of the last replication, which was ok: units, row-major [item][LedgerTerm].
  /// @param totals  size Model::items().size() * kLedgerTerms
  void ledger(std::span<std::int64_t> totals) const;

  /// Everything that happens in the replications to come is told to `watcher`; empty: to nobody.
  void trace(TraceWatcher watcher);

  /// Whether replications to come execute every event by itself. They take longer and give the same: this is the
  /// reference for what is settled together otherwise (docs/methods.md).
  void event_by_event(bool one_by_one);

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace materiel::model
