#pragma once

#include <string>
#include <vector>

#include <materiel/experiment/study.h>
#include <materiel/report/study_record.h>

#include "cli/alternative_inputs.h"

namespace materiel::cli {

/// What is known of a study before its first run: all of its record but the directory and what comes of running it.
/// @param inputs  all compiled
/// @param words   the whole command line
[[nodiscard]] report::StudyRecord describe_study(const std::vector<AlternativeInput>& inputs,
                                                 const std::vector<scenario::Override>& overrides,
                                                 const experiment::StudyPlan& plan,
                                                 const std::vector<std::string>& words);

}  // namespace materiel::cli
