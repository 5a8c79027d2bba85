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

/// The words of Option::choices.
[[nodiscard]] std::vector<std::string> choices_of(const Option& option);

}  // namespace materiel::cli
