#include "cli/command_table.h"

#include <cctype>
#include <set>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/command_help.h"
#include "cli/command_line.h"
#include "cli/exit_codes.h"

namespace materiel::cli {
namespace {

using ::testing::HasSubstr;

/// The words of a line as a shell reads them; the examples have single quotes and no other ones.
std::vector<std::string> shell_words(std::string_view line) {
  std::vector<std::string> words(1);
  bool quoted = false;
  for (const char one : line) {
    if (one == '\'') {
      quoted = !quoted;
    } else if (one == ' ' && !quoted) {
      words.emplace_back();
    } else {
      words.back() += one;
    }
  }
  EXPECT_FALSE(quoted) << line;
  return words;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

void expect_sentence(std::string_view text, std::string_view whose) {
  ASSERT_FALSE(text.empty()) << whose;
  EXPECT_FALSE(text.ends_with('.')) << whose << ": " << text;
  EXPECT_EQ(text.find('\n'), std::string_view::npos) << whose;
}

TEST(CommandTable, EveryCommandHasAOneLineAndANameOfItsOwn) {
  std::set<std::string_view> names;
  for (const Command& command : command_table()) {
    EXPECT_TRUE(names.insert(command.name).second) << command.name;
    expect_sentence(command.one_line, command.name);
    EXPECT_LE(command.one_line.size(), 72U) << command.name;
    EXPECT_TRUE(std::isupper(static_cast<unsigned char>(command.one_line.front()))) << command.one_line;
    const std::string_view verb = command.one_line.substr(0, command.one_line.find(' '));
    EXPECT_FALSE(verb.ends_with('s')) << "not in the imperative mood: " << command.one_line;
    EXPECT_EQ(find_command(command.name), &command);
  }
  EXPECT_EQ(find_command("nothing"), nullptr);
}

TEST(CommandTable, EveryCommandIsUnderAHeading) {
  std::size_t count = 0;
  for (const auto& [heading, commands] : grouped_commands()) {
    EXPECT_FALSE(commands.empty()) << heading;
    count += commands.size();
  }
  EXPECT_EQ(count, command_table().size());
}

TEST(CommandTable, ACommandPassesWordsToOneThatIsThere) {
  for (const Command& command : command_table())
    EXPECT_TRUE(command.passes_to.empty() || find_command(command.passes_to)) << command.name;
}

TEST(CommandTable, OptionsHaveASentenceAndSpellingsOfTheirOwn) {
  for (const Command& command : command_table()) {
    std::set<std::string> spellings = {"-h", "--help"};
    for (const Option& option : command.options) {
      expect_sentence(option.sentence, option.names);
      EXPECT_FALSE(option.required && !default_words(option).empty()) << option.names;
      for (const std::string& one : option_spellings(option))
        EXPECT_TRUE(spellings.insert(one).second) << command.name << ": " << one << " stands twice";
    }
    std::size_t shown = 0;
    for (const auto& [heading, options] : grouped_options(command)) shown += options.size();
    EXPECT_EQ(shown, command.options.size()) << command.name;
  }
}

TEST(CommandTable, EveryExampleParses) {
  for (const Command& command : command_table()) {
    ASSERT_FALSE(command.examples.empty()) << command.name;
    bool own = false;
    for (const Example& example : command.examples) {
      std::vector<std::string> words = shell_words(example.line);
      ASSERT_EQ(words.front(), "materiel") << example.line;
      words.erase(words.begin());
      own = own || words.front() == command.name;
      const CommandLine line = read_command_line(words, "1.2.3");
      EXPECT_TRUE(line.action) << example.line << ": " << line.text;
    }
    EXPECT_TRUE(own) << command.name << " has no example of its own";
  }
}

TEST(CommandTable, AnExampleWithAMistakeWouldBeFound) {
  EXPECT_FALSE(read_command_line(shell_words("run scenario.toml --sampels 3"), "1.2.3").action);
}

TEST(CommandHelp, FitsIntoATerminal) {
  for (const Command& command : command_table()) {
    for (const std::string& line : lines_of(command_help(command))) {
      const bool example = line.starts_with("  materiel ");  // is not broken
      EXPECT_LE(line.size(), example ? 100U : 80U) << line;
      EXPECT_FALSE(line.ends_with(' ')) << command.name << ": '" << line << "'";
    }
  }
  for (const std::string& line : lines_of(program_help())) EXPECT_LE(line.size(), 80U) << line;
}

TEST(CommandHelp, HasAllOfTheCommand) {
  for (const Command& command : command_table()) {
    const CommandLine line = read_command_line({std::string(command.name), "--help"}, "1.2.3");
    EXPECT_EQ(line.exit_code, kDone);
    EXPECT_EQ(line.text, command_help(command));
    EXPECT_THAT(line.text, HasSubstr("Examples:"));
    for (const Option& option : command.options) {
      for (const std::string& one : option_spellings(option)) EXPECT_THAT(line.text, HasSubstr(one));
    }
    EXPECT_THAT(program_help(), HasSubstr(std::string(command.one_line).substr(0, 30)));
  }
}

TEST(CommandHelp, SaysDefaultsAndRepetition) {
  EXPECT_EQ(option_words({.names = "-n", .value = "N", .sentence = "Samples", .default_value = "7"}),
            "Samples [default: 7]");
  EXPECT_EQ(option_words(
                {.names = "-n", .value = "N", .sentence = "Samples", .default_value = "7", .default_in_words = "many"}),
            "Samples [default: many]");
  EXPECT_EQ(option_words({.names = "-n", .value = "N", .sentence = "Samples", .repeatable = true}),
            "Samples; repeatable");
  EXPECT_EQ(option_words({.names = "--trace,!--no-trace", .sentence = "Trace", .default_value = "true"}), "Trace");
}

}  // namespace
}  // namespace materiel::cli
