#include "study/stored_analysis.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include <materiel/store/study_directory.h>
#include <materiel/study/load.h>
#include <materiel/study/open_batch.h>

namespace materiel::study {

Expected<store::StudyRecord> sampled_study(const std::string& directory, const std::string& analysis) {
  if (!store::Directory::open(directory))
    return Error{Error::Code::invalid_request,
                 fmt::format("{} is no directory: {} takes the directory of a study that 'materiel run' wrote",
                             directory, analysis)};
  std::string error;
  std::optional<store::StudyRecord> record = store::read_study_record(directory, error);
  if (!record) return Error{Error::Code::unreadable, error};
  if (record->identity.analysis)
    return Error{Error::Code::invalid_request,
                 fmt::format("{} holds an analysis, whose runs are no sample of the parameters: {} needs the runs of "
                             "'materiel run'",
                             directory, analysis)};
  return *std::move(record);
}

Expected<std::vector<store::RunTable>> stored_runs(const std::string& directory, const store::StudyRecord& record,
                                                   const std::vector<std::string>& alternatives,
                                                   const std::vector<std::string>& outcomes) {
  std::string error;
  std::optional<std::vector<store::RunTable>> tables = store::read_runs(directory, alternatives, outcomes, error);
  if (tables) error = store::missing_runs(directory, record, alternatives, *tables);
  if (!error.empty()) return Error{Error::Code::failed, error};
  return *std::move(tables);
}

std::string usual_alternative(const store::StudyIdentity& identity) {
  const std::vector<std::string>& names = identity.alternatives;
  return std::find(names.begin(), names.end(), kBase) == names.end() ? names.front() : kBase;
}

Error nothing_kept(const Observer& observer) {
  observer.stopping();
  return {Error::Code::interrupted, "interrupted; nothing was kept"};
}

AnalysisFiles::AnalysisFiles(std::string study, store::StudyRecord record, std::optional<Store> store,
                             const Caller& caller, const Observer& observer)
    : study_(std::move(study)), record_(std::move(record)), store_(std::move(store)), observer_(observer) {
  record_.times.started = store::utc_now();
  record_.times.threads = 1;
  record_.command = caller.command;
  record_.build = caller.build;
  record_.host = store::this_host();
  record_.directory = store_ ? store_->directory.text() : std::string();
}

std::optional<Error> AnalysisFiles::identify(store::AnalysisIdentity analysis) {
  record_.identity.analysis = std::move(analysis);
  if (store_ && store::are_same_directory(study_, store_->directory))
    return Error{Error::Code::refused,
                 fmt::format("{} holds the study itself: choose another directory", record_.directory)};
  return std::nullopt;
}

Expected<bool> AnalysisFiles::settle(bool says_complete) {
  if (!store_) return true;
  place_.emplace(store_->directory, record_.identity, true, store_->if_taken);
  if (place_->is_complete()) {
    record_ = *place_->finding().record;
    record_.directory = store_->directory.text();
  }
  if (!place_->is_complete() || says_complete) return place_->settle("analysis", observer_);
  place_->clear_away();
  return false;
}

std::optional<Error> AnalysisFiles::read(const std::vector<AnalysisTable>& tables) const {
  for (const AnalysisTable& table : tables) {
    if (!store::has_study_file(store_->directory, table.name)) continue;
    std::string error;
    std::optional<std::string> text = store::read_study_file(store_->directory, table.name, error);
    if (!text) return Error{Error::Code::failed, error};
    *table.text = *std::move(text);
  }
  return std::nullopt;
}

std::optional<Error> AnalysisFiles::write(const std::vector<AnalysisTable>& tables) {
  const auto seconds = [&] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - started_).count();
  };
  record_.times.wall_seconds = seconds();
  record_.files.clear();
  if (!store_) return std::nullopt;
  store::FileBatch batch;
  const auto failed = [&] { return Error{Error::Code::failed, batch.error()}; };
  OpenBatch open(batch, store_->directory, observer_, place_->unchanged());
  if (!open.is_open()) return failed();
  for (const AnalysisTable& table : tables)
    if (!batch.write(batch.create(table.name), *table.text)) return failed();
  record_.times.wall_seconds = seconds();
  if (!batch.finish()) return failed();
  record_.files = batch.files();
  if (!batch.write(batch.create(store::kRecordFile), store::record_text(record_))) return failed();
  if (observer_.is_stopped()) return nothing_kept(observer_);
  if (!open.commit()) return failed();
  place_->remove_overwritten(record_, observer_);
  return std::nullopt;
}

}  // namespace materiel::study
