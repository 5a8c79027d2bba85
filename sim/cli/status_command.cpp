#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include <materiel/base/shell_words.h>
#include <materiel/render/status_text.h>
#include <materiel/study/inspect.h>

#include "cli/command.h"
#include "cli/exit_codes.h"
#include "cli/misplaced_argument.h"
#include "cli/shared_options.h"
#include "cli/show_loaded.h"

namespace materiel::cli {
namespace {

struct StatusOptions {
  std::string directory;
  bool json = false;
};

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

render::StatusFacts facts_of(const study::Inspection& study) {
  using State = study::Inspection::State;
  render::StatusFacts facts{.directory = study.directory,
                            .state = study.state == State::complete     ? "complete"
                                     : study.state == State::unfinished ? "unfinished"
                                                                        : "nothing",
                            .runs = study.runs,
                            .failed = study.failed,
                            .all_runs = study.all_runs,
                            .wrong = study.wrong};
  if (!study.record) return facts;
  facts.scenario = study.record->scenario.name;
  facts.shard = study.record->identity.shard;
  facts.command = resuming_command(*study.record, study.directory);
  return facts;
}

int status_command(const StatusOptions& options, Console& console) {
  const std::string misplaced = scenario_for_study(options.directory, "status");
  if (!misplaced.empty()) {
    console.error(misplaced);
    return kUsage;
  }
  const study::Expected<std::vector<study::Inspection>> studies = study::inspect(options.directory);
  if (!studies) {
    console.error(studies.error().what);
    return exit_code_of(studies.error().code);
  }
  std::vector<render::StatusFacts> all;
  for (const study::Inspection& one : *studies) all.push_back(facts_of(one));
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
