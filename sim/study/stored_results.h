#pragma once

#include <optional>
#include <string>
#include <vector>

#include <materiel/experiment/study.h>
#include <materiel/store/directory.h>
#include <materiel/store/study_record.h>
#include <materiel/study/run.h>
#include <materiel/study/shard.h>

#include "study/study_files.h"

namespace materiel::study {

/// What came of a complete study, from the state that its directory holds: the same as when it was run.
/// @param plan   of the study
/// @param shard  if the directory holds one
/// @param error  why nothing is returned, for the user
[[nodiscard]] std::optional<std::vector<AlternativeResult>> stored_results(
    const store::DirectoryPath& directory, const store::StudyRecord& record, const std::vector<StudyModel>& models,
    experiment::StudyPlan plan, const experiment::StudyResources& resources, const std::optional<Shard>& shard,
    std::string& error);

}  // namespace materiel::study
