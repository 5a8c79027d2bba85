#include <filesystem>

#include <fmt/format.h>

#include <materiel/base/spelling.h>
#include <materiel/store/new_file.h>

#include "cli/command_table.h"
#include "cli/exit_codes.h"
#include "cli/man_page.h"
#include "cli/shared_options.h"

namespace materiel::cli {
namespace {

constexpr Option kDescribed{.names = "COMMAND",
                            .value = "TEXT",
                            .sentence = "Command to describe",
                            .default_in_words = "the program",
                            .group = OptionGroup::arguments};
constexpr Option kPagesDirectory{.names = "-o,--output",
                                 .value = "DIR",
                                 .sentence = "Write the pages of the program and of all commands into this directory",
                                 .default_in_words = "one page on standard output",
                                 .group = OptionGroup::output,
                                 .completion = Completion::directory};

/// @return what is wrong; empty if nothing is
std::string write_pages(const std::string& directory) {
  const auto write = [&](std::string_view command, const std::string& page) {
    return store::write_new_file((std::filesystem::path(directory) / man_page_name(command)).string(), page);
  };
  std::string trouble = write({}, program_man_page());
  for (const Command& command : command_table())
    if (trouble.empty()) trouble = write(command.name, command_man_page(command));
  return trouble;
}

std::string unknown_command(const std::string& name) {
  std::vector<std::string> names;
  for (const Command& command : command_table()) names.emplace_back(command.name);
  return fmt::format("unknown command '{}'{}", name, did_you_mean(name, names));
}

Action prepare_man(const GivenOptions& given) {
  const std::string name = given.text(kDescribed), directory = given.text(kPagesDirectory);
  if (given.has(kDescribed) && given.has(kPagesDirectory)) throw UsageError("COMMAND excludes --output");
  const Command* described = find_command(name);
  if (!described && given.has(kDescribed)) throw UsageError(unknown_command(name));
  return [=](const auto&, Console& console) -> int {
    if (directory.empty()) {
      console.print(described ? command_man_page(*described) : program_man_page());
      return kDone;
    }
    const std::string trouble = write_pages(directory);
    if (trouble.empty()) return kDone;
    console.error(trouble);
    return kInternalError;
  };
}

}  // namespace

Command man_row() {
  return {.name = "man",
          .group = CommandGroup::program,
          .one_line = "Print the man page of a command",
          .options = {kDescribed, kPagesDirectory},
          .examples = {{"materiel man run", {}},
                       {"materiel man -o man/man1", "all pages; existing files are never overwritten"}},
          .notes = "An installed program has its pages where man(1) finds them: 'man materiel', 'man materiel-run'.",
          .prepare = prepare_man};
}

}  // namespace materiel::cli
