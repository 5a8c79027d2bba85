#include <algorithm>
#include <filesystem>
#include <numeric>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <materiel/report/interrupted_commit.h>
#include <materiel/report/journal.h>
#include <materiel/report/status_text.h>
#include <materiel/report/study_directory.h>

#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/shard.h"

namespace materiel::cli {
namespace {

namespace fs = std::filesystem;

/// A study's directory, or that of one of its shards, in the making.
struct Found {
  report::StatusFacts facts;
  std::optional<report::StudyRecord> record;
  std::uint64_t aimed = 0;  ///< samples, where that is more than the record says: of all points of a sweep
};

/// What is in the directory's place for unfinished studies.
Found unfinished_study(const std::string& directory) {
  Found found{.facts = {.directory = directory, .state = "unfinished"}};
  const fs::path unfinished = fs::path(directory) / report::kUnfinished;
  if ((found.record = report::interrupted_commit(directory))) {
    found.facts.runs = found.record->counts.runs;
    return found;
  }
  const std::string beginning = (unfinished / report::kBeginningFile).string();
  std::string error;
  if (const auto text = report::read_named_file(beginning, error)) found.record = report::parse_record(*text, error);
  if (!found.record) {
    found.facts.wrong.push_back(fmt::format("{}: {}", beginning, error));
    return found;
  }
  const std::size_t alternatives = found.record->identity.alternatives.size();
  report::Journal journal(unfinished.string());
  journal.read(alternatives);
  if (!journal.error().empty()) found.facts.wrong.push_back(journal.error());
  for (std::size_t i = 0; i < alternatives; ++i) {
    const auto entry = journal.take(i, [](const report::JournalEntry&) { return true; });
    found.facts.runs += entry ? entry->runs : 0;
  }
  found.aimed = std::accumulate(journal.aims().begin(), journal.aims().end(), std::uint64_t{0});
  return found;
}

Found complete_study(const std::string& directory) {
  Found found{.facts = {.directory = directory, .state = "complete"}};
  std::string error;
  found.record = report::read_study_record(directory, error);
  if (!found.record) {
    found.facts.wrong.push_back(error);
    return found;
  }
  found.facts.runs = found.record->counts.runs;
  found.facts.failed = found.record->counts.failed;
  found.facts.wrong = report::changed_files(directory, *found.record);
  return found;
}

/// Whether what an unfinished study left is that of the complete one, killed before it cleared that away.
bool is_only_left(const Found& unfinished, const Found& complete) {
  return complete.record && complete.facts.wrong.empty() && unfinished.record &&
         report::is_same_study(complete.record->identity, unfinished.record->identity);
}

Found find_study(const std::string& directory) {
  std::error_code ignored;
  const bool begun = fs::exists(fs::path(directory) / report::kUnfinished / report::kBeginningFile, ignored);
  if (!fs::exists(fs::path(directory) / report::kRecordFile, ignored))
    return begun ? unfinished_study(directory) : Found{.facts = {.directory = directory}};
  Found complete = complete_study(directory);
  if (!begun) return complete;
  Found unfinished = unfinished_study(directory);
  return is_only_left(unfinished, complete) ? complete : unfinished;
}

report::StatusFacts facts_of(const std::string& directory) {
  auto [facts, record, aimed] = find_study(directory);
  if (!record) return facts;
  facts.scenario = record->scenario.name;
  facts.command = fmt::format("{}", fmt::join(record->command, " "));
  facts.all_runs = record->identity.samples * record->identity.replications * record->identity.alternatives.size();
  if (facts.state == "complete") facts.all_runs = facts.runs;
  if (aimed > 0) facts.all_runs = std::max(facts.all_runs, aimed * record->identity.replications);
  if (aimed == 0 && record->identity.analysis.starts_with("sweep ")) facts.all_runs = 0;  // of all points: not known
  facts.shard = record->identity.shard;
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
