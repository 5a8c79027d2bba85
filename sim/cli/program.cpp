#include <exception>

#include <fmt/format.h>

#include <materiel/cli/main.h>

#include "cli/build_facts.h"
#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/interruption.h"
#include "cli/ranks.h"

namespace materiel::cli {
namespace {

int obey(const std::vector<std::string>& words, Console& console) {
  const CommandLine line = read_command_line({words.begin() + 1, words.end()}, kVersion);
  if (!line.options) {
    if (line.exit_code == kDone) {
      console.print(line.text);
    } else {
      console.error(line.text);
    }
    return line.exit_code;
  }
  if (const auto* run = std::get_if<RunOptions>(&*line.options)) return run_command(*run, words, console);
  if (rank_of_this_process() != 0) return kDone;  // what isn't shared out is done once
  if (const auto* merge = std::get_if<MergeOptions>(&*line.options)) return merge_command(*merge, words, console);
  if (const auto* status = std::get_if<StatusOptions>(&*line.options)) return status_command(*status, console);
  if (const auto* certify = std::get_if<CertifyOptions>(&*line.options)) return certify_command(*certify, console);
  if (const auto* slurm = std::get_if<SlurmOptions>(&*line.options)) return slurm_command(*slurm, console);
  if (const auto* sweep = std::get_if<SweepOptions>(&*line.options)) return sweep_command(*sweep, words, console);
  if (const auto* sensitivity = std::get_if<SensitivityOptions>(&*line.options))
    return sensitivity_command(*sensitivity, words, console);
  if (const auto* discover = std::get_if<DiscoverOptions>(&*line.options))
    return discover_command(*discover, words, console);
  if (const auto* check = std::get_if<CheckOptions>(&*line.options)) return check_command(*check, console);
  if (const auto* plot = std::get_if<PlotOptions>(&*line.options)) return plot_command(*plot, console);
  if (const auto* explain = std::get_if<ExplainOptions>(&*line.options)) return explain_command(*explain, console);
  if (const auto* init = std::get_if<InitOptions>(&*line.options)) return init_command(*init, console);
  if (const auto* schema = std::get_if<SchemaOptions>(&*line.options)) return schema_command(*schema, console);
  if (const auto* replay = std::get_if<ReplayOptions>(&*line.options)) return replay_command(*replay, console);
  return version_command(console);
}

}  // namespace

int run_program(int argc, char** argv) {
  fill_standard_descriptors();
  Console console;
  ignore_write_signals();
  const SignalWatch signals;
  try {
    std::vector<std::string> words(argv, argv + argc);
    if (words.empty()) words.emplace_back("materiel");
    const int code = obey(words, console);
    return console.flush() ? code : kInternalError;
  } catch (const std::bad_alloc&) {
    console.error("out of memory");
  } catch (const std::exception& failure) {
    console.error(fmt::format("internal error: {}", failure.what()));
  }
  return kInternalError;
}

}  // namespace materiel::cli
