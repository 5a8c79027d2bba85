#include <algorithm>

#include <fmt/format.h>

#include <materiel/store/study_directory.h>
#include <materiel/study/load.h>

#include "cli/build_facts.h"
#include "cli/command.h"
#include "cli/exit_codes.h"
#include "cli/misplaced_argument.h"
#include "cli/option_values.h"
#include "cli/shards.h"
#include "cli/shared_options.h"
#include "cli/study_run.h"

namespace materiel::cli {
namespace {

struct MergeOptions {
  std::string directory;
  unsigned threads = 1;
  bool quiet = false, json = false, overwrite = false;
};

/// The alternatives of the scenario as a record holds it.
std::vector<study::Variant> variants_of(const store::StudyRecord& record,
                                        const std::vector<scenario::Override>& overrides, Console& console) {
  std::vector<study::Variant> found;
  for (const std::string& name : record.identity.alternatives) {
    const store::ScenarioFacts& facts = store::scenario_of(record, name);
    const bool of_a_file = !record.further.empty();  // whose name the alternative has
    // The record takes the settings of all alternatives from the first.
    const scenario::Checked checked = found.empty() ? scenario::Checked::all_alternatives : scenario::Checked::asked;
    found.push_back(
        study::compile_variant(facts.source, facts.file, overrides, of_a_file ? study::kBase : name, checked));
    found.back().name = name;
    if (!found.back().model) console.show(found.back().diagnostics, facts.source);
  }
  return found;
}

int merge_command(const MergeOptions& options, const std::vector<std::string>& words, Console& console) {
  if (options.quiet) console.be_quiet();
  const std::string misplaced = scenario_for_study(options.directory, "merge");
  if (!misplaced.empty()) {
    console.error(misplaced);
    return kUsage;
  }
  ShardDirectories shards;
  try {
    shards = find_shards(options.directory);
  } catch (const MergeError& error) {
    console.error(error.what());
    return kInternalError;
  }
  const store::StudyIdentity& identity = shards.record.identity;
  if (identity.version != kVersion) {
    console.error(fmt::format("the shards were written by materiel {}; this is {}, whose results may differ",
                              identity.version, kVersion));
    return kUsage;
  }
  if (!store::holds_its_scenarios(shards.record)) {
    console.error(
        fmt::format("{}/{} does not hold the very text of the scenario", shards.paths.front(), store::kRecordFile));
    return kInternalError;
  }
  RunOptions run;
  run.scenario = shards.record.scenario.file;
  for (const std::string& text : identity.overrides)
    if (auto one = read_override(text)) run.overrides.push_back(std::move(*one));
  run.samples = identity.samples;
  run.replications = identity.replications;
  run.seed = identity.seed;
  run.max_events = identity.max_events;
  run.threads = options.threads;
  run.directory = options.directory;
  run.quiet = options.quiet;
  run.json = options.json;
  run.overwrite = options.overwrite;
  run.comparison = comparison_of(identity.comparison);
  run.shards = shards.paths;
  const std::vector<study::Variant> variants = variants_of(shards.record, run.overrides, console);
  if (!std::all_of(variants.begin(), variants.end(), [](const auto& one) { return one.model != nullptr; }))
    return kInvalidScenario;
  return run_study_command(run, variants, words, console);
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
