#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <materiel/render/figure.h>
#include <materiel/scenario/override.h>
#include <materiel/study/run.h>

#include "cli/shared_options.h"

namespace materiel::cli {

/// What `run` and `compare` ask for.
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
  std::optional<study::ComparisonRequest> comparison;
  study::StoppingRule stop;
  bool extend = false;                ///< the study that the directory holds
  std::optional<study::Shard> shard;  ///< of `run`: a part of the study alone
};

/// The options that `run` and `compare` have in common, in the order of the help.
/// @param more  of the command alone; they stand behind the argument
[[nodiscard]] std::vector<Option> study_options(const std::vector<Option>& more);

/// The values of these; throws UsageError.
[[nodiscard]] RunOptions run_options_of(const GivenOptions& given);

/// What `run` and `compare` do.
/// @param words  the whole command line, for the record
int run_or_compare(const RunOptions& options, const std::vector<std::string>& words, Console& console);

struct PlotOptions {
  std::string directory;
  std::string alternative;                       ///< empty: the first; milestones then compare all
  std::vector<std::string> metrics, milestones;  ///< names or patterns; empty: a choice is made
  std::string out;                               ///< empty: figures in the directory
  render::FigureFormat format = render::FigureFormat::svg;
  bool keep_script = false, quiet = false;
};

}  // namespace materiel::cli
