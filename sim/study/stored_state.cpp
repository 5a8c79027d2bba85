#include "study/stored_state.h"

#include <utility>

#include <fmt/format.h>

#include <materiel/store/run_table.h>
#include <materiel/store/study_directory.h>

namespace materiel::study {

void StoredState::refuse(const std::string& why) const {
  throw ResumeError(fmt::format("cannot extend the study in {}: {}", directory_, why));
}

StoredState::StoredState(std::string directory, std::vector<StudyModel> models)
    : directory_(std::move(directory)), models_(std::move(models)) {
  std::string error;
  const auto bytes = store::read_study_file(directory_, store::kStateFile, error);
  if (!bytes) refuse(error);
  auto parts = store::read_states(*bytes);
  if (!parts || parts->size() != models_.size())
    refuse(fmt::format("{} was written by another version", store::kStateFile));
  for (std::size_t i = 0; i < parts->size(); ++i)
    if ((*parts)[i].alternative != models_[i].alternative) refuse("its alternatives are others");
  parts_ = std::move(*parts);
}

void StoredState::resume(std::size_t alternative, experiment::OpenStudy& study, StudyFiles& files,
                         Comparison* comparison, std::uint64_t replications) {
  try {
    study.resume(std::exchange(parts_[alternative].state, {}));
  } catch (const std::exception& error) {
    refuse(error.what());
  }
  if (!files.copy_rows(alternative, directory_, 0, study.runs(), replications)) refuse(files.error());
  if (!comparison) return;
  std::vector<std::string> names;
  for (const model::OutcomeInfo& one : comparison->outcomes()) names.push_back(one.name);
  std::string error;
  const auto tables = store::read_runs(directory_, {models_[alternative].alternative}, names, error);
  if (!tables) refuse(error);
  comparison->make_room(alternative, study.runs());
  comparison->keep_stored(alternative, tables->front());
}

}  // namespace materiel::study
