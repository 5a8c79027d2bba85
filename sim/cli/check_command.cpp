#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <materiel/base/text.h>
#include <materiel/model/replicator.h>
#include <materiel/render/json_text.h>
#include <materiel/study/load.h>

#include "cli/command.h"
#include "cli/exit_codes.h"
#include "cli/shared_options.h"
#include "cli/show_loaded.h"

namespace materiel::cli {
namespace {

struct CheckOptions {
  std::string scenario;
  std::vector<scenario::Override> overrides;
  bool json = false;
};

/// "1 item, 3 sites, ..." of what there is.
std::string inventory(const scenario::Spec& spec, const model::Model& model) {
  std::vector<std::string> parts;
  const auto add = [&](std::size_t count, std::string_view one, std::string_view many) {
    if (count > 0) parts.push_back(fmt::format("{} {}", count, count == 1 ? one : many));
  };
  add(spec.items.size(), "item", "items");
  add(spec.sites.size(), "site", "sites");
  add(spec.supplies.size(), "supply", "supplies");
  add(spec.productions.size(), "production", "productions");
  add(spec.routes.size(), "route", "routes");
  add(spec.demands.size(), "demand", "demands");
  add(spec.exchanges.size(), "exchange", "exchanges");
  add(spec.disruptions.size(), "disruption", "disruptions");
  add(spec.milestones.size(), "milestone", "milestones");
  add(spec.outcomes.size(), "outcome", "outcomes");
  add(spec.alternatives.size(), "alternative", "alternatives");
  add(spec.parameters.size(), "parameter", "parameters");
  const auto uncertain = std::count_if(model.parameters().begin(), model.parameters().end(),
                                       [](const model::ParameterInfo& p) { return p.is_uncertain; });
  if (uncertain > 0) parts.back() += fmt::format(" ({} uncertain)", uncertain);
  return fmt::format("{}", fmt::join(parts, ", "));
}

/// One replication, to see whether it can be run.
model::ReplicationReport try_once(const std::shared_ptr<const model::Model>& model) {
  constexpr std::uint64_t kPatience = 20'000'000;  // events: a few seconds
  model::Replicator replicator(model, {kPatience});
  replicator.set_sample(kDefaultSeed, 0);
  std::vector<double> outcomes(model->outcomes().size());
  return replicator.run(0, {}, outcomes);
}

/// One replication of each alternative; failures are told.
/// @return the events that the first took; nothing if any failed
std::optional<std::uint64_t> try_all(const std::vector<study::Variant>& variants, Console& console) {
  bool good = true;
  std::uint64_t events = 0;
  for (const study::Variant& one : variants) {
    const model::ReplicationReport trial = try_once(one.model);
    if (&one == &variants.front()) events = trial.events;
    if (trial.ok) continue;
    good = false;
    const std::string whose =
        one.name == study::kBase ? std::string() : fmt::format(" of the alternative '{}'", one.name);
    console.error(fmt::format("a trial replication{} failed on day {:.6g}: {}", whose, trial.failed_at, trial.failure));
  }
  return good ? std::optional(events) : std::nullopt;
}

/// Moves what was found to standard output, as JSON; nothing of files that could not be read.
void print_diagnostics(study::Expected<study::Scenario>& loaded, Console& console) {
  std::vector<study::FileDiagnostics> found;
  if (loaded) {
    found = std::exchange(loaded->warnings, {});
  } else {
    study::Error error = loaded.error();
    found = std::exchange(error.diagnostics, {});
    loaded = std::move(error);
  }
  for (const study::FileDiagnostics& file : found) console.print(render::diagnostics_text(file.diagnostics));
}

int check_command(const CheckOptions& options, Console& console) {
  study::Expected<study::Scenario> loaded = study::load(options.scenario, {{study::kAll}, options.overrides});
  if (options.json) print_diagnostics(loaded, console);
  int code = kDone;
  const std::optional<study::Scenario> scenario = show_loaded(std::move(loaded), console, code);
  if (!scenario) return code;
  const std::optional<std::uint64_t> events = try_all(scenario->variants, console);
  if (!events) return kRunsFailed;
  if (!options.json) {
    const study::Variant& base = scenario->first();
    console.print(fmt::format("ok: {}; one replication takes about {} events\n", inventory(*base.spec, *base.model),
                              with_thousands(*events)));
  }
  return kDone;
}

constexpr Option kDiagnosticsAsJson = json_output("Print the diagnostics on standard output as JSON");

Action prepare_check(const GivenOptions& given) {
  const CheckOptions options{given.text(kScenario), overrides_of(given), given.flag(kDiagnosticsAsJson)};
  return [options](const auto&, Console& console) { return check_command(options, console); };
}

}  // namespace

Command check_row() {
  return {.name = "check",
          .group = CommandGroup::scenarios,
          .one_line = "Check a scenario for mistakes",
          .options = {kScenario, kSet, kAllowPath, kDiagnosticsAsJson},
          .examples = {{"materiel check scenario.toml", {}},
                       {"materiel check scenario.toml --json", "the diagnostics as JSON, for editors"}},
          .notes = "Reports every mistake with its line and column, then tries one replication of each alternative.",
          .prepare = prepare_check};
}

}  // namespace materiel::cli
