#include "cli/rerun_failed.h"

#include <utility>

#include <fmt/format.h>

#include <materiel/model/replicator.h>
#include <materiel/report/run_table.h>
#include <materiel/report/study_directory.h>
#include <materiel/report/text.h>

namespace materiel::cli {

RerunFailed::RerunFailed(std::string directory, report::StudyIdentity now, std::vector<StudyModel> models,
                         const experiment::StudyPlan& plan)
    : directory_(std::move(directory)), now_(std::move(now)), models_(std::move(models)), plan_(plan) {}

std::string RerunFailed::simulate(std::size_t alternative, const std::vector<std::uint64_t>& runs,
                                  Finding& finding) const {
  std::string first;
  const model::Model& model = *models_[alternative].model;
  model::Replicator replicator(models_[alternative].model, plan_.limits);
  std::vector<double> outcomes(model.outcomes().size());
  for (const std::uint64_t run : runs) {
    replicator.set_sample(plan_.seed, static_cast<std::uint32_t>(run / plan_.replications));
    const model::ReplicationReport report =
        replicator.run(static_cast<std::uint32_t>(run % plan_.replications), {}, outcomes);
    ++(report.ok ? finding.succeeding : finding.failing);
    if (!report.ok && first.empty())
      first = fmt::format("run {}, on day {:.6g}: {}", run, report.failed_at, report.failure);
  }
  return first;
}

RerunFailed::Finding RerunFailed::look() const {
  Finding finding;
  const std::optional<report::StudyRecord> there = report::read_study_record(directory_, finding.refusal);
  if (!there) return finding;
  report::StudyIdentity alike = there->identity;
  alike.max_events = now_.max_events;
  alike.version = now_.version;
  if (!(alike == now_)) {
    finding.refusal = fmt::format("{} holds another study, which differs in {}", directory_,
                                  report::difference_of(there->identity, now_));
    return finding;
  }
  const auto failed = report::read_failed_runs(directory_, now_.alternatives, finding.refusal);
  if (!failed) return finding;
  std::string first;
  for (std::size_t i = 0; i < models_.size(); ++i) {
    const std::string one = simulate(i, (*failed)[i], finding);
    if (first.empty()) first = one;
  }
  const std::uint64_t all = finding.failing + finding.succeeding;
  if (all == 0) {
    finding.words = fmt::format("no run of {} failed: nothing to do", directory_);
  } else if (finding.succeeding == 0) {
    finding.words = fmt::format("all {} failed runs fail again: nothing was changed; the first, {}",
                                report::with_thousands(all), first);
  } else {
    finding.words = fmt::format("{} of {} failed runs don't fail any more: the study is run again",
                                report::with_thousands(finding.succeeding), report::with_thousands(all));
    if (finding.failing > 0) finding.words += "; the first that still does, " + first;
  }
  return finding;
}

}  // namespace materiel::cli
