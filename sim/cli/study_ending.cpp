#include "cli/study_ending.h"

#include <fmt/format.h>

#include <materiel/base/duration_text.h>
#include <materiel/base/text.h>

namespace materiel::cli {
namespace {

std::string names_of_files(const store::StudyRecord& record) {
  std::string text;
  for (const store::FileBatch::File& file : record.files) text += fmt::format("  {}\n", file.name);
  return text + fmt::format("  {}\n", store::kRecordFile);
}

}  // namespace

std::string words_of_files(const store::StudyRecord& record) {
  return fmt::format("{} runs, {} events in {}, into {}:\n", with_thousands(record.counts.runs),
                     with_thousands(record.counts.events), duration_text(record.times.wall_seconds), record.directory) +
         names_of_files(record);
}

std::string list_of_files(const store::StudyRecord& record) {
  return fmt::format("into {}:\n", record.directory) + names_of_files(record);
}

std::string words_of_failures(const store::StudyRecord& record) {
  const experiment::RunFailure& first = record.failures.front();
  return fmt::format("{} of {} runs failed; the first, run {}, on day {:.6g}: {} (all failures: {}/{})",
                     with_thousands(record.counts.failed), with_thousands(record.counts.runs), first.run, first.day,
                     first.what, record.directory, store::kRecordFile);
}

}  // namespace materiel::cli
