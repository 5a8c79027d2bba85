#pragma once

#include <cstdint>
#include <vector>

#include <materiel/experiment/study.h>
#include <materiel/stats/cluster_mean.h>
#include <materiel/stats/part_forest.h>

#include "experiment/sampling.h"

namespace materiel::experiment {

/// How often a milestone had been reached by the end of each observation day: a life table whose runs are all followed
/// to the end, so the Kaplan-Meier estimate is the share that reached it.
class MilestoneCurve {
 public:
  /// @param days    of observation, at least one, that grow; the last is the end. Have to outlive this
  /// @param nested  whether samples have several replications
  MilestoneCurve(const std::vector<double>& days, bool nested);

  void add(double day);                   ///< NaN = not reached
  void end_sample(std::uint64_t number);  ///< of that number, if nested
  /// Takes in the samples that come behind these, of which the last may be incomplete.
  void append(const MilestoneCurve& later);

  [[nodiscard]] std::uint64_t runs() const { return runs_; }
  [[nodiscard]] std::uint64_t reached() const;

  /// One line an observation day.
  [[nodiscard]] std::vector<MilestoneLine> lines(std::size_t outcome) const;

  /// Of the share of runs that has reached it by the first observation day from `day` on; NaN stands for the last.
  [[nodiscard]] Precision precision(double day) const;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(runs_, reached_, sample_, sample_runs_, clusters_);
  }

 private:
  [[nodiscard]] std::size_t period(double day) const;
  using Clusters = stats::PartRow<stats::ClusterMean>;
  [[nodiscard]] Precision precision_at(std::size_t period, std::uint64_t reached, const Clusters& clusters) const;

  const std::vector<double>* days_;
  std::uint64_t runs_ = 0;
  std::vector<std::uint64_t> reached_;    // in the period up to each day
  std::vector<std::uint32_t> sample_;     // the same of the present sample, if nested
  std::uint32_t sample_runs_ = 0;         // of the present sample
  stats::PartForest<Clusters> clusters_;  // of the share reached by each day, if nested
};

}  // namespace materiel::experiment
