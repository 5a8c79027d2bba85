#include "cli/sweep_options.h"

#include <algorithm>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <materiel/stats/point_designs.h>

#include "cli/command_help.h"
#include "cli/option_checks.h"
#include "cli/option_values.h"

namespace materiel::cli {
namespace {

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

std::string design_words(const std::string& design, const std::vector<std::string>& vary, const SweepPlan& plan) {
  std::string text = "sweep --design " + (plan.kind == Kind::file ? "file" : design);
  if (plan.points > 0) text += fmt::format(" --points {}", plan.points);
  if (plan.maximin) text += " --maximin";
  for (const std::string& one : vary) text += " --vary " + one;
  return text;
}

}  // namespace

/// Texts of options, until they are checked.
struct SweepGrammar::Texts {
  std::string design = "grid", points, samples = "1000", replications = "1", seed = "1", threads, max_events = "1e9",
              keep_every;
  std::vector<std::string> overrides, vary;
  SweepOptions options;
};

SweepGrammar::SweepGrammar(CLI::App& program)
    : command_(program.add_subcommand("sweep", "Runs a scenario at many values of what is chosen to vary")),
      texts_(std::make_unique<Texts>()) {
  command_->footer(kSweepFooter);
  const auto text = [&](const char* name, std::string& value, const char* type, const char* description) {
    command_->add_option(name, value, description)->type_name(type);
  };
  const auto list = [&](const char* name, std::vector<std::string>& values, const char* description) {
    command_->add_option(name, values, description)->allow_extra_args(false)->type_name("TEXT");
  };
  Texts& t = *texts_;
  SweepOptions& o = t.options;
  command_->add_option("SCENARIO", o.scenario, "The scenario file (TOML)")->required();
  list("--vary", t.vary, "NAME=a:b:step, a:b or a,b,c: a parameter or a path as --set takes it; repeatable");
  text("--design", t.design, "NAME", "grid, lhs, sobol, random, or a FILE.csv of points (grid)");
  text("--points", t.points, "N", "Points of lhs, sobol or random");
  command_->add_flag("--maximin", o.plan.maximin, "lhs: points that keep apart");
  text("-n,--samples", t.samples, "N", "Samples of the uncertain parameters at each point (1000)");
  text("--replications", t.replications, "N", "Replications of each sample (1)");
  list("--outcome", o.outcomes, "Name or pattern of outcomes in the table (milestones and outcomes); repeatable");
  command_->add_flag("--no-series", o.no_series, "Leaves series.csv out, which has a row a point, metric and date");
  list("--set", t.overrides, "path=value, writes over a value of the file; repeatable");
  add_allow_path(*command_, t.overrides);
  text("--alternative", o.alternative, "NAME", "The scenario with this alternative's settings");
  text("--seed", t.seed, "N|random", "The seed (1)");
  text("--threads", t.threads, "N", "Threads (all that the machine has); the results don't depend on it");
  text("--max-events", t.max_events, "N", "A replication with more events than this fails (1e9)");
  text("-o,--output", o.directory, "DIR", "Where the files go (out/<name>-sweep)");
  command_->add_flag("--overwrite", o.overwrite, kOverwriteWords);
  text("--keep-every", t.keep_every, "TIME", kKeepEveryWords);
  command_->add_flag("--json", o.json, "Points and summary on standard output as JSON");
  command_->add_flag("--dry-run", o.dry_run, "Only says what would be done, and about how long it takes");
  command_->add_flag("-q,--quiet", o.quiet, "No progress and no tables; only what is wrong");
}

SweepGrammar::~SweepGrammar() = default;

bool SweepGrammar::chosen() const {
  return command_->parsed();
}

SweepOptions SweepGrammar::options() const {
  const Texts& t = *texts_;
  SweepOptions o = t.options;
  Mistakes mistakes;
  o.plan.varied = read_varied(t.vary, mistakes);
  if (read_design(t.design, o.plan, mistakes)) check_plan(t.design, t.points, !t.vary.empty(), o.plan, mistakes);
  o.overrides = overrides_of(t.overrides);
  for (const VariedPath& one : o.plan.varied) {
    const auto same = [&](const scenario::Override& set) { return full_path(set.path) == one.path; };
    if (std::any_of(o.overrides.begin(), o.overrides.end(), same))
      mistakes.push_back(fmt::format("{} is in --set and in --vary", one.path));
  }
  if (o.alternative == "all") mistakes.emplace_back("--alternative takes the name of one alternative here, not 'all'");
  if (!mistakes.empty()) throw CLI::ValidationError(fmt::format("{}", fmt::join(mistakes, "\n")));
  if (!t.points.empty()) o.plan.points = count_of("--points", t.points, 1, kMostPoints);
  o.samples = count_of("-n", t.samples, 1, kMostCount);
  o.replications = count_of("--replications", t.replications, 1, kMostCount);
  o.seed = seed_of(t.seed);
  o.plan.seed = o.seed;
  o.max_events = count_of("--max-events", t.max_events, 1, 1'000'000'000'000'000);
  o.threads = threads_of(t.threads);
  o.keep_seconds = keep_seconds_of(t.keep_every);
  o.design = design_words(t.design, t.vary, o.plan);
  if (o.no_series) o.design += " --no-series";
  return o;
}

}  // namespace materiel::cli
