#pragma once

#include <string>
#include <vector>

#include "cli/console.h"
#include "cli/options.h"

/// One function a command; each returns the exit code of the program.
namespace materiel::cli {

/// @param words  the whole command line, for the record
int run_command(const RunOptions& options, const std::vector<std::string>& words, Console& console);
int merge_command(const MergeOptions& options, const std::vector<std::string>& words, Console& console);
int status_command(const StatusOptions& options, Console& console);
int certify_command(const CertifyOptions& options, Console& console);
int slurm_command(const SlurmOptions& options, Console& console);
int sweep_command(const SweepOptions& options, const std::vector<std::string>& words, Console& console);
int sensitivity_command(const SensitivityOptions& options, const std::vector<std::string>& words, Console& console);
int discover_command(const DiscoverOptions& options, const std::vector<std::string>& words, Console& console);
int check_command(const CheckOptions& options, Console& console);
int plot_command(const PlotOptions& options, Console& console);
int explain_command(const ExplainOptions& options, Console& console);
int init_command(const InitOptions& options, Console& console);
int schema_command(const SchemaOptions& options, Console& console);
int replay_command(const ReplayOptions& options, Console& console);
int version_command(Console& console);

}  // namespace materiel::cli
