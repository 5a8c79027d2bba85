#include <materiel/study/merge.h>

#include "cli/command.h"
#include "cli/exit_codes.h"
#include "cli/misplaced_argument.h"
#include "cli/requests.h"
#include "cli/shared_options.h"
#include "cli/study_output.h"

namespace materiel::cli {
namespace {

struct MergeOptions {
  std::string directory;
  unsigned threads = 1;
  bool quiet = false, json = false, overwrite = false;
};

int merge_command(const MergeOptions& options, const std::vector<std::string>& words, Console& console) {
  if (options.quiet) console.be_quiet();
  const std::string misplaced = scenario_for_study(options.directory, "merge");
  if (!misplaced.empty()) {
    console.error(misplaced);
    return kUsage;
  }
  study::MergeRequest request;
  request.directory = options.directory;
  request.if_taken = if_taken(true, options.overwrite);
  request.read_stored = options.json;
  request.caller = caller_of(words);
  StudyOutput output(options.quiet, options.json, console);
  return output.show(study::merge(request, {.threads = options.threads}, output.observer()));
}

constexpr Option kMergedDirectory{.names = "DIR",
                                  .value = "TEXT",
                                  .sentence = "Directory that the shards were run into",
                                  .group = OptionGroup::arguments,
                                  .required = true,
                                  .completion = Completion::directory};
constexpr Option kMergedAsJson = json_output("Print the summary on standard output as JSON");

Action prepare_merge(const GivenOptions& given) {
  const MergeOptions options{given.text(kMergedDirectory), threads_of(given), given.flag(kQuiet),
                             given.flag(kMergedAsJson), given.flag(kOverwrite)};
  return [options](const auto& words, Console& console) { return merge_command(options, words, console); };
}

}  // namespace

Command merge_row() {
  return {.name = "merge",
          .group = CommandGroup::scale,
          .one_line = "Merge the shards of a study",
          .options = {kMergedDirectory, kOverwrite, kMergedAsJson, kQuiet, kThreads},
          .examples = {{"materiel run scenario.toml -n 1e6 --shard 1/2 -o out/study", {}},
                       {"materiel run scenario.toml -n 1e6 --shard 2/2 -o out/study", {}},
                       {"materiel merge out/study", {}}},
          .notes =
              "The shards may be run on different machines; collect what each has written in DIR. The result has "
              "the same bytes as the study run at once.",
          .prepare = prepare_merge};
}

}  // namespace materiel::cli
