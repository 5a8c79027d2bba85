#pragma once

#include <string>
#include <vector>

#include <materiel/experiment/study.h>
#include <materiel/store/study_record.h>
#include <materiel/study/load.h>
#include <materiel/study/run.h>

namespace materiel::study {

/// The files of numbers that a scenario read, as they are now; an empty hash for one that can't be read any more.
[[nodiscard]] std::vector<store::DataFile> data_of(const scenario::Spec& spec);

/// What is known of a study before its first run: all of its record but the directory and what comes of running it.
[[nodiscard]] store::StudyRecord describe_study(const Scenario& scenario, const experiment::StudyPlan& plan,
                                                const Caller& caller);

}  // namespace materiel::study
