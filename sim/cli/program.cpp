#include <exception>

#include <fmt/format.h>

#include "cli/build_facts.h"
#include "cli/command_line.h"
#include "cli/exit_codes.h"
#include "cli/interruption.h"
#include "cli/main.h"
#include "cli/ranks.h"

namespace materiel::cli {
namespace {

int obey(const std::vector<std::string>& words, Console& console) {
  const CommandLine line = read_command_line({words.begin() + 1, words.end()}, kVersion);
  if (!line.action) {
    if (line.exit_code == kDone) {
      console.print(line.text);
    } else {
      console.error(line.text);
    }
    return line.exit_code;
  }
  if (!line.command->on_every_rank && rank_of_this_process() != 0) return kDone;  // what isn't shared out is done once
  return line.action(words, console);
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
