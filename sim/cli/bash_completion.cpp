#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/command_help.h"
#include "cli/command_table.h"
#include "cli/completion_script.h"

namespace materiel::cli {
namespace {

// $word is what is to be completed, $before the option whose value it may be.
constexpr std::string_view kBashBegin = R"(# bash completion of materiel, written by 'materiel completion bash'.

# Offers paths: files, scenario files (with directories to descend into) or directories.
_materiel_paths() {
  compopt -o filenames 2>/dev/null
  case $1 in
    directory) mapfile -t COMPREPLY < <(compgen -d -- "$word") ;;
    scenario) mapfile -t COMPREPLY < <(compgen -d -- "$word"; compgen -f -X '!*.toml' -- "$word") ;;
    file) mapfile -t COMPREPLY < <(compgen -f -- "$word") ;;
  esac
}

# Offers the words of a list, behind what is offered already.
_materiel_words() {
  local offered
  mapfile -t offered < <(compgen -W "$1" -- "$word")
  COMPREPLY+=("${offered[@]}")
}

_materiel() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
  COMPREPLY=()
  if [[ $word == = ]]; then # bash splits --option=value at the sign
    word=
  elif [[ $before == = ]]; then
    before=${COMP_WORDS[COMP_CWORD - 2]}
  fi
)";

constexpr std::string_view kBashEnd = R"(}

complete -F _materiel materiel
)";

std::string_view path_kind(Completion completion) {
  switch (completion) {
    case Completion::scenario:
      return "scenario";
    case Completion::file:
      return "file";
    case Completion::directory:
      return "directory";
    case Completion::nothing:
      return {};
  }
  return {};
}

/// The call that offers values of an option; empty: nothing is offered.
std::string bash_offer(const Option& option) {
  std::string text;
  if (option.completion != Completion::nothing)
    text += fmt::format("_materiel_paths {}; ", path_kind(option.completion));
  if (!option.choices.empty()) text += fmt::format("_materiel_words '{}'; ", fmt::join(choices_of(option), " "));
  return text;
}

/// What follows an option that takes a value.
std::string bash_values(const Command& command) {
  std::string text;
  std::vector<std::string> without_offer;
  for (const Option& option : all_options(command)) {
    if (option.is_argument() || option.is_flag()) continue;
    std::vector<std::string> patterns = option_spellings(option);
    for (std::string& one : patterns) one = fmt::format("{}:{}", command.name, one);
    const std::string offer = bash_offer(option);
    if (offer.empty()) {
      without_offer.insert(without_offer.end(), patterns.begin(), patterns.end());
    } else {
      text += fmt::format("    {}) {}return ;;\n", fmt::join(patterns, " | "), offer);
    }
  }
  return without_offer.empty() ? text : text + fmt::format("    {}) return ;;\n", fmt::join(without_offer, " | "));
}

std::string bash_options(const Command& command) {
  std::vector<std::string> names;
  for (const Option& option : all_options(command)) {
    if (option.is_argument()) continue;
    for (const std::string& one : option_spellings(option)) names.push_back(one);
  }
  return fmt::format("      {}) _materiel_words '{} -h --help' ;;\n", command.name, fmt::join(names, " "));
}

std::string bash_argument(const Command& command) {
  for (const Option& option : all_options(command)) {
    const std::string offer = option.is_argument() ? bash_offer(option) : std::string();
    if (!offer.empty()) return fmt::format("    {}) {};;\n", command.name, offer);
  }
  return {};
}

}  // namespace

std::string bash_completion() {
  std::vector<std::string_view> names;
  std::string values, options, arguments;
  for (const Command& command : command_table()) {
    names.push_back(command.name);
    values += bash_values(command);
    options += bash_options(command);
    arguments += bash_argument(command);
  }
  return fmt::format(
      "{}  if ((COMP_CWORD == 1)); then\n    _materiel_words '{} -h --help --version'\n    return\n  fi\n"
      "  case ${{COMP_WORDS[1]}}:$before in\n{}  esac\n"
      "  if [[ $word == -* ]]; then\n    case ${{COMP_WORDS[1]}} in\n{}    esac\n    return\n  fi\n"
      "  case ${{COMP_WORDS[1]}} in\n{}  esac\n{}",
      kBashBegin, fmt::join(names, " "), values, options, arguments, kBashEnd);
}

}  // namespace materiel::cli
