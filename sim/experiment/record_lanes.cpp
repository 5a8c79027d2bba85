#include "experiment/record_lanes.h"

#include <algorithm>
#include <iterator>

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

void LedgerLane::restore(std::string_view state) {
  load_state(state, [&](StateReader& archive) { archive_counts(archive, result_); });
}

void LedgerLane::append(std::string_view state) {
  StudyResult later;
  LedgerLane(later).restore(state);
  result_.events += later.events;
  result_.runs_failed += later.runs_failed;
  if (!later.ledger.empty()) {  // it has had a chunk
    result_.ledger.resize(later.ledger.size());
    add_to(result_.ledger, later.ledger);
  }
  add_failures(later.failures);
}

void LedgerLane::add_failures(const std::vector<RunFailure>& failures) {
  const std::size_t room = kRecordedFailures - result_.failures.size();
  std::copy_n(failures.begin(), std::min(room, failures.size()), std::back_inserter(result_.failures));
}

}  // namespace materiel::experiment
