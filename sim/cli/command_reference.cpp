#include "cli/command_reference.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/command_help.h"
#include "cli/wrapped_text.h"

namespace materiel::cli {
namespace {

constexpr TextShape kPage{.width = 100};

/// A text in a cell of a table; also in a code span, where Markdown takes a bar for the end of the cell all the same.
std::string table_cell(std::string_view text) {
  std::string cell;
  for (const char one : text) {
    if (one == '|' || one == '*' || one == '<' || one == '_') cell += '\\';
    cell += one;
  }
  return cell;
}

/// Text as it stands, in a code span of a cell.
std::string code_cell(std::string_view text) {
  std::string cell = "`";
  for (const char one : text) cell += one == '|' ? std::string("\\|") : std::string(1, one);
  return cell + "`";
}

std::string option_row(const Option& option) {
  std::vector<std::string> spellings = option_spellings(option);
  if (!option.is_argument() && !option.is_flag()) spellings.back() += fmt::format(" {}", option.value);
  for (std::string& spelling : spellings) spelling = code_cell(spelling);
  std::string sentence = table_cell(option.sentence);
  if (option.repeatable) sentence += option.is_argument() ? "; one or more" : "; repeatable";
  if (option.required) sentence += "; required";
  std::string default_cell;
  if (!option.default_in_words.empty()) {
    default_cell = table_cell(option.default_in_words);
  } else if (!option.is_flag() && !option.default_value.empty()) {
    default_cell = code_cell(option.default_value);
  }
  return fmt::format("| {} | {} | {} |\n", fmt::join(spellings, ", "), sentence, default_cell);
}

std::string examples_block(const std::vector<Example>& examples) {
  std::string text = "```\n";
  for (const Example& example : examples) {
    if (!example.comment.empty()) text += fmt::format("# {}\n", example.comment);
    text += fmt::format("{}\n", example.line);
  }
  return text + "```\n";
}

std::string command_section(const Command& command) {
  std::string text = fmt::format("\n## {}\n{}.\n\n```\n{}\n```\n", command.name, command.one_line, usage_line(command));
  if (!command.notes.empty()) {
    text += '\n';
    append_wrapped(text, 0, command.notes, kPage);
  }
  if (!command.options.empty()) text += "\n| option | meaning | default |\n|---|---|---|\n";
  for (const auto& [heading, options] : grouped_options(command)) {
    for (const Option& option : options) text += option_row(option);
  }
  if (!command.passes_to.empty())
    text += fmt::format("\nAll other options are those of [{0}](#{0}).\n", command.passes_to);
  return text + '\n' + examples_block(command.examples);
}

}  // namespace

std::string command_reference() {
  std::string text = "# Commands\n\n";
  append_wrapped(text, 0,
                 "This page is written from the program's table of commands by a test, which fails if they differ. "
                 "[cli.md](../cli.md) explains the commands and describes their files. `materiel COMMAND --help` and "
                 "`man materiel-COMMAND` show the same as this page; every command has `-h`, `--help` too.",
                 kPage);
  for (const auto& [heading, commands] : grouped_commands()) {
    text += fmt::format("\n**{}**\n\n| command | |\n|---|---|\n", heading);
    for (const Command* command : commands)
      text += fmt::format("| [{0}](#{0}) | {1} |\n", command->name, table_cell(command->one_line));
  }
  text += "\n**Exit codes**\n\n| code | meaning |\n|---|---|\n";
  for (const auto& [code, meaning] : exit_code_meanings()) text += fmt::format("| {} | {} |\n", code, meaning);
  for (const auto& [heading, commands] : grouped_commands()) {
    for (const Command* command : commands) text += command_section(*command);
  }
  return text;
}

}  // namespace materiel::cli
