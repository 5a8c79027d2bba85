#pragma once

#include <string>
#include <vector>

#include "cli/command.h"

namespace materiel::cli {

/// What became of the command line: a command that is ready to run, or a text to show and the code to exit with.
struct CommandLine {
  const Command* command = nullptr;
  GivenOptions given;
  Action action;     ///< empty if there is a text
  std::string text;  ///< help, or what is wrong
  int exit_code = 0;
};

/// Reads the command line.
/// @param words    without the program's name
/// @param version  for --version
[[nodiscard]] CommandLine read_command_line(const std::vector<std::string>& words, const std::string& version);

}  // namespace materiel::cli
