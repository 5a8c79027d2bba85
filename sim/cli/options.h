#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <materiel/render/figure.h>
#include <materiel/scenario/parse.h>

#include "cli/course_options.h"
#include "cli/discover_options.h"
#include "cli/scale_options.h"
#include "cli/sensitivity_options.h"
#include "cli/shard.h"
#include "cli/sweep_options.h"

namespace materiel::cli {

/// The seed of those who don't name one: studies are repeatable by default.
inline constexpr std::uint64_t kDefaultSeed = 1;

/// What `compare` asks for beyond `run`.
struct ComparisonOptions {
  std::string reference;              ///< an alternative; empty: the first
  std::vector<std::string> outcomes;  ///< names or patterns; empty: milestones and expressions
};

struct RunOptions {
  std::string scenario;
  std::vector<std::string> further;  ///< files that `compare` compares the scenario with
  std::vector<scenario::Override> overrides;
  std::vector<std::string> alternatives;  ///< names, "base" or "all"; empty: the base
  std::uint64_t samples = 1000;
  std::uint64_t replications = 1;  ///< per sample
  std::uint64_t seed = kDefaultSeed;
  std::uint64_t max_events = 1'000'000'000;  ///< per replication
  unsigned threads = 1;
  std::string directory;    ///< empty: out/<name of the scenario>
  double keep_seconds = 0;  ///< between two journal entries; 0: as often as costs little
  bool quiet = false, json = false, dry_run = false;
  bool overwrite = false;     ///< another study that the directory holds
  bool rerun_failed = false;  ///< a study that the directory holds
  std::optional<ComparisonOptions> comparison;
  CourseOptions course;
  std::optional<Shard> shard;       ///< of `run`: a part of the study alone
  std::vector<std::string> shards;  ///< of `merge`: the directories of all parts, to be put together
};

struct CheckOptions {
  std::string scenario;
  std::vector<scenario::Override> overrides;
  bool json = false;
};

struct PlotOptions {
  std::string directory;
  std::string alternative;                       ///< empty: the first; milestones then compare all
  std::vector<std::string> metrics, milestones;  ///< names or patterns; empty: a choice is made
  std::string out;                               ///< empty: figures in the directory
  render::FigureFormat format = render::FigureFormat::svg;
  bool keep_script = false, quiet = false;
};

struct ExplainOptions {
  std::string scenario;
  std::vector<scenario::Override> overrides;
  std::string alternative;  ///< empty: the file as it stands
  std::string directory;    ///< empty: out/<name of the scenario>-explain
  bool json = false;
};

struct InitOptions {
  std::string file;  ///< "-": standard output
};

struct SchemaOptions {
  std::string file;  ///< empty: standard output
};

struct ReplayOptions {
  std::string directory;
  std::uint64_t run = 0;
  std::string alternative;  ///< empty: the base, or the first if that was not run
  std::string output;       ///< empty: DIR/trace-RUN.csv, or DIR/trace-ALTERNATIVE-RUN.csv
  bool trace = true;        ///< whether it is written
};

struct VersionOptions {};

using Options = std::variant<RunOptions, MergeOptions, StatusOptions, CertifyOptions, SlurmOptions, SweepOptions,
                             SensitivityOptions, DiscoverOptions, CheckOptions, PlotOptions, ReplayOptions,
                             ExplainOptions, InitOptions, SchemaOptions, VersionOptions>;

/// What became of the command line: options, or a text to show and the code to exit with.
struct CommandLine {
  std::optional<Options> options;
  std::string text;  ///< help, or what is wrong
  int exit_code = 0;
};

/// Reads the command line.
/// @param words    without the program's name
/// @param version  for --version
[[nodiscard]] CommandLine read_command_line(const std::vector<std::string>& words, const std::string& version);

}  // namespace materiel::cli
