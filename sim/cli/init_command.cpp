#include <filesystem>

#include <fmt/format.h>

#include <materiel/base/shell_words.h>
#include <materiel/base/text.h>
#include <materiel/store/new_file.h>

#include "cli/commands.h"
#include "cli/default_directory.h"
#include "cli/exit_codes.h"
#include "cli/interruption.h"
#include "cli/starter_scenario.h"

namespace materiel::cli {

int init_command(const InitOptions& options, Console& console) {
  if (options.file == "-") {
    console.print(starter_scenario());
    return kDone;
  }
  const Unbroken whole;
  const std::string trouble = store::write_new_file(options.file, starter_scenario());
  if (!trouble.empty()) {
    console.error(trouble);
    return kInternalError;
  }
  const std::string file = shell_word(path_argument(options.file));
  const std::string study = default_directory(std::filesystem::path(options.file).stem().string());
  console.print(
      fmt::format("{2} is a small scenario to change. Next:\n"
                  "  materiel check {0}      finds mistakes\n"
                  "  materiel explain {0}    draws the network, lists the assumptions\n"
                  "  materiel run {0}        runs it, into {1}\n"
                  "  materiel plot {1}    draws the results\n"
                  "Change it and run it again: {1} is always the latest study, and earlier ones are kept beside it.\n",
                  file, study, options.file));
  return kDone;
}

}  // namespace materiel::cli
