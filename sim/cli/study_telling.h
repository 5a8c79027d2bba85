#pragma once

#include <string>
#include <vector>

#include <materiel/experiment/study.h>
#include <materiel/store/study_record.h>
#include <materiel/study/load.h>

#include "cli/comparison.h"
#include "cli/console.h"
#include "cli/options.h"
#include "cli/study_course.h"

namespace materiel::cli {

/// "100 runs (50 samples, 2 replications each), seed 1", and what else says which runs they are.
/// @param alternatives  how many there are
[[nodiscard]] std::string runs_text(const RunOptions& options, const experiment::StudyPlan& plan,
                                    std::size_t alternatives);

/// Says what came of a study whose files are in their places: its tables, or as JSON, and what went wrong in it.
/// @param comparison  of its alternatives; null if they aren't compared
/// @return the exit code
[[nodiscard]] int tell_study(const RunOptions& options, const std::vector<study::Variant>& inputs,
                             const store::StudyRecord& record, const Comparison* comparison, const CourseEnd& end,
                             Console& console);

}  // namespace materiel::cli
