#include "experiment/record_lanes.h"

#include "experiment/lane_state.h"

namespace materiel::experiment {
namespace {

template <class Archive>
void archive_counts(Archive& archive, StudyResult& result) {
  archive(result.events, result.runs_failed, result.ledger);
  auto failures = static_cast<std::uint64_t>(result.failures.size());
  archive(failures);
  result.failures.resize(std::min<std::uint64_t>(failures, kRecordedFailures));
  for (RunFailure& failure : result.failures) archive(failure.run, failure.what, failure.day);
}

}  // namespace

std::string LedgerLane::state() {
  return saved_state([&](StateWriter& archive) { archive_counts(archive, result_); });
}

void LedgerLane::restore(const std::string& state) {
  load_state(state, [&](StateReader& archive) { archive_counts(archive, result_); });
}

}  // namespace materiel::experiment
