#include "study/rerun_failed.h"

#include <utility>

#include <fmt/format.h>

#include <materiel/base/text.h>
#include <materiel/model/replicator.h>
#include <materiel/store/run_table.h>
#include <materiel/store/study_directory.h>

namespace materiel::study {

RerunFailed::RerunFailed(std::string directory, store::StudyIdentity now, std::vector<StudyModel> models,
                         const experiment::StudyPlan& plan)
    : directory_(std::move(directory)), now_(std::move(now)), models_(std::move(models)), plan_(plan) {}

std::optional<std::uint64_t> RerunFailed::first_good(std::size_t alternative, const std::vector<std::uint64_t>& runs,
                                                     std::string& failure) const {
  const StudyModel& one = models_[alternative];
  model::Replicator replicator(one.model, plan_.limits);
  std::vector<double> outcomes(one.model->outcomes().size());
  for (const std::uint64_t run : runs) {
    replicator.set_sample(plan_.seed, static_cast<std::uint32_t>(run / plan_.replications));
    const model::ReplicationReport report =
        replicator.run(static_cast<std::uint32_t>(run % plan_.replications), {}, outcomes);
    if (report.ok) return run;
    if (failure.empty()) failure = fmt::format("run {}, on day {:.6g}: {}", run, report.failed_at, report.failure);
  }
  return std::nullopt;
}

RerunFailed::Finding RerunFailed::look() const {
  using Found = Finding::State;
  std::string error;
  const std::optional<store::StudyRecord> there = store::read_study_record(directory_, error);
  if (!there) return {Found::refused, error};
  store::StudyIdentity alike = there->identity;
  alike.max_events = now_.max_events;
  alike.version = now_.version;
  if (!(alike == now_)) {
    return {Found::refused, fmt::format("{} holds another study, which differs in {}", directory_,
                                        store::difference_of(there->identity, now_))};
  }
  const auto failed = store::read_failed_runs(directory_, now_.alternatives, error);
  if (!failed) return {Found::refused, error};
  for (std::size_t i = 0; i < failed->size() && i < there->alternatives.size(); ++i) {
    const std::uint64_t rows = (*failed)[i].size(), counted = there->alternatives[i].failed;
    if (rows != counted)
      return {Found::refused, fmt::format("{}/runs.csv has {} rows of failed runs of '{}', but {} failed", directory_,
                                          rows, there->alternatives[i].name, counted)};
  }
  std::string failure;
  for (std::size_t i = 0; i < models_.size(); ++i) {
    const std::optional<std::uint64_t> good = first_good(i, (*failed)[i], failure);
    if (!good) continue;
    const std::string whose = models_.size() == 1 ? std::string() : " of " + models_[i].alternative;
    return {Found::run_again,
            fmt::format("run {}{} failed, and doesn't any more: the study is run again", *good, whose)};
  }
  if (failure.empty()) return {Found::none_failed, fmt::format("no run of {} failed: nothing to do", directory_)};
  return {Found::all_fail, fmt::format("all {} failed runs fail again: nothing was changed; the first, {}",
                                       with_thousands(there->counts.failed), failure)};
}

}  // namespace materiel::study
