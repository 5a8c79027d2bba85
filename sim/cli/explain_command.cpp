#include <fmt/format.h>

#include <materiel/base/names.h>
#include <materiel/render/assumptions_text.h>
#include <materiel/render/explanation.h>
#include <materiel/study/load.h>

#include "cli/command.h"
#include "cli/default_directory.h"
#include "cli/exit_codes.h"
#include "cli/requests.h"
#include "cli/shared_options.h"
#include "cli/show_loaded.h"

namespace materiel::cli {
namespace {

struct ExplainOptions {
  std::string scenario;
  std::vector<scenario::Override> overrides;
  std::string alternative;  ///< empty: the file as it stands
  std::string directory;    ///< empty: out/<name of the scenario>-explain
  bool json = false;
};

std::string explained_directory(const scenario::Spec& spec) {
  return default_directory(spec.name,
                           spec.alternative.empty() ? "-explain" : "-" + distinct_word(spec.alternative) + "-explain");
}

/// @return what to exit with
int show_explanation(const render::Explanation& explanation, const std::string& directory, bool json,
                     Console& console) {
  if (json) {
    console.print(render::assumptions_json(explanation.assumptions, directory, explanation.files));
  } else {
    console.print(render::assumptions_text(explanation.assumptions));
    console.print(fmt::format("\nInto {}:\n", directory));
    for (const std::string& file : explanation.files) console.print(fmt::format("  {}\n", file));
  }
  if (explanation.trouble.empty()) return kDone;
  console.error(fmt::format("{}; the other files were written", explanation.trouble));
  return kInternalError;
}

int explain_command(const ExplainOptions& options, Console& console) {
  std::vector<std::string> asked;
  if (!options.alternative.empty()) asked.push_back(options.alternative);
  int code = kDone;
  const auto scenario = show_loaded(study::load(options.scenario, {asked, options.overrides}), console, code);
  if (!scenario) return code;
  const study::Variant& variant = scenario->first();
  const std::string directory = options.directory.empty() ? explained_directory(*variant.spec) : options.directory;
  const study::Expected<render::Explanation> explanation = render::explain(variant, directory, observer_of(console));
  return explanation ? show_explanation(*explanation, directory, options.json, console)
                     : show_error(explanation.error(), console);
}

constexpr Option kExplainOutput = output_directory("out/NAME-explain, or out/NAME-ALTERNATIVE-explain");
constexpr Option kRegisterAsJson = json_output("Print the register, correlations and alternatives as JSON");

Action prepare_explain(const GivenOptions& given) {
  const std::string alternative = single_alternative_of(given);
  const ExplainOptions options{given.text(kScenario), overrides_of(given), alternative, given.text(kExplainOutput),
                               given.flag(kRegisterAsJson)};
  return [options](const auto&, Console& console) { return explain_command(options, console); };
}

}  // namespace

Command explain_row() {
  return {.name = "explain",
          .group = CommandGroup::scenarios,
          .one_line = "Draw a scenario's network and list its assumptions (needs Graphviz)",
          .options = {kScenario, kSet, kAllowPath, kAlternative, kExplainOutput, kRegisterAsJson},
          .examples = {{"materiel explain scenario.toml", "into out/NAME-explain"},
                       {"materiel explain scenario.toml --set parameter.slip=90 -o out/late-explain", {}},
                       {"materiel explain scenario.toml --json", "the register of assumptions as JSON"}},
          .notes = "Writes network.dot, network.svg (drawn by Graphviz) and assumptions.csv.",
          .prepare = prepare_explain};
}

}  // namespace materiel::cli
