#include "cli/command_reference.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/command_help.h"
#include "cli/command_table.h"

namespace materiel::cli {
namespace {

using ::testing::HasSubstr;

const std::filesystem::path kDocument = MATERIEL_SOURCE_DIR "/docs/reference/commands.md";

TEST(CommandReference, IsThePageInTheDocumentation) {
  if (std::getenv("MATERIEL_UPDATE_REFERENCE")) {
    std::filesystem::create_directories(kDocument.parent_path());
    std::ofstream(kDocument) << command_reference();
  }
  std::stringstream page;
  page << std::ifstream(kDocument).rdbuf();
  EXPECT_TRUE(page.str() == command_reference())
      << "docs/reference/commands.md is not what the table of commands says; "
         "'MATERIEL_UPDATE_REFERENCE=1 build/release/bin/cli_tests' writes it anew";
}

TEST(CommandReference, HasEveryCommandAndOption) {
  const std::string page = command_reference();
  for (const Command& command : command_table()) {
    const std::size_t begin = page.find("\n## " + std::string(command.name) + "\n");
    ASSERT_NE(begin, std::string::npos) << command.name;
    const std::string section = page.substr(begin, page.find("\n## ", begin + 1) - begin);
    for (const Option& option : command.options) {
      for (const std::string& one : option_spellings(option)) EXPECT_THAT(section, HasSubstr("`" + one));
    }
    for (const Example& example : command.examples) EXPECT_THAT(section, HasSubstr(std::string(example.line)));
  }
}

TEST(CommandReference, TablesHaveThreeCells) {
  std::istringstream page(command_reference().substr(command_reference().find("\n## ")));
  for (std::string line; std::getline(page, line);) {
    if (!line.starts_with('|')) continue;
    std::size_t bars = 0;
    for (std::size_t i = 0; i < line.size(); ++i)
      if (line[i] == '|' && (i == 0 || line[i - 1] != '\\')) ++bars;
    EXPECT_EQ(bars, 4U) << line;
  }
}

}  // namespace
}  // namespace materiel::cli
