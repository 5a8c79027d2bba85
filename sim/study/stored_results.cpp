#include "study/stored_results.h"

#include <atomic>
#include <exception>

#include <fmt/format.h>

#include <materiel/experiment/open_study.h>
#include <materiel/store/state_file.h>
#include <materiel/store/study_directory.h>

#include "study/shards.h"

namespace materiel::study {

std::optional<std::vector<AlternativeResult>> stored_results(const store::DirectoryPath& directory,
                                                             const store::StudyRecord& record,
                                                             const std::vector<StudyModel>& models,
                                                             experiment::StudyPlan plan,
                                                             const experiment::StudyResources& resources,
                                                             const std::optional<Shard>& shard, std::string& error) {
  const std::string name = shard ? kShardFile : store::kStateFile, path = directory.text() + "/" + name;
  const auto bytes = store::read_study_file(directory, name, error);
  if (!bytes) return std::nullopt;
  const auto parts = store::read_states(*bytes);
  if (!parts || parts->size() != models.size() || record.alternatives.size() != models.size()) {
    error = fmt::format("{} was written by another version", path);
    return std::nullopt;
  }
  const std::atomic<bool> stop = false;
  std::vector<AlternativeResult> results;
  for (std::size_t i = 0; i < models.size(); ++i) {
    plan.samples = shard ? plan.samples : record.alternatives[i].samples;
    experiment::OpenStudy study(models[i].model, plan, resources, {}, {}, stop);
    try {
      study.resume((*parts)[i].state);
    } catch (const std::exception& mistake) {
      error = fmt::format("{}: {}", path, mistake.what());
      return std::nullopt;
    }
    // The state ends with a whole chunk of runs: those behind it are run again.
    if (shard)
      study.advance_runs(runs_of(*shard, study, plan.samples * plan.replications).end);
    else
      study.advance(plan.samples);
    results.push_back(
        {models[i].alternative, models[i].model->outcomes(), models[i].model->start(), plan.samples, study.result()});
  }
  return results;
}

}  // namespace materiel::study
