#pragma once

#include <string>

namespace materiel::cli {

/// docs/reference/commands.md: every command with its options, defaults and examples, in Markdown.
[[nodiscard]] std::string command_reference();

}  // namespace materiel::cli
