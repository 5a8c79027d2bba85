#include <filesystem>

#include <fmt/format.h>

#include <materiel/base/shell_words.h>
#include <materiel/base/text.h>
#include <materiel/scenario/starter_scenario.h>
#include <materiel/store/new_file.h>

#include "cli/default_directory.h"
#include "cli/exit_codes.h"
#include "cli/interruption.h"
#include "cli/shared_options.h"

namespace materiel::cli {
namespace {

int init_command(const std::string& name, Console& console) {
  if (name == "-") {
    console.print(scenario::starter_scenario());
    return kDone;
  }
  const Unbroken whole;
  const std::string trouble = store::write_new_file(name, scenario::starter_scenario());
  if (!trouble.empty()) {
    console.error(trouble);
    return kInternalError;
  }
  const std::string file = shell_word(path_argument(name));
  const std::string study = default_directory(std::filesystem::path(name).stem().string());
  console.print(
      fmt::format("{2} is a small scenario to change. Next:\n"
                  "  materiel check {0}      finds mistakes\n"
                  "  materiel explain {0}    draws the network, lists the assumptions\n"
                  "  materiel run {0}        runs it, into {1}\n"
                  "  materiel plot {1}    draws the results\n"
                  "Change it and run it again: {1} is always the latest study, and earlier ones are kept beside it.\n",
                  file, study, name));
  return kDone;
}

constexpr Option kNewScenario{.names = "FILE",
                              .value = {},
                              .sentence = "File for the scenario; - is standard output",
                              .default_value = "scenario.toml",
                              .group = OptionGroup::arguments,
                              .completion = Completion::file};
constexpr Option kNewScenarioOutput = output_file("The same as FILE", {});

Action prepare_init(const GivenOptions& given) {
  if (given.has(kNewScenario) && given.has(kNewScenarioOutput)) throw UsageError("FILE excludes --output");
  const std::string name = given.text(given.has(kNewScenarioOutput) ? kNewScenarioOutput : kNewScenario);
  return [name](const auto&, Console& console) { return init_command(name, console); };
}

}  // namespace

Command init_row() {
  return {.name = "init",
          .group = CommandGroup::scenarios,
          .one_line = "Write a small scenario with comments as a starting point",
          .options = {kNewScenario, kNewScenarioOutput},
          .examples = {{"materiel init", "writes scenario.toml"},
                       {"materiel init study.toml", {}},
                       {"materiel init -", "writes to standard output"}},
          .notes = "An existing file is never overwritten.",
          .prepare = prepare_init};
}

}  // namespace materiel::cli
