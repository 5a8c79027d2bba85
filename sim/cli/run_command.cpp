#include "cli/alternative_inputs.h"
#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/study_run.h"

namespace materiel::cli {

int run_command(const RunOptions& options, const std::vector<std::string>& words, Console& console) {
  if (options.quiet) console.be_quiet();
  if (!options.further.empty()) {
    std::vector<std::string> paths = {options.scenario};
    paths.insert(paths.end(), options.further.begin(), options.further.end());
    int code = kDone;
    const std::optional<AlternativeInputs> files = read_files(paths, options.overrides, console, code);
    return files ? run_study_command(options, files->inputs, words, console) : code;
  }
  const std::optional<AlternativeInputs> read =
      read_alternatives(options.scenario, options.overrides, options.alternatives, console);
  if (!read) return kUsage;
  console.show(read->diagnostics, read->source());
  if (!read->all_compiled()) return kInvalidScenario;
  return run_study_command(options, read->inputs, words, console);
}

}  // namespace materiel::cli
