#include <fmt/format.h>

#include "cli/build_facts.h"
#include "cli/command.h"
#include "cli/exit_codes.h"

namespace materiel::cli {
namespace {

int version_command(Console& console) {
  const store::BuildFacts facts = build_facts();
  std::string text =
      fmt::format("materiel {}\ncompiler   {}\nflags      {}\nlibraries  ", kVersion, facts.compiler, facts.flags);
  for (const auto& [name, version] : facts.libraries) {
    text += fmt::format("{}{} {}", name == facts.libraries.front().first ? "" : ", ", name, version);
  }
  console.print(text + "\n");
  return kDone;
}

Action prepare_version(const GivenOptions&) {
  return [](const auto&, Console& console) { return version_command(console); };
}

}  // namespace

Command version_row() {
  return {.name = "version",
          .group = CommandGroup::program,
          .one_line = "Print the version, compiler, flags and libraries",
          .options = {},
          .examples = {{"materiel version", "what a bug report needs"}},
          .prepare = prepare_version};
}

}  // namespace materiel::cli
