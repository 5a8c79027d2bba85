#include <filesystem>

#include <fmt/format.h>

#include <materiel/report/new_file.h>

#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/starter_scenario.h"

namespace materiel::cli {

int init_command(const InitOptions& options, Console& console) {
  if (options.file == "-") {
    console.print(starter_scenario());
    return kDone;
  }
  const std::string trouble = report::write_new_file(options.file, starter_scenario());
  if (!trouble.empty()) {
    console.error(trouble);
    return kInternalError;
  }
  console.print(
      fmt::format("{0} is a small scenario to change. Next:\n"
                  "  materiel check {0}      finds mistakes\n"
                  "  materiel explain {0}    draws the network, lists the assumptions\n"
                  "  materiel run {0}        runs it, into out/{1}\n"
                  "  materiel plot out/{1}    draws the results\n",
                  options.file, std::filesystem::path(options.file).stem().string()));
  return kDone;
}

}  // namespace materiel::cli
