#include "cli/study_ending.h"

#include <fmt/format.h>

#include <materiel/base/duration_text.h>
#include <materiel/base/text.h>
#include <materiel/store/interrupted_commit.h>

#include "cli/progress_line.h"

namespace materiel::cli {

std::string words_of_files(const store::StudyRecord& record) {
  std::string text =
      fmt::format("{} runs, {} events in {}, into {}:\n", with_thousands(record.counts.runs),
                  with_thousands(record.counts.events), duration_text(record.times.wall_seconds), record.directory);
  for (const store::FileBatch::File& file : record.files) text += fmt::format("  {}\n", file.name);
  return text + fmt::format("  {}\n", store::kRecordFile);
}

std::string words_of_failures(const store::StudyRecord& record) {
  const experiment::RunFailure& first = record.failures.front();
  return fmt::format("{} of {} runs failed; the first, run {}, on day {:.6g}: {} (all failures: {}/{})",
                     with_thousands(record.counts.failed), with_thousands(record.counts.runs), first.run, first.day,
                     first.what, record.directory, store::kRecordFile);
}

std::string words_after_failure(const std::string& directory, std::uint64_t kept_runs) {
  if (store::interrupted_commit(directory))
    return "all replications are done, and the same command puts the last files in their places";
  if (kept_runs == 0) return "nothing was kept";
  return fmt::format("{} replications are kept, and the same command goes on from there", with_thousands(kept_runs));
}

std::string words_after_interruption(std::uint64_t kept_runs, std::uint64_t done, std::uint64_t all) {
  return fmt::format("interrupted after {} of {} replications; {}", with_thousands(kept_runs == 0 ? done : kept_runs),
                     with_thousands(all), kept_runs == 0 ? "nothing was kept" : "the same command goes on from there");
}

}  // namespace materiel::cli
