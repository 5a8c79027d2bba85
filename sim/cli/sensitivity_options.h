#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <materiel/experiment/sensitivity.h>
#include <materiel/scenario/override.h>
#include <materiel/study/sensitivity.h>

#include "cli/console.h"

namespace materiel::cli {

struct SensitivityOptions {
  enum class Method : std::uint8_t { sobol, morris, given };

  Method method = Method::sobol;
  std::string subject;  ///< the scenario, or of `given` a study's directory
  std::vector<scenario::Override> overrides;
  std::string alternative;            ///< empty: the file as it stands, or of `given` all of the study
  std::uint64_t samples = 0;          ///< blocks or trajectories
  std::uint64_t levels = 4;           ///< of Morris' grid
  std::vector<std::string> outcomes;  ///< names or patterns; empty: milestones and expressions
  std::vector<study::ParameterGroup> groups;
  bool group_by_source = false, second_order = false, keep_runs = false;
  experiment::MilestoneMeasure milestones = experiment::MilestoneMeasure::day;
  std::string decision;  ///< the outcome of --value-of-information; empty: none
  bool maximise = true;
  std::uint64_t seed = 1;
  std::uint64_t max_events = 1'000'000'000;
  unsigned threads = 1;
  std::string directory;    ///< empty: out/<name of the scenario>-<method>, or of `given` DIR/given
  double keep_seconds = 0;  ///< between two journal entries; 0: as often as costs little
  bool quiet = false, json = false, dry_run = false, overwrite = false;
};

/// @param words  the whole command line, for the record
int sensitivity_command(const SensitivityOptions& options, const std::vector<std::string>& words, Console& console);

/// "sobol", "morris" or "given".
[[nodiscard]] std::string method_name(SensitivityOptions::Method method);

}  // namespace materiel::cli
