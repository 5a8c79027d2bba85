#pragma once

#include <optional>
#include <string>
#include <vector>

#include <materiel/experiment/study.h>
#include <materiel/store/directory.h>
#include <materiel/store/study_record.h>
#include <materiel/study/shard.h>

#include "cli/study_files.h"

namespace materiel::cli {

/// What --json prints of a complete study, from the state that its directory holds: the same text as when it was run.
/// @param plan   of the study
/// @param shard  if the directory holds one
/// @param error  why nothing is returned, for the user
[[nodiscard]] std::optional<std::string> stored_summary(const store::DirectoryPath& directory,
                                                        const store::StudyRecord& record,
                                                        const std::vector<StudyModel>& models,
                                                        experiment::StudyPlan plan,
                                                        const experiment::StudyResources& resources,
                                                        const std::optional<study::Shard>& shard, std::string& error);

}  // namespace materiel::cli
