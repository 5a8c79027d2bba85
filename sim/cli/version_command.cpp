#include <fmt/format.h>

#include "cli/build_facts.h"
#include "cli/commands.h"
#include "cli/exit_codes.h"

namespace materiel::cli {

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

}  // namespace materiel::cli
