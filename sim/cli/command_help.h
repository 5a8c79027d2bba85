#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/command.h"

namespace materiel::cli {

/// What `materiel --help` prints.
[[nodiscard]] std::string program_help();

/// What `materiel COMMAND --help` prints.
[[nodiscard]] std::string command_help(const Command& command);

/// "materiel run [OPTIONS] SCENARIO"
[[nodiscard]] std::string usage_line(const Command& command);

/// "-n, --samples", without the value.
[[nodiscard]] std::vector<std::string> option_spellings(const Option& option);

/// The default in words; empty if there is none to state.
[[nodiscard]] std::string default_words(const Option& option);

/// The sentence with what goes with it: "Replications of each sample (1)", "...; repeatable".
[[nodiscard]] std::string option_words(const Option& option);

/// The options under their headings, in the order of the help; --help is not among them.
[[nodiscard]] std::vector<std::pair<std::string_view, std::vector<Option>>> grouped_options(const Command& command);

/// The commands under their headings.
[[nodiscard]] std::vector<std::pair<std::string_view, std::vector<const Command*>>> grouped_commands();

/// The exit codes and what they mean.
[[nodiscard]] std::span<const std::pair<int, std::string_view>> exit_code_meanings();

inline constexpr std::string_view kProgramSentence =
    "Simulate production, shipment and stockpile depletion of materiel";
inline constexpr std::string_view kHelpSentence = "Print this help and exit";

}  // namespace materiel::cli
