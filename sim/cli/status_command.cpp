#include <algorithm>
#include <filesystem>
#include <numeric>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <materiel/report/journal.h>
#include <materiel/report/status_text.h>
#include <materiel/report/study_directory.h>

#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/shard.h"

namespace materiel::cli {
namespace {

namespace fs = std::filesystem;

/// A study's directory, or that of one of its shards.
report::StatusFacts facts_of(const std::string& directory) {
  report::StatusFacts facts{.directory = directory};
  std::string error;
  const fs::path unfinished = fs::path(directory) / report::kUnfinished;
  std::error_code ignored;
  std::optional<report::StudyRecord> record;
  std::uint64_t aimed = 0;  // samples, where that is more than the record says: of all points of a sweep
  if (fs::exists(unfinished / report::kBeginningFile, ignored)) {
    facts.state = "unfinished";
    const auto text = report::read_named_file((unfinished / report::kBeginningFile).string(), error);
    if (text) record = report::parse_record(*text, error);
    if (!record) facts.wrong.push_back(fmt::format("{}: {}", (unfinished / report::kBeginningFile).string(), error));
    if (record) {
      report::Journal journal(unfinished.string());
      journal.read(record->identity.alternatives.size());
      if (!journal.error().empty()) facts.wrong.push_back(journal.error());
      for (std::size_t i = 0; i < record->identity.alternatives.size(); ++i) {
        const auto entry = journal.take(i, [](const report::JournalEntry&) { return true; });
        facts.runs += entry ? entry->runs : 0;
      }
      aimed = std::accumulate(journal.aims().begin(), journal.aims().end(), std::uint64_t{0});
    }
  } else if (fs::exists(fs::path(directory) / report::kRecordFile, ignored)) {
    facts.state = "complete";
    record = report::read_study_record(directory, error);
    if (!record) facts.wrong.push_back(error);
    if (record) {
      facts.runs = record->counts.runs;
      facts.failed = record->counts.failed;
      facts.wrong = report::changed_files(directory, *record);
    }
  }
  if (record) {
    facts.scenario = record->scenario.name;
    facts.command = fmt::format("{}", fmt::join(record->command, " "));
    facts.all_runs = record->identity.samples * record->identity.replications * record->identity.alternatives.size();
    if (facts.state == "complete") facts.all_runs = facts.runs;
    if (aimed > 0) facts.all_runs = std::max(facts.all_runs, aimed * record->identity.replications);
    if (aimed == 0 && record->identity.analysis.starts_with("sweep ")) facts.all_runs = 0;  // of all points: not known
    facts.shard = record->identity.shard;
  }
  return facts;
}

}  // namespace

int status_command(const StatusOptions& options, Console& console) {
  std::error_code reason;
  std::vector<std::string> shards;
  for (const fs::directory_entry& entry : fs::directory_iterator(options.directory, reason))
    if (entry.path().filename().string().starts_with(kShardPrefix)) shards.push_back(entry.path().string());
  if (reason) {
    console.error(fmt::format("cannot read {}: {}", options.directory, reason.message()));
    return kUsage;
  }
  std::vector<report::StatusFacts> all = {facts_of(options.directory)};
  for (const std::string& shard : shards) all.push_back(facts_of(shard));
  std::ranges::sort(all.begin() + 1, all.end(), [](const auto& a, const auto& b) {
    return std::pair(a.directory.size(), a.directory) < std::pair(b.directory.size(), b.directory);
  });
  console.print(options.json ? report::status_json(all) : report::status_text(all));
  const bool wrong = std::ranges::any_of(all, [](const auto& one) { return !one.wrong.empty(); });
  return wrong ? kInternalError : kDone;
}

}  // namespace materiel::cli
