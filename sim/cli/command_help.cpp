#include "cli/command_help.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/command_table.h"
#include "cli/exit_codes.h"
#include "cli/wrapped_text.h"

namespace materiel::cli {
namespace {

constexpr std::pair<OptionGroup, std::string_view> kOptionHeadings[] = {
    {OptionGroup::arguments, "Arguments"},    {OptionGroup::scenario, "Scenario"},
    {OptionGroup::sampling, "Sampling plan"}, {OptionGroup::stopping, "Stopping rule"},
    {OptionGroup::analysis, "Analysis"},      {OptionGroup::output, "Output"},
    {OptionGroup::execution, "Execution"}};

constexpr std::pair<CommandGroup, std::string_view> kCommandHeadings[] = {
    {CommandGroup::scenarios, "Scenario files"},
    {CommandGroup::studies, "Studies"},
    {CommandGroup::results, "Results of studies"},
    {CommandGroup::scale, "Long and large studies"},
    {CommandGroup::program, "The program"}};

constexpr std::pair<int, std::string_view> kExitCodeMeanings[] = {
    {kDone, "done"},
    {kInternalError,
     "the machine refused, or the program failed: a full disk, a directory that holds something else, gnuplot or "
     "Graphviz missing"},
    {kUsage, "usage: an unknown option, a file that can't be read"},
    {kInvalidScenario, "the scenario has mistakes"},
    {kRunsFailed, "finished, but some replications failed"},
    {kNotPrecise, "finished, but the precision that --precision asks for was not reached"},
    {kInterrupted, "interrupted; the same command resumes the study"}};

/// A term at the left and its description in the column `indent`, or below if the term is long.
void append_entry(std::string& text, const std::string& term, std::string_view description, std::size_t indent) {
  text += "  " + term;
  const std::size_t width = 2 + term.size();
  text += width + 2 > indent ? '\n' + std::string(indent, ' ') : std::string(indent - width, ' ');
  append_wrapped(text, indent, description, {.indent = indent});
}

/// Paragraphs, each in lines of the help's width.
void append_paragraphs(std::string& text, std::string_view paragraphs) {
  while (!paragraphs.empty()) {
    const std::size_t end = std::min(paragraphs.find('\n'), paragraphs.size());
    text += '\n';
    append_wrapped(text, 0, paragraphs.substr(0, end), {});
    paragraphs.remove_prefix(std::min(end + 1, paragraphs.size()));
  }
}

void append_examples(std::string& text, const std::vector<Example>& examples) {
  text += "\nExamples:\n";
  for (const Example& example : examples) {
    text += fmt::format("  {}\n", example.line);
    if (example.comment.empty()) continue;
    text += "      ";
    append_wrapped(text, 6, example.comment, {.indent = 6});
  }
}

std::string term_of(const Option& option) {
  std::string term = fmt::format("{}", fmt::join(option_spellings(option), ", "));
  if (!option.is_argument() && !option.is_flag()) term += fmt::format(" {}", option.value);
  return term;
}

}  // namespace

std::span<const std::pair<int, std::string_view>> exit_code_meanings() {
  return kExitCodeMeanings;
}

std::vector<std::string> option_spellings(const Option& option) {
  std::vector<std::string> spellings;
  for (std::string_view names = option.names; !names.empty();) {
    const std::size_t comma = std::min(names.find(','), names.size());
    std::string_view name = names.substr(0, comma);
    if (name.starts_with('!')) name.remove_prefix(1);  // the flag that switches off
    spellings.emplace_back(name);
    names.remove_prefix(std::min(comma + 1, names.size()));
  }
  return spellings;
}

std::string default_words(const Option& option) {
  if (!option.default_in_words.empty()) return std::string(option.default_in_words);
  return option.is_flag() ? std::string() : std::string(option.default_value);
}

std::string option_words(const Option& option) {
  std::string words(option.sentence);
  if (option.repeatable) words += option.is_argument() ? "; one or more" : "; repeatable";
  const std::string shown = default_words(option);
  return shown.empty() ? words : fmt::format("{} [default: {}]", words, shown);
}

std::vector<std::pair<std::string_view, std::vector<Option>>> grouped_options(const Command& command) {
  std::vector<std::pair<std::string_view, std::vector<Option>>> groups;
  for (const auto& [group, heading] : kOptionHeadings) {
    std::vector<Option> options;
    for (const Option& option : command.options)
      if (option.group == group) options.push_back(option);
    if (!options.empty()) groups.emplace_back(heading, std::move(options));
  }
  return groups;
}

std::vector<std::pair<std::string_view, std::vector<const Command*>>> grouped_commands() {
  std::vector<std::pair<std::string_view, std::vector<const Command*>>> groups;
  for (const auto& [group, heading] : kCommandHeadings) {
    std::vector<const Command*> commands;
    for (const Command& command : command_table())
      if (command.group == group) commands.push_back(&command);
    groups.emplace_back(heading, std::move(commands));
  }
  return groups;
}

std::string usage_line(const Command& command) {
  std::string text = fmt::format("materiel {} [OPTIONS]", command.name);
  for (const Option& option : all_options(command)) {
    if (!option.is_argument()) continue;
    const std::string name = fmt::format("{}{}", option.names, option.repeatable ? "..." : "");
    text += option.required ? " " + name : fmt::format(" [{}]", name);
  }
  if (!command.passes_to.empty()) text += fmt::format(" [OPTIONS of {}]", command.passes_to);
  return text;
}

std::string command_help(const Command& command) {
  constexpr std::size_t kIndent = 26;
  std::string text = fmt::format("{}\n\nUsage: {}\n", command.one_line, usage_line(command));
  for (const auto& [heading, options] : grouped_options(command)) {
    text += fmt::format("\n{}:\n", heading);
    for (const Option& option : options) append_entry(text, term_of(option), option_words(option), kIndent);
  }
  text += "\nHelp:\n";
  append_entry(text, "-h, --help", kHelpSentence, kIndent);
  if (!command.examples.empty()) append_examples(text, command.examples);
  append_paragraphs(text, command.notes);
  return text;
}

std::string program_help() {
  constexpr std::size_t kIndent = 16;
  std::string text = fmt::format("{}\n\nUsage: materiel COMMAND [OPTIONS]\n", kProgramSentence);
  for (const auto& [heading, commands] : grouped_commands()) {
    text += fmt::format("\n{}:\n", heading);
    for (const Command* command : commands) append_entry(text, std::string(command->name), command->one_line, kIndent);
  }
  append_examples(text, {{"materiel init scenario.toml", {}},
                         {"materiel check scenario.toml", {}},
                         {"materiel explain scenario.toml", {}},
                         {"materiel run scenario.toml -n 10000 -o out/study", {}},
                         {"materiel plot out/study", {}}});
  text += "\nExit codes:\n";
  for (const auto& [code, meaning] : kExitCodeMeanings) append_entry(text, fmt::format("{}", code), meaning, 7);
  return text + "\n'materiel COMMAND --help' describes a command, --version prints the version.\n";
}

}  // namespace materiel::cli
