#include <fmt/format.h>

#include <materiel/base/names.h>
#include <materiel/model/parameter_quantiles.h>
#include <materiel/render/assumptions_text.h>
#include <materiel/render/scenario_network.h>
#include <materiel/store/file_batch.h>
#include <materiel/study/load.h>
#include <materiel/study/open_batch.h>

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

constexpr std::uint32_t kSamples = 10'000;  // of parameters that depend on others: 5 % within about 0.2 %
constexpr const char* kNetwork = "network";

std::string explained_directory(const scenario::Spec& spec) {
  return default_directory(spec.name,
                           spec.alternative.empty() ? "-explain" : "-" + distinct_word(spec.alternative) + "-explain");
}

/// One `materiel explain`.
class Explanation {
 public:
  Explanation(const ExplainOptions& options, const study::Variant& input, Console& console)
      : options_(options),
        spec_(*input.spec),
        console_(console),
        quantiles_(model::parameter_quantiles(*input.model, kDefaultSeed, kSamples)),
        register_(render::assumption_register(spec_, quantiles_)),
        directory_(options.directory.empty() ? explained_directory(spec_) : options.directory) {}

  int run() {
    store::FileBatch batch;
    study::OpenBatch open(batch, directory_, observer_of(console_));
    batch.write(batch.create("assumptions.csv"), render::assumptions_csv(register_));
    batch.write(batch.create(fmt::format("{}.dot", kNetwork)),
                render::dot_text(render::scenario_network(spec_, quantiles_)));
    if (!batch.finish()) return failed(batch.error());
    const std::string trouble = render::run_dot(batch.partial(), kNetwork);
    if (trouble.empty()) batch.adopt(fmt::format("{}.svg", kNetwork));
    const std::vector<store::FileBatch::File> files = batch.files();
    if (!open.commit()) return failed(batch.error());
    tell(files);
    return trouble.empty() ? kDone : failed(fmt::format("{}; the other files were written", trouble));
  }

 private:
  int failed(const std::string& what) {
    console_.error(what);
    return kInternalError;
  }

  void tell(const std::vector<store::FileBatch::File>& files) {
    if (options_.json) {
      std::vector<std::string> names;
      names.reserve(files.size());
      for (const store::FileBatch::File& file : files) names.push_back(file.name);
      console_.print(render::assumptions_json(register_, directory_, names));
      return;
    }
    console_.print(render::assumptions_text(register_));
    console_.print(fmt::format("\nInto {}:\n", directory_));
    for (const store::FileBatch::File& file : files) console_.print(fmt::format("  {}\n", file.name));
  }

  const ExplainOptions& options_;
  const scenario::Spec& spec_;
  Console& console_;
  std::vector<model::ParameterQuantiles> quantiles_;
  render::AssumptionRegister register_;
  std::string directory_;
};

int explain_command(const ExplainOptions& options, Console& console) {
  std::vector<std::string> asked;
  if (!options.alternative.empty()) asked.push_back(options.alternative);
  int code = kDone;
  const auto scenario = show_loaded(study::load(options.scenario, {asked, options.overrides}), console, code);
  return scenario ? Explanation(options, scenario->first(), console).run() : code;
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
