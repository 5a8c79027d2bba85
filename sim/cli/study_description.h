#pragma once

#include <string>
#include <vector>

#include <materiel/experiment/study.h>
#include <materiel/store/study_record.h>
#include <materiel/study/load.h>

#include "cli/study_course.h"

namespace materiel::cli {

/// The files of numbers that a scenario read, as they are now; an empty hash for one that can't be read any more.
[[nodiscard]] std::vector<store::DataFile> data_of(const scenario::Spec& spec);

/// What is known of a study before its first run: all of its record but the directory and what comes of running it.
/// @param inputs  all compiled
/// @param words   the whole command line
[[nodiscard]] store::StudyRecord describe_study(const std::vector<study::Variant>& inputs,
                                                const std::vector<scenario::Override>& overrides,
                                                const experiment::StudyPlan& plan,
                                                const std::vector<std::string>& words);

/// Adds the counts and failures of an alternative's finished study to a record.
void add_counts(std::size_t alternative, const FinishedStudy& study, store::StudyRecord& record);

}  // namespace materiel::cli
