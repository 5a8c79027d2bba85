#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/command_help.h"
#include "cli/command_table.h"
#include "cli/completion_script.h"

namespace materiel::cli {
namespace {

/// A text within single quotes of fish, in which a backslash and a quote have a backslash in front.
std::string fish_quoted(std::string_view text) {
  std::string quoted = "'";
  for (const char one : text) {
    if (one == '\'' || one == '\\') quoted += '\\';
    quoted += one;
  }
  return quoted + "'";
}

/// What completes a value, as further words of `complete`.
std::string fish_values(const Option& option) {
  const std::string choices = fmt::format("{}", fmt::join(choices_of(option), " "));
  switch (option.completion) {
    case Completion::scenario:
      return " -a '(__fish_complete_suffix .toml)'";
    case Completion::directory:
      return " -a '(__fish_complete_directories)'";
    case Completion::file:
      return choices.empty() ? " -F" : fmt::format(" -F -a '{}'", choices);
    case Completion::nothing:
      break;
  }
  return choices.empty() ? std::string() : fmt::format(" -a '{}'", choices);
}

std::string fish_line(const Option& option, const std::string& condition) {
  std::string text = "complete -c materiel" + condition;
  if (option.is_argument()) {
    const std::string values = fish_values(option);
    return values.empty() ? std::string() : text + values + "\n";
  }
  for (const std::string& spelling : option_spellings(option))
    text += spelling.starts_with("--") ? " -l " + spelling.substr(2) : " -s " + spelling.substr(1);
  if (!option.is_flag()) text += (option.completion == Completion::file ? " -r" : " -x") + fish_values(option);
  return text + fmt::format(" -d {}\n", fish_quoted(option.sentence));
}

}  // namespace

std::string fish_completion() {
  std::string text =
      "# fish completion of materiel, written by 'materiel completion fish'.\ncomplete -c materiel -f\n"
      "complete -c materiel -s h -l help -d " +
      fish_quoted(kHelpSentence) +
      "\ncomplete -c materiel -n __fish_use_subcommand -l version -d 'Print the version'\n";
  for (const Command& command : command_table())
    text += fmt::format("complete -c materiel -n __fish_use_subcommand -a {} -d {}\n", command.name,
                        fish_quoted(command.one_line));
  for (const Command& command : command_table()) {
    const std::string condition = fmt::format(" -n '__fish_seen_subcommand_from {}'", command.name);
    for (const Option& option : all_options(command)) text += fish_line(option, condition);
  }
  return text;
}

}  // namespace materiel::cli
