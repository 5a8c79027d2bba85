#pragma once

#include <cstdint>
#include <string>

#include <materiel/store/study_record.h>

/// What is said at the end of a study.
namespace materiel::cli {

/// How much was run, and the files that came of it: the last words of one that is complete.
[[nodiscard]] std::string words_of_files(const store::StudyRecord& record);

/// The files that came of an analysis that ran nothing.
[[nodiscard]] std::string list_of_files(const store::StudyRecord& record);

/// How many runs failed, and why the first did: of an analysis, whose runs can't be replayed.
[[nodiscard]] std::string words_of_failures(const store::StudyRecord& record);

}  // namespace materiel::cli
