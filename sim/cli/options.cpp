#include "cli/options.h"

#include <algorithm>
#include <memory>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>

#include <materiel/base/spelling.h>

#include "cli/command_help.h"
#include "cli/course_grammar.h"
#include "cli/exit_codes.h"
#include "cli/option_checks.h"
#include "cli/option_values.h"

namespace materiel::cli {
namespace {

/// Texts of options, until they are checked.
struct OptionTexts {
  std::optional<std::string> samples;
  std::string replications = "1", seed = std::to_string(kDefaultSeed), threads, max_events = "1e9", format = "svg", run,
              keep_every, shard;
  std::vector<std::string> overrides;
};

render::FigureFormat format_of(const std::string& text) {
  using render::FigureFormat;
  for (const FigureFormat format : {FigureFormat::svg, FigureFormat::png, FigureFormat::pdf}) {
    if (text == render::format_name(format)) return format;
  }
  throw CLI::ValidationError(fmt::format("--format takes svg, png or pdf, not '{}'", text));
}

/// The command line's grammar; the addresses of its fields are known to CLI11.
class Grammar {
 public:
  explicit Grammar(const std::string& version) {
    app_.set_version_flag("--version", "materiel " + version);
    app_.get_formatter()->column_width(30);
    app_.footer(kProgramFooter);
    add_init();
    add_check();
    add_explain();
    add_run();
    add_compare();
    sweep_ = std::make_unique<SweepGrammar>(app_);
    sensitivity_ = std::make_unique<SensitivityGrammar>(app_);
    discover_ = std::make_unique<DiscoverGrammar>(app_);
    add_plot();
    add_replay();
    scale_ = std::make_unique<ScaleGrammar>(app_);
    schema_ = app_.add_subcommand("schema", "Prints a JSON Schema of scenario files, for editors");
    schema_->footer(kSchemaFooter);
    schema_->add_option("-o,--output", schema_options_.file, "The file (standard output)")->type_name("FILE");
    version_ = app_.add_subcommand("version", "Version, compiler, flags, libraries");
    for (CLI::App* command : app_.get_subcommands({})) command->fallthrough(false);
  }
  Grammar(const Grammar&) = delete;
  Grammar& operator=(const Grammar&) = delete;

  CLI::App& app() { return app_; }

  [[nodiscard]] Options options() {
    if (*run_) return checked_run();
    if (*compare_) return checked_comparison();
    if (sweep_->chosen()) return sweep_->options();
    if (sensitivity_->chosen()) return sensitivity_->options();
    if (discover_->chosen()) return discover_->options();
    if (*check_) {
      check_options_.overrides = overrides_of(texts_.overrides);
      return check_options_;
    }
    if (*plot_) {
      plot_options_.format = format_of(texts_.format);
      return plot_options_;
    }
    if (*explain_) {
      if (explain_options_.alternative == "all")
        throw CLI::ValidationError("--alternative takes the name of one alternative here, not 'all'");
      explain_options_.overrides = overrides_of(texts_.overrides);
      return explain_options_;
    }
    if (scale_->merge()) return scale_->merge_options();
    if (scale_->status()) return scale_->status_options();
    if (scale_->certify()) return scale_->certify_options();
    if (scale_->slurm()) return scale_->slurm_options();
    if (*init_) return init_options_;
    if (*schema_) return schema_options_;
    if (*replay_) {
      replay_options_.run = count_of("--run", texts_.run, 0, kMostRuns);
      return replay_options_;
    }
    return VersionOptions{};
  }

 private:
  void add_scenario(CLI::App& command, std::string& scenario) {
    command.add_option("SCENARIO", scenario, "The scenario file (TOML)")->required();
    add_list(command, "--set", texts_.overrides, "path=value, writes over a value of the file; repeatable");
    add_allow_path(command, texts_.overrides);
  }

  static void add_list(CLI::App& command, const std::string& name, std::vector<std::string>& list,
                       const std::string& description) {
    command.add_option(name, list, description)->allow_extra_args(false)->type_name("TEXT");
  }

  void add_run() {
    run_ = app_.add_subcommand("run", "Runs a Monte Carlo study of a scenario");
    run_->footer(kRunFooter);
    add_list(*run_, "--alternative", run_options_.alternatives,
             "An alternative of the file, 'base' or 'all'; repeatable");
    add_study(*run_);
  }

  void add_compare() {
    compare_ = app_.add_subcommand("compare", "Runs alternatives of a scenario and says in what they differ");
    compare_->footer(kCompareFooter);
    add_list(*compare_, "--alternative", run_options_.alternatives, "Two or more of them, or 'base' (all); repeatable");
    compare_->add_option("--reference", comparison_options_.reference, "Which the others are compared with (the first)")
        ->type_name("NAME");
    add_list(*compare_, "--outcome", comparison_options_.outcomes,
             "Name or pattern ('stock.*') of what to compare (milestones and outcomes); repeatable");
    course_.add_selection_to(*compare_);
    add_study(*compare_);
    compare_->add_option("FILES", run_options_.further, "Other scenario files, to compare files as they stand")
        ->type_name("TEXT");
  }

  void add_study(CLI::App& command) {
    RunOptions& o = run_options_;
    add_scenario(command, o.scenario);
    const auto add_text = [&](const std::string& name, std::string& text, const std::string& type,
                              const std::string& description) {
      command.add_option(name, text, description)->type_name(type);
    };
    command
        .add_option("-n,--samples", texts_.samples,
                    "Samples of the uncertain parameters (1000); with --precision or --budget the most of them (1e6)")
        ->type_name("N");
    add_text("--replications", texts_.replications, "N", "Replications of each sample (1)");
    add_text("--seed", texts_.seed, "N|random", fmt::format("The seed ({})", kDefaultSeed));
    add_text("--threads", texts_.threads, "N", "Threads (all that the machine has); the results don't depend on it");
    add_text("--max-events", texts_.max_events, "N", "A replication with more events than this fails (1e9)");
    add_text("-o,--output", o.directory, "DIR", "Where the files go (out/<name of the scenario>)");
    command.add_flag("--overwrite", o.overwrite, kOverwriteWords);
    course_.add_to(command);
    add_text("--keep-every", texts_.keep_every, "TIME", kKeepEveryWords);
    command.add_flag("--rerun-failed", o.rerun_failed,
                     "Runs the study in DIR again if its failed runs don't fail now: with more --max-events");
    add_text("--shard", texts_.shard, "I/K",
             "Only part I of K, into DIR/shard-I-of-K; 'materiel merge' puts them together");
    command.add_flag("--json", o.json, "The summary on standard output as JSON");
    command.add_flag("--dry-run", o.dry_run, "Only says what would be done, and about how long it takes");
    command.add_flag("-q,--quiet", o.quiet, "No progress and no tables; only what is wrong");
  }

  void add_check() {
    check_ = app_.add_subcommand("check", "Says all that is wrong with a scenario");
    check_->footer(kCheckFooter);
    add_scenario(*check_, check_options_.scenario);
    check_->add_flag("--json", check_options_.json, "The diagnostics on standard output as JSON");
  }

  void add_explain() {
    explain_ = app_.add_subcommand("explain", "Draws a scenario's network and lists its assumptions (needs Graphviz)");
    explain_->footer(kExplainFooter);
    add_scenario(*explain_, explain_options_.scenario);
    explain_->add_option("--alternative", explain_options_.alternative, "The scenario with this alternative's settings")
        ->type_name("NAME");
    explain_->add_option("-o,--output", explain_options_.directory, "Where the files go (out/<name>-explain)")
        ->type_name("DIR");
    explain_->add_flag("--json", explain_options_.json, "The register on standard output as JSON");
  }

  void add_init() {
    init_ = app_.add_subcommand("init", "Writes a small scenario with comments, to begin with");
    init_->footer(kInitFooter);
    auto* file = init_->add_option("FILE", init_options_.file, "The file; - is standard output (scenario.toml)");
    file->type_name("");
    init_->add_option("-o,--output", init_options_.file, "The same")->type_name("FILE")->excludes(file);
  }

  void add_plot() {
    plot_ = app_.add_subcommand("plot", "Draws figures of a study (needs gnuplot)");
    plot_->footer(kPlotFooter);
    PlotOptions& o = plot_options_;
    plot_->add_option("DIR", o.directory, "The directory that 'materiel run' wrote")->required();
    plot_->add_option("--alternative", o.alternative, "One alternative's figures alone (all are compared)")
        ->type_name("NAME");
    add_list(*plot_, "--metric", o.metrics, "Name or pattern ('stock.*') of metrics to draw; repeatable");
    add_list(*plot_, "--milestone", o.milestones, "Name or pattern of milestones to draw; repeatable");
    plot_->add_option("-o,--output,--out", o.out, "Where the figures go (DIR/figures)")->type_name("DIR");
    plot_->add_option("--format", texts_.format, "svg, png or pdf (svg)")->type_name("FORMAT");
    plot_->add_flag("--keep-script", o.keep_script, "Keeps gnuplot's scripts and numbers beside the figures");
    plot_->add_flag("-q,--quiet", o.quiet, "Only says what is wrong");
  }

  void add_replay() {
    replay_ = app_.add_subcommand("replay", "Runs one replication of a study again and writes its trace");
    replay_->footer(kReplayFooter);
    ReplayOptions& o = replay_options_;
    replay_->add_option("DIR", o.directory, "The directory that 'materiel run' wrote")->required();
    replay_->add_option("--run", texts_.run, "Number of the run, as in runs.csv")->type_name("N")->required();
    replay_->add_option("--alternative", o.alternative, "Whose run (base, or the first that was run)")
        ->type_name("NAME");
    replay_->add_option("-o,--output", o.output, "The trace (DIR/trace-N.csv)")->type_name("FILE");
    replay_->add_flag("--trace,!--no-trace", o.trace, "Whether the trace is written (it is)");
  }

  [[nodiscard]] static std::uint64_t usual_samples(const RunOptions& options) {
    constexpr std::uint64_t kUsual = 1000, kUsualMost = 1'000'000;
    const bool decided_later = options.course.is_open() && !options.course.selection;
    return decided_later ? std::min(kUsualMost, kMostRuns / options.replications) : kUsual;
  }

  [[nodiscard]] RunOptions checked_run() {
    RunOptions o = run_options_;
    o.replications = count_of("--replications", texts_.replications, 1, kMostCount);
    o.course = course_.options();
    o.samples = texts_.samples ? count_of("-n", *texts_.samples, 1, kMostCount) : usual_samples(o);
    if (o.samples > kMostRuns / o.replications) {
      throw CLI::ValidationError(
          fmt::format("{} samples with {} replications each are more than {} runs, the most that a study may have",
                      o.samples, o.replications, kMostRuns));
    }
    o.seed = seed_of(texts_.seed);
    o.max_events = count_of("--max-events", texts_.max_events, 1, 1'000'000'000'000'000);
    o.threads = threads_of(texts_.threads);
    o.keep_seconds = keep_seconds_of(texts_.keep_every);
    if (o.rerun_failed && (o.course.is_open() || o.course.extend || !texts_.shard.empty()))
      throw CLI::ValidationError(
          "--rerun-failed is for a study with a number of samples (-n): without --precision, --budget, --select, "
          "--extend, --shard");
    if (o.overwrite && (o.course.extend || o.rerun_failed))
      throw CLI::ValidationError("--overwrite replaces a study: it doesn't go with --extend or --rerun-failed");
    o.overrides = overrides_of(texts_.overrides);
    if (!texts_.shard.empty()) check_shard(o);
    return o;
  }

  void check_shard(RunOptions& o) const {
    o.shard = read_shard(texts_.shard);
    if (!o.shard) {
      throw CLI::ValidationError(
          fmt::format("--shard takes I/K, I from 1 to K and K at most {}, not '{}'", kMostShards, texts_.shard));
    }
    if (o.course.is_open() || o.course.extend)
      throw CLI::ValidationError(
          "--shard divides a number of samples (-n); it doesn't go with --precision, --budget, "
          "--select or --extend");
  }

  [[nodiscard]] RunOptions checked_comparison() {
    RunOptions o = checked_run();
    if (!o.further.empty() && !o.alternatives.empty())
      throw CLI::ValidationError("several files are compared as they stand; --alternative goes with one file");
    if (o.alternatives.empty()) o.alternatives = {"all"};
    o.comparison = comparison_options_;
    return o;
  }

  CLI::App app_{"Simulates production, shipment and stockpile depletion of materiel.", "materiel"};
  CLI::App *run_ = nullptr, *compare_ = nullptr, *check_ = nullptr, *plot_ = nullptr, *explain_ = nullptr,
           *init_ = nullptr, *replay_ = nullptr, *schema_ = nullptr, *version_ = nullptr;
  std::unique_ptr<SweepGrammar> sweep_;
  std::unique_ptr<SensitivityGrammar> sensitivity_;
  std::unique_ptr<DiscoverGrammar> discover_;
  std::unique_ptr<ScaleGrammar> scale_;
  OptionTexts texts_;
  RunOptions run_options_;
  CourseGrammar course_;
  ComparisonOptions comparison_options_;
  CheckOptions check_options_;
  PlotOptions plot_options_;
  ExplainOptions explain_options_;
  InitOptions init_options_{"scenario.toml"};
  SchemaOptions schema_options_;
  ReplayOptions replay_options_;
};

std::vector<std::string> command_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands({})) names.push_back(command->get_name());
  return names;
}

std::vector<std::string> option_names(const CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    for (const std::string& name : option->get_snames()) names.push_back("-" + name);
  }
  return names;
}

/// What is wrong with the first word that nothing takes.
std::string unexpected(const CLI::App& app) {
  const std::vector<std::string> before = app.remaining(false), all = app.remaining(true);
  const std::vector<CLI::App*> chosen = app.get_subcommands();
  if (all.empty()) return "unexpected arguments";
  const std::string& word = before.empty() ? all.front() : before.front();
  if (!chosen.empty() && !before.empty() && word.starts_with('-')) {
    const std::vector<std::string> known = option_names(*chosen.front());
    const std::string option = word.substr(0, word.find('='));
    if (std::find(known.begin(), known.end(), option) != known.end())
      return fmt::format("{0} stands before the command: write 'materiel {1} ... {0}'", option,
                         chosen.front()->get_name());
  }
  if (chosen.empty() && !word.starts_with('-')) {
    return fmt::format("unknown command '{}'{}", word, did_you_mean(word, command_names(app)));
  }
  if (!word.starts_with('-')) return fmt::format("'{}' is one argument too many", word);
  const std::string name = word.substr(0, word.find('='));
  return fmt::format("unknown option '{}'{}", name,
                     did_you_mean(name, option_names(chosen.empty() ? app : *chosen.front())));
}

CommandLine usage_error(const CLI::App& app, const std::string& what) {
  const std::vector<CLI::App*> chosen = app.get_subcommands();
  const std::string command = chosen.empty() ? std::string() : " " + chosen.front()->get_name();
  return {{}, fmt::format("{}\nTry 'materiel{} --help'.", what, command), kUsage};
}

}  // namespace

CommandLine read_command_line(const std::vector<std::string>& words, const std::string& version) {
  Grammar grammar(version);
  CLI::App& app = grammar.app();
  try {
    app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
    if (app.get_subcommands().empty()) return {{}, app.help(), kUsage};
    return {grammar.options(), {}, kDone};
  } catch (const CLI::CallForHelp&) {
    return {{}, app.help(), kDone};
  } catch (const CLI::CallForVersion& asked) {
    return {{}, std::string(asked.what()) + "\n", kDone};
  } catch (const CLI::ExtrasError&) {
    return usage_error(app, unexpected(app));
  } catch (const CLI::ParseError& error) {
    return usage_error(app, error.what());
  }
}

}  // namespace materiel::cli
