#include "cli/exit_codes.h"
#include "cli/options.h"
#include "cli/stopping_options.h"

namespace materiel::cli {
namespace {

constexpr Option kComparedFiles{.names = "FILES",
                                .value = "TEXT",
                                .sentence = "Other scenario files, to compare files as they stand",
                                .group = OptionGroup::arguments,
                                .repeatable = true,
                                .completion = Completion::scenario};
constexpr Option kComparedAlternatives =
    name_pattern("--alternative", "Alternative of the scenario to compare, or 'base' for the file as it stands", "all");
constexpr Option kReference{.names = "--reference",
                            .value = "NAME",
                            .sentence = "Alternative that the others are compared with",
                            .default_in_words = "the first"};
constexpr Option kComparedOutcomes =
    name_pattern("--outcome", "Name or pattern ('stock.*') of outcomes or metrics to compare",
                 "milestones and the scenario's outcomes");

Action prepare_compare(const GivenOptions& given) {
  RunOptions options = run_options_of(given);
  options.further = given.list(kComparedFiles);
  if (!options.further.empty() && !options.alternatives.empty())
    throw UsageError("several files are compared as they stand; --alternative goes with one file");
  if (options.alternatives.empty()) options.alternatives = {"all"};
  options.comparison = study::ComparisonRequest{given.text(kReference), given.list(kComparedOutcomes)};
  return [options](const auto& words, Console& console) { return run_or_compare(options, words, console); };
}

}  // namespace

Command compare_row() {
  return {.name = "compare",
          .group = CommandGroup::studies,
          .one_line = "Compare alternatives of a scenario",
          .options = study_options({kComparedFiles, kComparedAlternatives, kReference, kComparedOutcomes, kSelect}),
          .examples = {{"materiel compare scenario.toml", "every alternative with the file as it stands"},
                       {"materiel compare scenario.toml --alternative late --alternative early -n 5000", {}},
                       {"materiel compare scenario.toml --outcome 'stock.*' --outcome milestone.empty", {}},
                       {"materiel compare scenario.toml --precision 'outcome.balance:difference=5'", {}},
                       {"materiel compare scenario.toml --select outcome.balance:max",
                        "the best alternative, and with what probability it is"},
                       {"materiel compare early.toml late.toml", "several files, as they stand"}},
          .notes =
              "Runs the alternatives under common random numbers and writes differences.csv (paired differences "
              "with intervals) beside the files of 'materiel run'.",
          .on_every_rank = true,
          .prepare = prepare_compare};
}

}  // namespace materiel::cli
