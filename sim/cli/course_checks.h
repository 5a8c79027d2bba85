#pragma once

#include <string>
#include <vector>

#include "cli/comparison.h"
#include "cli/course_options.h"
#include "cli/study_files.h"

namespace materiel::cli {

/// What is wrong with a course in view of a study's alternatives and outcomes; empty if nothing is.
/// @param comparison  null: nothing is compared
[[nodiscard]] std::string course_mistake(const CourseOptions& course, const std::vector<StudyModel>& models,
                                         const std::vector<model::OutcomeInfo>& outcomes, const Comparison* comparison);

}  // namespace materiel::cli
