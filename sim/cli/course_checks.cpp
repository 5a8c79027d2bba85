#include "cli/course_checks.h"

#include "cli/selection.h"

namespace materiel::cli {

std::string course_mistake(const CourseOptions& course, const std::vector<StudyModel>& models,
                           const std::vector<model::OutcomeInfo>& outcomes, const Comparison* comparison) {
  for (const PrecisionTarget& target : course.precision) {
    const bool differs = target.of_differences() && comparison;
    std::string mistake = target_mistake(target, differs ? comparison->outcomes() : outcomes, differs);
    if (!mistake.empty()) return mistake;
  }
  return course.selection ? selection_mistake(*course.selection, models, outcomes) : std::string();
}

}  // namespace materiel::cli
