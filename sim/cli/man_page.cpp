#include "cli/man_page.h"

#include <fmt/format.h>

#include "cli/build_facts.h"
#include "cli/command_help.h"
#include "cli/command_table.h"

namespace materiel::cli {
namespace {

std::string upper_case(std::string text) {
  for (char& one : text)
    if (one >= 'a' && one <= 'z') one = static_cast<char>(one - 'a' + 'A');
  return text;
}

std::string page_begin(const std::string& page, std::string_view one_line) {
  return fmt::format(".\\\" Written by 'materiel man'.\n.TH {} 1 \"\" \"materiel {}\"\n.SH NAME\n{} \\- {}\n",
                     roff_text(upper_case(page)), roff_text(kVersion), roff_text(page), roff_text(one_line));
}

/// A term and what it means.
std::string tagged(const std::string& term, std::string_view meaning) {
  return fmt::format(".TP\n{}\n{}\n", term, roff_text(meaning));
}

std::string option_term(const Option& option) {
  if (option.is_argument()) return fmt::format("\\fI{}\\fR", roff_text(option.names));
  std::string term;
  for (const std::string& spelling : option_spellings(option))
    term += fmt::format("{}\\fB{}\\fR", term.empty() ? "" : ", ", roff_text(spelling));
  return option.is_flag() ? term : term + fmt::format(" \\fI{}\\fR", roff_text(option.value));
}

std::string synopsis(const Command& command) {
  std::string text = fmt::format(".SH SYNOPSIS\n\\fBmateriel {}\\fR [\\fIOPTIONS\\fR]", roff_text(command.name));
  for (const Option& option : all_options(command)) {
    if (!option.is_argument()) continue;
    const std::string name = fmt::format("\\fI{}\\fR{}", roff_text(option.names), option.repeatable ? "..." : "");
    text += option.required ? " " + name : fmt::format(" [{}]", name);
  }
  if (!command.passes_to.empty()) text += fmt::format(" [\\fIOPTIONS of {}\\fR]", roff_text(command.passes_to));
  return text + "\n";
}

std::string options_section(const Command& command) {
  std::string text = ".SH OPTIONS\n";
  for (const auto& [heading, options] : grouped_options(command)) {
    text += fmt::format(".SS {}\n", roff_text(heading));
    for (const Option& option : options) text += tagged(option_term(option), option_words(option));
  }
  return text + ".SS Help\n" + tagged("\\fB\\-h\\fR, \\fB\\-\\-help\\fR", kHelpSentence);
}

std::string examples_section(const std::vector<Example>& examples) {
  std::string text = ".SH EXAMPLES\n";
  for (const Example& example : examples) {
    if (&example != &examples.front()) text += ".PP\n";
    text += fmt::format(".nf\n{}\n.fi\n", roff_text(example.line));
    if (!example.comment.empty()) text += fmt::format(".RS\n{}\n.RE\n", roff_text(example.comment));
  }
  return text;
}

std::string exit_status_section() {
  std::string text = ".SH EXIT STATUS\n";
  for (const auto& [code, meaning] : exit_code_meanings()) text += tagged(fmt::format("\\fB{}\\fR", code), meaning);
  return text;
}

}  // namespace

std::string roff_text(std::string_view text) {
  std::string escaped = text.starts_with('.') ? "\\&" : "";
  for (const char one : text) {
    switch (one) {
      case '\\':
        escaped += "\\e";
        break;
      case '-':
        escaped += "\\-";
        break;
      case '\'':
        escaped += "\\(aq";
        break;
      case '"':
        escaped += "\\(dq";
        break;
      case '`':
        escaped += "\\(ga";
        break;
      case '^':
        escaped += "\\(ha";
        break;
      case '~':
        escaped += "\\(ti";
        break;
      default:
        escaped += one;
    }
  }
  return escaped;
}

std::string man_page_name(std::string_view command) {
  return command.empty() ? std::string("materiel.1") : fmt::format("materiel-{}.1", command);
}

std::string program_man_page() {
  std::string text = page_begin("materiel", kProgramSentence);
  text +=
      ".SH SYNOPSIS\n\\fBmateriel\\fR \\fICOMMAND\\fR [\\fIOPTIONS\\fR]\n.br\n\\fBmateriel\\fR \\fB\\-\\-version\\fR\n";
  text += ".SH COMMANDS\n";
  for (const auto& [heading, commands] : grouped_commands()) {
    text += fmt::format(".SS {}\n", roff_text(heading));
    for (const Command* command : commands)
      text += tagged(fmt::format("\\fBmateriel\\-{}\\fR(1)", roff_text(command->name)), command->one_line);
  }
  text += exit_status_section();
  return text + ".SH ENVIRONMENT\n" + tagged("\\fBNO_COLOR\\fR", "If set, messages have no colours.");
}

std::string command_man_page(const Command& command) {
  std::string text = page_begin(fmt::format("materiel-{}", command.name), command.one_line) + synopsis(command);
  if (!command.notes.empty()) text += fmt::format(".SH DESCRIPTION\n{}\n", roff_text(command.notes));
  text += options_section(command) + exit_status_section() + examples_section(command.examples);
  text += ".SH SEE ALSO\n\\fBmateriel\\fR(1)";
  if (!command.passes_to.empty()) text += fmt::format(", \\fBmateriel\\-{}\\fR(1)", roff_text(command.passes_to));
  return text + "\n";
}

}  // namespace materiel::cli
