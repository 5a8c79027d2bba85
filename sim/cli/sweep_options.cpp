#include "cli/sweep_options.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <materiel/stats/point_designs.h>

#include "cli/option_values.h"
#include "cli/shared_options.h"
#include "cli/varied_values.h"

namespace materiel::cli {
namespace {

using study::kMostPoints;
using study::SweepPlan;
using study::VariedPath;
using Kind = SweepPlan::Kind;
using Mistakes = std::vector<std::string>;

constexpr std::pair<const char*, Kind> kDesigns[] = {
    {"grid", Kind::grid}, {"lhs", Kind::lhs}, {"sobol", Kind::sobol}, {"random", Kind::random}};

/// @return whether it is one
bool read_design(const std::string& text, SweepPlan& plan, Mistakes& mistakes) {
  for (const auto& [name, kind] : kDesigns) {
    if (text == name) {
      plan.kind = kind;
      return true;
    }
  }
  plan.kind = Kind::file;
  plan.file = text;
  if (text.ends_with(".csv")) return true;
  mistakes.push_back(fmt::format("--design takes grid, lhs, sobol, random or a FILE.csv, not '{}'", text));
  return false;
}

/// The number of points of a grid, at most one too many.
std::size_t grid_size(const SweepPlan& plan) {
  std::size_t points = 1;
  for (const VariedPath& one : plan.varied)
    points = std::min(points * std::max<std::size_t>(one.levels.size(), 1), kMostPoints + 1);
  return points;
}

void check_grid(const SweepPlan& plan, Mistakes& mistakes) {
  for (const VariedPath& one : plan.varied) {
    if (one.levels.empty() && one.low < one.high)
      mistakes.push_back(fmt::format("--vary {}={}:{}: a grid needs a step ({}:{}:STEP) or a list", one.path, one.low,
                                     one.high, one.low, one.high));
  }
  if (grid_size(plan) > kMostPoints)
    mistakes.push_back(fmt::format("the grid has more than {} points, the most of a sweep", kMostPoints));
}

/// @param names_paths  whether something was to be varied, well written or not
void check_plan(const std::string& design, const std::string& points, bool names_paths, SweepPlan& plan,
                Mistakes& mistakes) {
  const bool counted = plan.kind == Kind::lhs || plan.kind == Kind::sobol || plan.kind == Kind::random;
  if (plan.kind == Kind::file && names_paths)
    mistakes.emplace_back("--vary and a file of points can't go together: its columns say what is varied");
  if (plan.kind != Kind::file && !names_paths)
    mistakes.emplace_back("nothing is varied: name it with --vary NAME=a:b:step, NAME=a:b or NAME=a,b,c");
  if (plan.kind == Kind::grid) check_grid(plan, mistakes);
  if (plan.kind == Kind::sobol && plan.varied.size() > stats::kMostSobolDimensions)
    mistakes.push_back(fmt::format("--design sobol varies at most {} values", stats::kMostSobolDimensions));
  if (counted && points.empty()) mistakes.push_back(fmt::format("--design {} needs --points N", design));
  if (!counted && !points.empty())
    mistakes.push_back(fmt::format("--points goes with lhs, sobol and random: {} has its own",
                                   plan.kind == Kind::file ? "a file" : "a grid"));
  if (plan.maximin && plan.kind != Kind::lhs) mistakes.emplace_back("--maximin goes with --design lhs");
}

constexpr Option kVary{
    .names = "--vary",
    .value = "NAME=VALUES",
    .sentence =
        "Vary a parameter, or a path as --set takes it: a:b:step (with both ends), a:b, or numbers or dates a,b,c",
    .repeatable = true};
constexpr Option kDesign{.names = "--design",
                         .value = "NAME",
                         .sentence =
                             "grid: all combinations, the last value changing fastest; lhs: Latin hypercube; "
                             "sobol: scrambled Sobol' points; random; or a FILE.csv of points",
                         .default_value = "grid",
                         .completion = Completion::file,
                         .choices = "grid,lhs,sobol,random"};
constexpr Option kPointCount{.names = "--points", .value = "N", .sentence = "Number of points of lhs, sobol or random"};
constexpr Option kMaximin{
    .names = "--maximin", .value = {}, .sentence = "lhs: maximise the smallest distance between points"};
constexpr Option kSweepSamples{.names = "-n,--samples",
                               .value = "N",
                               .sentence = "Samples of the uncertain parameters at each point",
                               .default_value = "1000",
                               .group = OptionGroup::sampling};
constexpr Option kSweepOutcomes =
    name_pattern("--outcome", "Name or pattern of outcomes in the table", "milestones and the scenario's outcomes");
constexpr Option kNoSeries{.names = "--no-series",
                           .value = {},
                           .sentence = "Write no series.csv, which has a row for each point, metric and date",
                           .group = OptionGroup::output};
constexpr Option kSweepOutput = output_directory("out/NAME-sweep");
constexpr Option kSweepAsJson = json_output("Print points and summary on standard output as JSON");

/// The plan and the values written over; throws UsageError with all that is wrong.
void read_plan(const GivenOptions& given, SweepOptions& options) {
  Mistakes mistakes;
  const std::string design = given.text(kDesign), points = given.text(kPointCount);
  const std::vector<std::string> vary = given.list(kVary);
  options.plan.varied = read_varied(vary, mistakes);
  if (read_design(design, options.plan, mistakes)) check_plan(design, points, !vary.empty(), options.plan, mistakes);
  options.overrides = overrides_of(given);
  for (const VariedPath& one : options.plan.varied) {
    const auto same = [&](const scenario::Override& set) { return study::full_path(set.path) == one.path; };
    if (std::any_of(options.overrides.begin(), options.overrides.end(), same))
      mistakes.push_back(fmt::format("{} is in --set and in --vary", one.path));
  }
  if (options.alternative == "all")
    mistakes.emplace_back("--alternative takes the name of one alternative here, not 'all'");
  if (!mistakes.empty()) throw UsageError(fmt::format("{}", fmt::join(mistakes, "\n")));
  if (!points.empty()) options.plan.points = count_of("--points", points, 1, kMostPoints);
}

Action prepare_sweep(const GivenOptions& given) {
  SweepOptions options;
  options.scenario = given.text(kScenario);
  options.alternative = given.text(kAlternative);
  options.outcomes = given.list(kSweepOutcomes);
  options.directory = given.text(kSweepOutput);
  options.no_series = given.flag(kNoSeries);
  options.quiet = given.flag(kQuiet);
  options.json = given.flag(kSweepAsJson);
  options.dry_run = given.flag(kDryRun);
  options.overwrite = given.flag(kOverwrite);
  options.plan.maximin = given.flag(kMaximin);
  read_plan(given, options);
  options.samples = count_of("-n", given.text(kSweepSamples), 1, kMostCount);
  options.replications = replications_of(given);
  options.seed = seed_of(given);
  options.plan.seed = options.seed;
  options.max_events = max_events_of(given);
  options.threads = threads_of(given);
  options.keep_seconds = keep_seconds_of(given);
  return [options](const auto& words, Console& console) { return sweep_command(options, words, console); };
}

}  // namespace

Command sweep_row() {
  return {.name = "sweep",
          .group = CommandGroup::studies,
          .one_line = "Run a scenario at many values of chosen parameters",
          .options = {kScenario,  kVary,        kDesign,       kPointCount,   kMaximin,   kSweepOutcomes, kSet,
                      kAllowPath, kAlternative, kSweepSamples, kReplications, kSeed,      kSweepOutput,   kOverwrite,
                      kNoSeries,  kSweepAsJson, kQuiet,        kThreads,      kMaxEvents, kKeepEvery,     kDryRun},
          .examples = {{"materiel sweep scenario.toml --vary slip=0:180:30", "a parameter, at seven values"},
                       {"materiel sweep scenario.toml --vary slip=0:180:30 --vary rate=80,100,120 -n 200",
                        "a grid of 21 points"},
                       {"materiel sweep scenario.toml --vary site.depot.stock.drone=50,100,200", "a path of the file"},
                       {"materiel sweep scenario.toml --vary slip=0:180 --design sobol --points 64", {}},
                       {"materiel sweep scenario.toml --design points.csv", "a column for a path, a row for a point"}},
          .notes =
              "Every point has the same seed (common random numbers), so that points differ by the varied values "
              "and not by chance. Writes points.csv, runs.csv, inputs.csv, summary.csv, milestones.csv, "
              "series.csv and run.json.",
          .prepare = prepare_sweep};
}

}  // namespace materiel::cli
