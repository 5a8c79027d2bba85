#include "cli/sensitivity_options.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>

#include "cli/command_help.h"
#include "cli/option_checks.h"
#include "cli/option_values.h"
#include "cli/options.h"

namespace materiel::cli {
namespace {

using Method = SensitivityOptions::Method;

Method method_of(const std::string& text) {
  for (const Method method : {Method::sobol, Method::morris, Method::given}) {
    if (text == method_name(method)) return method;
  }
  throw CLI::ValidationError(fmt::format("--method takes sobol, morris or given, not '{}'", text));
}

/// "NAME=a,b,c"
ParameterGroup group_of(const std::string& text) {
  const std::size_t sign = text.find('=');
  ParameterGroup group;
  if (sign != std::string::npos) {
    group.name = text.substr(0, sign);
    for (std::size_t at = sign + 1; at <= text.size();) {
      const std::size_t comma = std::min(text.find(',', at), text.size());
      group.parameters.push_back(text.substr(at, comma - at));
      at = comma + 1;
    }
  }
  const auto empty = [](const std::string& name) { return name.empty(); };
  if (group.name.empty() || std::any_of(group.parameters.begin(), group.parameters.end(), empty)) {
    throw CLI::ValidationError(fmt::format("--group takes NAME=parameter,parameter, not '{}'", text));
  }
  return group;
}

experiment::MilestoneMeasure measure_of(const std::string& text) {
  if (text == "day") return experiment::MilestoneMeasure::day;
  if (text == "reached") return experiment::MilestoneMeasure::reached;
  throw CLI::ValidationError(fmt::format("--milestones takes day or reached, not '{}'", text));
}

/// "OUTCOME:max" or "OUTCOME:min".
void read_decision(const std::string& text, SensitivityOptions& options) {
  if (text.empty()) return;
  const std::size_t colon = text.rfind(':');
  const std::string direction = colon == std::string::npos ? std::string() : text.substr(colon + 1);
  if (colon == 0 || (direction != "max" && direction != "min")) {
    throw CLI::ValidationError(fmt::format("--value-of-information takes OUTCOME:max or OUTCOME:min, not '{}'", text));
  }
  options.decision = text.substr(0, colon);
  options.maximise = direction == "max";
}

/// Options that a method doesn't have.
void refuse_foreign(const SensitivityOptions& options, const CLI::App& command) {
  const bool given = options.method == Method::given;
  const std::pair<const char*, bool> wrong[] = {{"--samples", given},
                                                {"--set", given},
                                                {"--keep-runs", given},
                                                {"--dry-run", given},
                                                {"--max-events", given},
                                                {"--keep-every", given},
                                                {"--group", given},
                                                {"--groups", given},
                                                {"--levels", options.method != Method::morris},
                                                {"--second-order", options.method != Method::sobol},
                                                {"--value-of-information", !given}};
  for (const auto& [name, is_wrong] : wrong) {
    if (is_wrong && command.get_option(name)->count() > 0) {
      throw CLI::ValidationError(fmt::format("--method {} has no {}", method_name(options.method), name));
    }
  }
}

}  // namespace

/// Texts of options, until they are checked.
struct SensitivityGrammar::Texts {
  std::string method = "sobol", samples, levels = "4", groups, milestones = "day", decision, seed = "1", threads,
              max_events = "1e9", keep_every;
  std::vector<std::string> overrides, group;
  SensitivityOptions options;
};

SensitivityGrammar::SensitivityGrammar(CLI::App& program)
    : command_(program.add_subcommand("sensitivity", "Says which parameters an outcome depends on")),
      texts_(std::make_unique<Texts>()) {
  command_->footer(kSensitivityFooter);
  const auto text = [&](const char* name, std::string& value, const char* type, const char* description) {
    command_->add_option(name, value, description)->type_name(type);
  };
  const auto list = [&](const char* name, std::vector<std::string>& values, const char* description) {
    command_->add_option(name, values, description)->allow_extra_args(false)->type_name("TEXT");
  };
  Texts& t = *texts_;
  SensitivityOptions& o = t.options;
  command_->add_option("SCENARIO", o.subject, "The scenario file, or with --method given a study's directory")
      ->required();
  text("--method", t.method, "NAME", "sobol, morris, or given: from the runs that DIR holds (sobol)");
  text("-n,--samples", t.samples, "N", "Blocks of the Sobol' design (1024), or trajectories of Morris (50)");
  list("--outcome", o.outcomes, "Name or pattern of outcomes (milestones and the scenario's outcomes); repeatable");
  command_->add_flag("--second-order", o.second_order, "Sobol': pairs of parameters too, at nearly twice the runs");
  text("--levels", t.levels, "N", "Morris: levels of the grid, even (4)");
  list("--group", t.group, "NAME=a,b: parameters that move together; repeatable");
  text("--groups", t.groups, "source", "Groups the parameters by their source");
  text("--milestones", t.milestones, "KIND", "A milestone's day (its end if not reached), or reached: 0 or 1 (day)");
  text("--value-of-information", t.decision, "TEXT",
       "OUTCOME:max or OUTCOME:min: what knowing a parameter is worth for choosing an alternative");
  list("--set", t.overrides, "path=value, writes over a value of the file; repeatable");
  add_allow_path(*command_, t.overrides);
  text("--alternative", o.alternative, "NAME", "The scenario with this alternative's settings");
  text("--seed", t.seed, "N|random", "The seed (1)");
  text("--threads", t.threads, "N", "Threads (all that the machine has); the results don't depend on it");
  text("--max-events", t.max_events, "N", "A replication with more events than this fails (1e9)");
  text("-o,--output", o.directory, "DIR", "Where the files go (out/<name>-<method>, or DIR/given)");
  command_->add_flag("--overwrite", o.overwrite, kOverwriteWords);
  text("--keep-every", t.keep_every, "TIME", kKeepEveryWords);
  command_->add_flag("--keep-runs", o.keep_runs, "Keeps runs.csv and inputs.csv too");
  command_->add_flag("--json", o.json, "The indices on standard output as JSON");
  command_->add_flag("--dry-run", o.dry_run, "Only says what would be done, and about how long it takes");
  command_->add_flag("-q,--quiet", o.quiet, "No progress and no tables; only what is wrong");
}

SensitivityGrammar::~SensitivityGrammar() = default;

bool SensitivityGrammar::chosen() const {
  return command_->parsed();
}

SensitivityOptions SensitivityGrammar::options() const {
  const Texts& t = *texts_;
  SensitivityOptions o = t.options;
  o.method = method_of(t.method);
  refuse_foreign(o, *command_);
  const char* usual = o.method == Method::sobol ? "1024" : "50";
  o.samples = count_of("-n", t.samples.empty() ? usual : t.samples, 2, kMostRuns / 4);
  o.levels = count_of("--levels", t.levels, 2, 1000);
  if (o.levels % 2 != 0) throw CLI::ValidationError(fmt::format("--levels takes an even number, not {}", o.levels));
  for (const std::string& one : t.group) o.groups.push_back(group_of(one));
  if (!t.groups.empty() && t.groups != "source")
    throw CLI::ValidationError(
        fmt::format("--groups takes source, not '{}'; name groups with --group NAME=a,b", t.groups));
  o.group_by_source = !t.groups.empty();
  if (o.group_by_source && !o.groups.empty())
    throw CLI::ValidationError("--groups source and --group can't go together");
  if (o.alternative == "all" && o.method != Method::given)
    throw CLI::ValidationError("--alternative takes the name of one alternative here, not 'all'");
  o.milestones = measure_of(t.milestones);
  read_decision(t.decision, o);
  o.seed = seed_of(t.seed);
  o.max_events = count_of("--max-events", t.max_events, 1, 1'000'000'000'000'000);
  o.threads = threads_of(t.threads);
  o.keep_seconds = keep_seconds_of(t.keep_every);
  o.overrides = overrides_of(t.overrides);
  return o;
}

std::string method_name(Method method) {
  switch (method) {
    case Method::sobol:
      return "sobol";
    case Method::morris:
      return "morris";
    case Method::given:
      return "given";
  }
  return {};
}

}  // namespace materiel::cli
