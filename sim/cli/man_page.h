#pragma once

#include <string>
#include <string_view>

#include "cli/command.h"

namespace materiel::cli {

/// materiel.1, in the macros of man(7).
[[nodiscard]] std::string program_man_page();

/// materiel-COMMAND.1
[[nodiscard]] std::string command_man_page(const Command& command);

/// "materiel-run.1"; without a command "materiel.1".
[[nodiscard]] std::string man_page_name(std::string_view command);

/// A text as roff shows it: no character of it is taken for a request, an escape or a hyphen.
[[nodiscard]] std::string roff_text(std::string_view text);

}  // namespace materiel::cli
