#include "cli/sensitivity_options.h"

#include <algorithm>

#include <fmt/format.h>

#include "cli/option_values.h"
#include "cli/shared_options.h"

namespace materiel::cli {
namespace {

using Method = SensitivityOptions::Method;

Method method_of(const std::string& text) {
  for (const Method method : {Method::sobol, Method::morris, Method::given}) {
    if (text == method_name(method)) return method;
  }
  throw UsageError(fmt::format("--method takes sobol, morris or given, not '{}'", text));
}

/// "NAME=a,b,c"
study::ParameterGroup group_of(const std::string& text) {
  const std::size_t sign = text.find('=');
  study::ParameterGroup group;
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
    throw UsageError(fmt::format("--group takes NAME=parameter,parameter, not '{}'", text));
  }
  return group;
}

experiment::MilestoneMeasure measure_of(const std::string& text) {
  if (text == "day") return experiment::MilestoneMeasure::day;
  if (text == "reached") return experiment::MilestoneMeasure::reached;
  throw UsageError(fmt::format("--milestones takes day or reached, not '{}'", text));
}

/// "OUTCOME:max" or "OUTCOME:min".
void read_decision(const std::string& text, SensitivityOptions& options) {
  if (text.empty()) return;
  const std::size_t colon = text.rfind(':');
  const std::string direction = colon == std::string::npos ? std::string() : text.substr(colon + 1);
  if (colon == 0 || (direction != "max" && direction != "min")) {
    throw UsageError(fmt::format("--value-of-information takes OUTCOME:max or OUTCOME:min, not '{}'", text));
  }
  options.decision = text.substr(0, colon);
  options.maximise = direction == "max";
}

constexpr Option kSubject{.names = "SCENARIO",
                          .value = "TEXT",
                          .sentence = "Scenario file (TOML); with --method given the directory of a study",
                          .group = OptionGroup::arguments,
                          .required = true,
                          .completion = Completion::scenario};
constexpr Option kMethod{.names = "--method",
                         .value = "NAME",
                         .sentence = "sobol: Sobol' indices; morris: screening; given: from the runs of a study",
                         .default_value = "sobol",
                         .choices = "sobol,morris,given"};
constexpr Option kBlocks{.names = "-n,--samples",
                         .value = "N",
                         .sentence = "sobol: blocks of the design, best a power of two; morris: trajectories",
                         .default_in_words = "1024, of morris 50",
                         .group = OptionGroup::sampling};
constexpr Option kExplainedOutcomes =
    name_pattern("--outcome", "Name or pattern of outcomes or metrics", "milestones and the scenario's outcomes");
constexpr Option kSecondOrder{.names = "--second-order",
                              .value = {},
                              .sentence = "sobol: estimate pairs of parameters too, at nearly twice the runs"};
constexpr Option kLevels{
    .names = "--levels", .value = "N", .sentence = "morris: levels of the grid, an even number", .default_value = "4"};
constexpr Option kGroup{.names = "--group",
                        .value = "NAME=a,b",
                        .sentence = "sobol, morris: vary these parameters together",
                        .repeatable = true};
constexpr Option kGroups{.names = "--groups",
                         .value = "source",
                         .sentence = "sobol, morris: vary parameters with the same source together",
                         .choices = "source"};
constexpr Option kMilestoneMeasure{
    .names = "--milestones",
    .value = "KIND",
    .sentence = "Value of a milestone: its day (the last day if it was not reached), or reached: 1 or 0",
    .default_value = "day",
    .choices = "day,reached"};
constexpr Option kValueOfInformation{
    .names = "--value-of-information",
    .value = "OUTCOME:max|min",
    .sentence = "given: value of knowing each parameter before one of the study's alternatives is chosen"};
constexpr Option kSensitivityOutput = output_directory("out/NAME-METHOD, with --method given DIR/given");
constexpr Option kKeepRuns{
    .names = "--keep-runs", .value = {}, .sentence = "Keep runs.csv and inputs.csv too", .group = OptionGroup::output};
constexpr Option kIndicesAsJson = json_output("Print the indices on standard output as JSON");

/// Options that a method doesn't have.
void refuse_foreign(const SensitivityOptions& options, const GivenOptions& written) {
  const bool given = options.method == Method::given;
  const std::pair<const Option*, bool> wrong[] = {{&kBlocks, given},
                                                  {&kSet, given},
                                                  {&kKeepRuns, given},
                                                  {&kDryRun, given},
                                                  {&kMaxEvents, given},
                                                  {&kKeepEvery, given},
                                                  {&kGroup, given},
                                                  {&kGroups, given},
                                                  {&kLevels, options.method != Method::morris},
                                                  {&kSecondOrder, options.method != Method::sobol},
                                                  {&kValueOfInformation, !given}};
  for (const auto& [option, is_wrong] : wrong) {
    if (is_wrong && written.has(*option)) {
      const std::string_view names = option->names;
      throw UsageError(
          fmt::format("--method {} has no {}", method_name(options.method), names.substr(names.find("--"))));
    }
  }
}

void read_groups(const GivenOptions& given, SensitivityOptions& options) {
  for (const std::string& one : given.list(kGroup)) options.groups.push_back(group_of(one));
  const std::string groups = given.text(kGroups);
  if (!groups.empty() && groups != "source")
    throw UsageError(fmt::format("--groups takes source, not '{}'; name groups with --group NAME=a,b", groups));
  options.group_by_source = !groups.empty();
  if (options.group_by_source && !options.groups.empty())
    throw UsageError("--groups source and --group can't go together");
}

Action prepare_sensitivity(const GivenOptions& given) {
  SensitivityOptions options;
  options.method = method_of(given.text(kMethod));
  refuse_foreign(options, given);
  const std::string blocks = given.text(kBlocks), usual = options.method == Method::sobol ? "1024" : "50";
  options.samples = count_of("-n", blocks.empty() ? usual : blocks, 2, kMostRuns / 4);
  options.levels = count_of("--levels", given.text(kLevels), 2, 1000);
  if (options.levels % 2 != 0) throw UsageError(fmt::format("--levels takes an even number, not {}", options.levels));
  read_groups(given, options);
  options.alternative = options.method == Method::given ? given.text(kAlternative) : single_alternative_of(given);
  options.milestones = measure_of(given.text(kMilestoneMeasure));
  read_decision(given.text(kValueOfInformation), options);
  options.seed = seed_of(given);
  options.max_events = max_events_of(given);
  options.threads = threads_of(given);
  options.keep_seconds = keep_seconds_of(given);
  options.overrides = overrides_of(given);
  options.subject = given.text(kSubject);
  options.outcomes = given.list(kExplainedOutcomes);
  options.directory = given.text(kSensitivityOutput);
  options.second_order = given.flag(kSecondOrder);
  options.keep_runs = given.flag(kKeepRuns);
  options.quiet = given.flag(kQuiet);
  options.json = given.flag(kIndicesAsJson);
  options.dry_run = given.flag(kDryRun);
  options.overwrite = given.flag(kOverwrite);
  return [options](const auto& words, Console& console) { return sensitivity_command(options, words, console); };
}

}  // namespace

Command sensitivity_row() {
  return {.name = "sensitivity",
          .group = CommandGroup::studies,
          .one_line = "Estimate which uncertain parameters an outcome depends on",
          .options = {kSubject,
                      kMethod,
                      kExplainedOutcomes,
                      kSecondOrder,
                      kLevels,
                      kGroup,
                      kGroups,
                      kMilestoneMeasure,
                      kValueOfInformation,
                      kSet,
                      kAllowPath,
                      kAlternative,
                      kBlocks,
                      kSeed,
                      kSensitivityOutput,
                      kOverwrite,
                      kKeepRuns,
                      kIndicesAsJson,
                      kQuiet,
                      kThreads,
                      kMaxEvents,
                      kKeepEvery,
                      kDryRun},
          .examples = {{"materiel sensitivity scenario.toml --outcome milestone.empty",
                        "Sobol' indices: shares of the variance, with that of chance"},
                       {"materiel sensitivity scenario.toml --second-order --groups source", {}},
                       {"materiel sensitivity scenario.toml --method morris -n 100",
                        "screening: few runs for many parameters"},
                       {"materiel sensitivity out/study --method given", "from the runs of a study, without a new run"},
                       {"materiel sensitivity out/study --method given --value-of-information balance:max",
                        "which parameter is worth knowing before an alternative is chosen"}},
          .notes =
              "Writes sobol.csv (sobol_second.csv), morris.csv or given.csv (value_of_information.csv), and "
              "run.json. 'materiel plot' draws them.",
          .prepare = prepare_sensitivity};
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
