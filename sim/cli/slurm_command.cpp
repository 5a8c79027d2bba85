#include <algorithm>
#include <filesystem>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <materiel/base/names.h>
#include <materiel/base/shell_words.h>
#include <materiel/base/text.h>
#include <materiel/store/new_file.h>
#include <materiel/study/load.h>
#include <materiel/study/shard.h>

#include "cli/build_facts.h"
#include "cli/command_line.h"
#include "cli/default_directory.h"
#include "cli/exit_codes.h"
#include "cli/interruption.h"
#include "cli/options.h"
#include "cli/shared_options.h"
#include "cli/show_loaded.h"

namespace materiel::cli {
namespace {

struct SlurmOptions {
  std::vector<std::string> run;  ///< what follows `materiel run`
  std::uint64_t shards = 1;
  unsigned threads = 1;  ///< of each task
  std::string time, partition, script;
};

/// "-oDIR" in one word.
bool is_short_output(const std::string& word) {
  return word.size() > 2 && word.starts_with("-o") && word[2] != '-';
}

/// A path in a pattern of Slurm's for the names of logs.
std::string log_path(const std::string& path) {
  std::string text;
  for (const char one : path) text += one == '%' ? std::string("%%") : std::string(1, one);
  return text;
}

/// The script: run by bash it submits itself and the merge behind it; run by Slurm it does one task.
std::string script_of(const SlurmOptions& options, const RunOptions& run, const std::string& name,
                      const std::string& directory, const std::string& program) {
  std::string words;
  for (std::size_t i = 0; i < options.run.size(); ++i) {  // where the files go is said below
    if (options.run[i] == "-o" || options.run[i] == "--output") {
      ++i;
    } else if (!options.run[i].starts_with("--output=") && !is_short_output(options.run[i])) {
      words += " " + shell_word(options.run[i]);
    }
  }
  std::string head =
      fmt::format("#!/bin/bash\n#SBATCH --job-name={}\n#SBATCH --array=1-{}\n#SBATCH --cpus-per-task={}\n", name,
                  options.shards, options.threads);
  if (!options.time.empty()) head += fmt::format("#SBATCH --time={}\n", options.time);
  if (!options.partition.empty()) head += fmt::format("#SBATCH --partition={}\n", options.partition);
  const std::string partition =
      options.partition.empty() ? std::string() : " --partition=" + shell_word(options.partition);
  const std::string logs = shell_word(directory + "-slurm"), pattern = shell_word(log_path(directory + "-slurm"));
  const std::string merge =
      fmt::format("{} merge {}{}", shell_word(program), shell_word(directory), run.overwrite ? " --overwrite" : "");
  return head +
         fmt::format(
             "#SBATCH --output={10}/task-%a.log\n#SBATCH --open-mode=append\n#SBATCH --requeue\n"
             "#SBATCH --signal=B:TERM@60\n"
             "# materiel {1}: {2} samples in {3} shards, then merged. Submit it with: bash THIS-SCRIPT\n"
             "# A task that ends early (requeued, time limit) is resumed when it is started again. The merge checks\n"
             "# that all tasks are complete; failed runs don't keep it back.\n"
             "set -eu\n"
             "if [ -z \"${{SLURM_ARRAY_TASK_ID:-}}\" ]; then\n"
             "  mkdir -p {9}\n"
             "  job=$(sbatch --parsable \"$0\")\n"
             "  sbatch --parsable --dependency=\"afterany:$job\" --job-name={4}-merge{5} --output={10}/merge.log "
             "\\\n"
             "    --wrap={6}\n"
             "  exit\n"
             "fi\n"
             "exec {7} run{8} --shard \"$SLURM_ARRAY_TASK_ID/{3}\" --threads \"$SLURM_CPUS_PER_TASK\" -q -o {0}\n",
             shell_word(directory), kVersion, run.samples, options.shards, name, partition, shell_word(merge),
             shell_word(program), words, logs, pattern);
}

int slurm_command(const SlurmOptions& options, Console& console) {
  std::vector<std::string> words = {"run", "--shard", fmt::format("1/{}", options.shards)};
  words.insert(words.end(), options.run.begin(), options.run.end());
  const CommandLine line = read_command_line(words, kVersion);
  if (!line.action) {
    console.error(line.text);
    return line.exit_code == kDone ? kUsage : line.exit_code;
  }
  const RunOptions run = run_options_of(line.given);
  int code = kDone;
  const auto scenario = show_loaded(study::load(run.scenario, {run.alternatives, run.overrides}), console, code);
  if (!scenario) return code;
  // A scenario's name is a stranger's text: only a plain word of it comes into the script.
  const std::string name = path_word(scenario->first().spec->name);
  const std::string directory = run.directory.empty() ? default_directory(name) : path_argument(run.directory);
  for (const std::string& text : {directory, options.time, options.partition}) {  // they stand in lines of Slurm's own
    if (is_printable(text) && text.find_first_of("\n\t") == std::string::npos) continue;
    console.error(fmt::format("a script of Slurm can't have control characters in '{}'", text));
    return kUsage;
  }
  if (directory.find('\\') != std::string::npos) {
    console.error("Slurm writes no logs beside a directory whose name has a backslash: choose another with -o");
    return kUsage;
  }
  std::error_code ignored;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", ignored);
  const std::string text = script_of(options, run, name, directory, program.string());
  if (options.script.empty()) {
    console.print(text);
    return kDone;
  }
  const Unbroken whole;
  const std::string error = store::write_new_file(options.script, text);
  if (!error.empty()) {
    console.error(error);
    return kInternalError;
  }
  console.info(fmt::format("{} is written, and submitted by: bash {}", options.script,
                           shell_word(path_argument(options.script))));
  return kDone;
}

constexpr Option kTasks{.names = "--shards",
                        .value = "K",
                        .sentence = "Tasks of the array, each of which runs a shard",
                        .default_value = "10",
                        .group = OptionGroup::execution};
constexpr Option kCpus{.names = "--cpus",
                       .value = "N",
                       .sentence = "Threads of each task",
                       .default_value = "1",
                       .group = OptionGroup::execution};
constexpr Option kTimeLimit{.names = "--time",
                            .value = "TIME",
                            .sentence = "Time limit of a task, as Slurm takes it",
                            .group = OptionGroup::execution};
constexpr Option kPartition{
    .names = "--partition", .value = "NAME", .sentence = "Partition of Slurm", .group = OptionGroup::execution};
constexpr Option kScript{.names = "--script",
                         .value = "FILE",
                         .sentence = "File for the script; an existing file is never overwritten",
                         .default_in_words = "standard output",
                         .group = OptionGroup::output,
                         .completion = Completion::file};

Action prepare_slurm(const GivenOptions& given) {
  constexpr std::uint64_t kMostCpus = 4096;
  const SlurmOptions options{given.passed_on(),
                             count_of("--shards", given.text(kTasks), 1, study::kMostShards),
                             static_cast<unsigned>(count_of("--cpus", given.text(kCpus), 1, kMostCpus)),
                             given.text(kTimeLimit),
                             given.text(kPartition),
                             given.text(kScript)};
  return [options](const auto&, Console& console) { return slurm_command(options, console); };
}

}  // namespace

Command slurm_row() {
  return {.name = "slurm",
          .group = CommandGroup::scale,
          .one_line = "Write a batch script that runs a study in shards under Slurm",
          .options = {kTasks, kCpus, kTimeLimit, kPartition, kScript},
          .examples = {{"materiel slurm scenario.toml -n 1e6 --shards 100 --cpus 8 --time 2:00:00 "
                        "--script study.sh",
                        "then submit it with: bash study.sh"}},
          .notes =
              "Takes a scenario and the options of run. The script submits an array of shards and the merge that "
              "follows it.",
          .passes_to = "run",
          .prepare = prepare_slurm};
}

}  // namespace materiel::cli
