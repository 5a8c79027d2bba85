#pragma once

#include <string>
#include <vector>

#include <materiel/study/ranks.h>

#include "study/checkpoints.h"
#include "study/comparison.h"
#include "study/sampling.h"

/// One study on several processes: rank 0 has the files and the journal, gives out run ranges, takes part itself
/// on a thread of its own, and puts what comes back together in its order. Any rank may end: what has come to rank 0 is
/// on the disk. If one is interrupted, all stop, and rank 0 keeps what each of them has done by then.
namespace materiel::study {

/// What all ranks have in common.
struct RankSetting {
  Ranks& ranks;
  const std::vector<StudyModel>& models;
  const experiment::StudyPlan& plan;
  unsigned threads = 1;    ///< of each rank
  std::string identity;    ///< of the study; must be that of all ranks
  Comparison* comparison;  ///< null: nothing is compared
  const Observer& observer;
};

/// Rank 0's part. Ends the others when it is done; if it is interrupted, the caller does.
[[nodiscard]] SamplingResult run_on_ranks(const RankSetting& ranks, const Sampling::Setting& sampling,
                                          StudyFiles& files, Checkpoints& checkpoints);

/// A job of one process.
[[nodiscard]] std::unique_ptr<Ranks> sole_rank();

/// Ends the others, which wait for orders.
void end_ranks(Ranks& ranks);

/// The other ranks' part, until rank 0 ends it.
/// @return false if it was interrupted
[[nodiscard]] bool serve_rank_0(const RankSetting& ranks);

}  // namespace materiel::study
