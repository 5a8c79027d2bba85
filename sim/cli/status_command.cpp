#include <algorithm>
#include <numeric>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <materiel/base/shell_words.h>
#include <materiel/base/text.h>
#include <materiel/render/status_text.h>
#include <materiel/store/interrupted_commit.h>
#include <materiel/store/journal.h>
#include <materiel/store/stretch_file.h>
#include <materiel/store/study_directory.h>

#include "cli/command.h"
#include "cli/exit_codes.h"
#include "cli/misplaced_argument.h"
#include "cli/shard.h"
#include "cli/shared_options.h"

namespace materiel::cli {
namespace {

struct StatusOptions {
  std::string directory;
  bool json = false;
};

/// A study's directory, or that of one of its shards, in the making.
struct Found {
  render::StatusFacts facts;
  std::optional<store::StudyRecord> record;
  std::uint64_t aimed = 0;  ///< samples, where that is more than the record says: of all points of a sweep
};

/// What is in the directory's place for unfinished studies.
Found unfinished_study(const store::DirectoryPath& path, const store::Directory& unfinished) {
  Found found{.facts = {.directory = path.text(), .state = "unfinished"}};
  if ((found.record = store::interrupted_commit(path))) {
    found.facts.runs = found.record->counts.runs;
    return found;
  }
  std::string error;
  found.record = store::read_beginning(unfinished, error);
  if (!found.record) {
    found.facts.wrong.push_back(error);
    return found;
  }
  const std::size_t alternatives = found.record->identity.alternatives.size();
  store::Journal journal(unfinished);
  journal.read(alternatives);
  if (!journal.error().empty()) found.facts.wrong.push_back(journal.error());
  for (std::size_t i = 0; i < alternatives; ++i) {
    const auto entry = journal.take(i, [](const store::JournalEntry&) { return true; });
    const std::uint64_t runs = entry ? entry->runs : 0;
    found.facts.runs += runs + store::runs_in_stretches(unfinished, i, runs);
  }
  found.aimed = std::accumulate(journal.aims().begin(), journal.aims().end(), std::uint64_t{0});
  return found;
}

Found complete_study(const store::DirectoryPath& path) {
  Found found{.facts = {.directory = path.text(), .state = "complete"}};
  std::string error;
  found.record = store::read_study_record(path, error);
  if (!found.record) {
    found.facts.wrong.push_back(error);
    return found;
  }
  found.facts.runs = found.record->counts.runs;
  found.facts.failed = found.record->counts.failed;
  found.facts.wrong = store::changed_files(path, *found.record);
  return found;
}

/// Whether what an unfinished study left is that of the complete one, killed before it cleared that away.
bool is_only_left(const Found& unfinished, const Found& complete) {
  return complete.record && complete.facts.wrong.empty() && unfinished.record &&
         store::is_same_study(complete.record->identity, unfinished.record->identity);
}

Found find_study(const store::DirectoryPath& path) {
  Found nothing{.facts = {.directory = path.text()}};
  int reason = 0;
  const std::optional<store::Directory> place = store::Directory::open(path, reason);
  if (!place) {
    nothing.facts.wrong.push_back(store::refusal("read", path.text(), reason));
    return nothing;
  }
  const std::string name(store::kUnfinished);
  const std::string foreign = store::foreign_unfinished(*place, name);
  const std::optional<store::Directory> unfinished = foreign.empty() ? place->sub(name) : std::nullopt;
  const bool begun = unfinished && unfinished->kind(store::kBeginningFile) != store::Directory::Kind::none;
  Found found = nothing;
  if (place->kind(store::kRecordFile) != store::Directory::Kind::none) {
    found = complete_study(path);
    if (begun) {
      Found more = unfinished_study(path, *unfinished);
      if (!is_only_left(more, found)) found = std::move(more);
    }
  } else if (begun) {
    found = unfinished_study(path, *unfinished);
  }
  if (!foreign.empty()) found.facts.wrong.push_back(foreign);
  return found;
}

/// The command that resumes a study in its directory, which the command itself need not name.
std::string resuming_command(const store::StudyRecord& record, const std::string& directory) {
  const auto names_output = [](const std::string& word) {
    return word.starts_with("-o") || word == "--output" || word.starts_with("--output=");
  };
  const bool goes_elsewhere = record.identity.shard.empty() && !std::ranges::any_of(record.command, names_output);
  std::string command = shell_command(record.command);
  const bool is_merge = record.command.size() > 1 && record.command[1] == "merge";
  return goes_elsewhere && !is_merge ? command + " -o " + shell_word(path_argument(directory)) : command;
}

render::StatusFacts facts_of(const store::DirectoryPath& path) {
  auto [facts, record, aimed] = find_study(path);
  if (!record) return facts;
  facts.scenario = record->scenario.name;
  facts.command = resuming_command(*record, path.text());
  facts.all_runs = record->identity.samples * record->identity.replications * record->identity.alternatives.size();
  if (facts.state == "complete") facts.all_runs = facts.runs;
  if (aimed > 0) facts.all_runs = std::max(facts.all_runs, aimed * record->identity.replications);
  if (aimed == 0 && record->identity.analysis.starts_with("sweep ")) facts.all_runs = 0;  // of all points: not known
  facts.shard = record->identity.shard;
  return facts;
}

int status_command(const StatusOptions& options, Console& console) {
  const std::string misplaced = scenario_for_study(options.directory, "status");
  if (!misplaced.empty()) {
    console.error(misplaced);
    return kUsage;
  }
  int reason = 0;
  std::vector<std::string> names;
  const std::optional<store::Directory> place = store::Directory::open(options.directory, reason);
  if (place) reason = place->list(names);
  if (reason != 0) {
    console.error(store::refusal("read", options.directory, reason));
    return kUsage;
  }
  std::vector<render::StatusFacts> all = {facts_of(options.directory)};
  for (const std::string& name : names)
    if (name.starts_with(kShardPrefix)) all.push_back(facts_of({options.directory, name}));
  std::ranges::sort(all.begin() + 1, all.end(), [](const auto& a, const auto& b) {
    return std::pair(a.directory.size(), a.directory) < std::pair(b.directory.size(), b.directory);
  });
  console.print(options.json ? render::status_json(all) : render::status_text(all));
  const bool wrong = std::ranges::any_of(all, [](const auto& one) { return !one.wrong.empty(); });
  return wrong ? kInternalError : kDone;
}

constexpr Option kInspectedDirectory{.names = "DIR",
                                     .value = "TEXT",
                                     .sentence = "Directory of a study",
                                     .group = OptionGroup::arguments,
                                     .required = true,
                                     .completion = Completion::directory};
constexpr Option kStatusAsJson = json_output("Print the status as JSON");

Action prepare_status(const GivenOptions& given) {
  const StatusOptions options{given.text(kInspectedDirectory), given.flag(kStatusAsJson)};
  return [options](const auto&, Console& console) { return status_command(options, console); };
}

}  // namespace

Command status_row() {
  return {.name = "status",
          .group = CommandGroup::scale,
          .one_line = "Show whether a study is complete, or how far it has come",
          .options = {kInspectedDirectory, kStatusAsJson},
          .examples = {{"materiel status out/study", {}}, {"materiel status out/study --json", {}}},
          .notes =
              "Checks that the files of a complete study are as they were written. Of an unfinished study, prints "
              "how many replications the last checkpoint has and which command resumes it; the same of its "
              "shards. The exit code is 1 if anything is missing or changed.",
          .prepare = prepare_status};
}

}  // namespace materiel::cli
