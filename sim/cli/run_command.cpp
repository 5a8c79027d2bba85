#include <materiel/study/load.h>

#include "cli/exit_codes.h"
#include "cli/options.h"
#include "cli/show_loaded.h"
#include "cli/study_run.h"

namespace materiel::cli {

int run_or_compare(const RunOptions& options, const std::vector<std::string>& words, Console& console) {
  if (options.quiet) console.be_quiet();
  const auto load_all = [&] {
    if (options.further.empty()) return study::load(options.scenario, {options.alternatives, options.overrides});
    std::vector<std::string> paths = {options.scenario};
    paths.insert(paths.end(), options.further.begin(), options.further.end());
    return study::load_files(paths, options.overrides);
  };
  int code = kDone;
  const std::optional<study::Scenario> scenario = show_loaded(load_all(), console, code);
  return scenario ? run_study_command(options, scenario->variants, words, console) : code;
}

namespace {

Action prepare_run(const GivenOptions& given) {
  const RunOptions options = run_options_of(given);
  return [options](const auto& words, Console& console) { return run_or_compare(options, words, console); };
}

}  // namespace

Command run_row() {
  Option alternatives =
      name_pattern("--alternative", "Alternative of the scenario to run, 'base' or 'all'", "the file as it stands");
  alternatives.group = OptionGroup::scenario;
  return {.name = "run",
          .group = CommandGroup::studies,
          .one_line = "Run a Monte Carlo study of a scenario",
          .options = study_options({alternatives}),
          .examples = {{"materiel run scenario.toml", "1000 samples into out/NAME"},
                       {"materiel run scenario.toml -n 10000 --seed 7 -o out/seven", {}},
                       {"materiel run scenario.toml -n 200 --replications 50",
                        "separates epistemic (parameter) from aleatory (chance) uncertainty"},
                       {"materiel run scenario.toml --set parameter.slip.value=90", {}},
                       {"materiel run scenario.toml --alternative all",
                        "the file as it stands and every [alternative.NAME]"},
                       {"materiel run scenario.toml -n 1e6 --dry-run", "about how long it would take"},
                       {"materiel run scenario.toml --precision 'milestone.empty:median=2'",
                        "until the median is known to 2 days"},
                       {"materiel run scenario.toml -n 5000 --extend",
                        "more samples of the study in DIR, with the bytes of 5000 run at once"}},
          .notes =
              "Writes runs.csv, inputs.csv, series.csv, summary.csv, milestones.csv, ledger.csv, continuation.bin "
              "and run.json. The same command gives the same bytes on any number of threads.",
          .on_every_rank = true,
          .prepare = prepare_run};
}

}  // namespace materiel::cli
