#pragma once

#include <string>
#include <vector>

#include "cli/command.h"

namespace materiel::cli {

/// Scripts by which shells complete commands, options, their choices, files and directories. They are complete in
/// themselves: a shell starts the program only to run it.
[[nodiscard]] std::string bash_completion();
[[nodiscard]] std::string zsh_completion();
[[nodiscard]] std::string fish_completion();

/// All options that a command takes: its own, then those of the command to which it passes words on.
[[nodiscard]] std::vector<Option> completed_options(const Command& command);

/// The words of Option::choices.
[[nodiscard]] std::vector<std::string> choices_of(const Option& option);

}  // namespace materiel::cli
