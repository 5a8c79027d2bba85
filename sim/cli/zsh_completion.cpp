#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/command_help.h"
#include "cli/command_table.h"
#include "cli/completion_script.h"

namespace materiel::cli {
namespace {

constexpr std::string_view kZshBegin = R"(#compdef materiel
# zsh completion of materiel, written by 'materiel completion zsh'.

_materiel() {
  local -a commands
  commands=(
)";

/// A text within single quotes.
std::string zsh_quoted(std::string_view text) {
  std::string quoted = "'";
  for (const char one : text) quoted += one == '\'' ? std::string("'\\''") : std::string(1, one);
  return quoted + "'";
}

/// A text within a specification of _arguments, where brackets and colons end a part.
std::string zsh_part(std::string_view text) {
  std::string part;
  for (const char one : text) {
    if (one == '[' || one == ']' || one == ':' || one == '\\') part += '\\';
    part += one;
  }
  return part;
}

/// What completes a value.
std::string zsh_values(const Option& option) {
  const std::string choices = fmt::format("{}", fmt::join(choices_of(option), " "));
  switch (option.completion) {
    case Completion::scenario:
      return "_files -g \"*.toml(-.)\"";
    case Completion::directory:
      return "_files -/";
    case Completion::file:
      return choices.empty() ? "_files" : fmt::format("{{compadd {}; _files}}", choices);
    case Completion::nothing:
      break;
  }
  return choices.empty() ? " " : fmt::format("({})", choices);
}

/// One spelling as _arguments takes it: "--samples=" and "-n+" have a value in the same or in the next word.
std::string zsh_spelling(const Option& option, const std::string& spelling) {
  if (option.is_flag()) return spelling;
  return spelling + (spelling.starts_with("--") ? '=' : '+');
}

std::vector<std::string> zsh_specifications(const Option& option) {
  if (option.is_argument()) {
    const std::string_view position = option.repeatable ? "*" : "";
    return {zsh_quoted(fmt::format("{}:{}:{}", position, zsh_part(option.names), zsh_values(option)))};
  }
  const std::vector<std::string> spellings = option_spellings(option);
  const std::string excluded = option.repeatable ? "*" : fmt::format("({})", fmt::join(spellings, " "));
  const std::string value =
      option.is_flag() ? std::string() : fmt::format(":{}:{}", zsh_part(option.value), zsh_values(option));
  std::vector<std::string> all;
  all.reserve(spellings.size());
  for (const std::string& spelling : spellings)
    all.push_back(zsh_quoted(
        fmt::format("{}{}[{}]{}", excluded, zsh_spelling(option, spelling), zsh_part(option.sentence), value)));
  return all;
}

std::string zsh_case(const Command& command) {
  std::string text = fmt::format("    {})\n      _arguments -s -S", command.name);
  for (const Option& option : all_options(command)) {
    for (const std::string& one : zsh_specifications(option)) text += fmt::format(" \\\n        {}", one);
  }
  return text + fmt::format(" \\\n        {}\n      ;;\n",
                            "'(- *)'{-h,--help}" + zsh_quoted(fmt::format("[{}]", kHelpSentence)));
}

}  // namespace

std::string zsh_completion() {
  std::string text(kZshBegin);
  for (const Command& command : command_table())
    text += fmt::format("    {}\n", zsh_quoted(fmt::format("{}:{}", command.name, command.one_line)));
  text +=
      "  )\n  if ((CURRENT == 2)); then\n    _describe -t commands command commands\n"
      "    compadd -- -h --help --version\n    return\n  fi\n"
      "  local name=$words[2]\n  shift words\n  ((CURRENT--))\n  case $name in\n";
  for (const Command& command : command_table()) text += zsh_case(command);
  return text +
         "  esac\n}\n\n"
         "# Found in $fpath the file is the function; sourced, it registers it.\n"
         "if [[ $funcstack[1] == _materiel ]]; then\n  _materiel \"$@\"\nelse\n  compdef _materiel materiel\nfi\n";
}

}  // namespace materiel::cli
