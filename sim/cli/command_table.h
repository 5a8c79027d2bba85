#pragma once

#include <string_view>
#include <vector>

#include "cli/command.h"

namespace materiel::cli {

/// All commands, in the order of the help.
[[nodiscard]] const std::vector<Command>& command_table();

/// Null if there is none of that name.
[[nodiscard]] const Command* find_command(std::string_view name);

/// All options that a command takes: its own, then those of the command to which it passes words on.
[[nodiscard]] std::vector<Option> all_options(const Command& command);

}  // namespace materiel::cli
