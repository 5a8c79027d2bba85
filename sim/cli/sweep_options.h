#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <materiel/scenario/override.h>
#include <materiel/study/sweep_points.h>

#include "cli/console.h"

namespace materiel::cli {

struct SweepOptions {
  std::string scenario;
  study::SweepPlan plan;
  std::vector<scenario::Override> overrides;
  std::string alternative;            ///< empty: the file as it stands
  std::vector<std::string> outcomes;  ///< names or patterns for the table; empty: milestones and expressions
  std::uint64_t samples = 1000;       ///< at each point
  std::uint64_t replications = 1;     ///< per sample
  std::uint64_t seed = 1;
  std::uint64_t max_events = 1'000'000'000;  ///< per replication
  unsigned threads = 1;
  std::string directory;  ///< empty: out/<name of the scenario>-sweep
  bool no_series = false;
  double keep_seconds = 0;  ///< between two journal entries; 0: as often as costs little
  bool quiet = false, json = false, dry_run = false, overwrite = false;
};

/// @param words  the whole command line, for the record
int sweep_command(const SweepOptions& options, const std::vector<std::string>& words, Console& console);

}  // namespace materiel::cli
