#pragma once

#include <vector>

#include <materiel/report/study_record.h>

#include "cli/alternative_inputs.h"
#include "cli/comparison.h"
#include "cli/console.h"
#include "cli/options.h"
#include "cli/study_course.h"

namespace materiel::cli {

/// Says what came of a study whose files are in their places: its tables, or as JSON, and what went wrong in it.
/// @param comparison  of its alternatives; null if they aren't compared
/// @return the exit code
[[nodiscard]] int tell_study(const RunOptions& options, const std::vector<AlternativeInput>& inputs,
                             const report::StudyRecord& record, const Comparison* comparison, const CourseEnd& end,
                             Console& console);

}  // namespace materiel::cli
