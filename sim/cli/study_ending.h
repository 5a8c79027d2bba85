#pragma once

#include <cstdint>
#include <string>

#include <materiel/store/study_record.h>

/// What is said at the end of a study.
namespace materiel::cli {

/// How much was run, and the files that came of it: the last words of one that is complete.
[[nodiscard]] std::string words_of_files(const store::StudyRecord& record);

/// How many runs failed, and why the first did: of an analysis, whose runs can't be replayed.
[[nodiscard]] std::string words_of_failures(const store::StudyRecord& record);

/// What is kept in its directory when a study could not be ended.
[[nodiscard]] std::string words_after_failure(const std::string& directory, std::uint64_t kept_runs);
/// @param kept_runs  that the same command goes on from
/// @param done       that were done, which is said if nothing is kept
[[nodiscard]] std::string words_after_interruption(std::uint64_t kept_runs, std::uint64_t done, std::uint64_t all);

}  // namespace materiel::cli
