#include "cli/man_page.h"

#include <gtest/gtest.h>

#include "cli/command_table.h"

namespace materiel::cli {
namespace {

TEST(ManPage, NoTextIsTakenForARequestOrAnEscape) {
  EXPECT_EQ(roff_text(".so /etc/passwd"), "\\&.so /etc/passwd");
  EXPECT_EQ(roff_text("'br"), "\\(aqbr");
  EXPECT_EQ(roff_text("a\\fBb"), "a\\efBb");
  EXPECT_EQ(roff_text("--seed"), "\\-\\-seed");
  EXPECT_EQ(roff_text("\"a\" `b` ~ ^"), "\\(dqa\\(dq \\(gab\\(ga \\(ti \\(ha");
  EXPECT_EQ(roff_text("95 % of 1.5"), "95 % of 1.5");
}

TEST(ManPage, APageIsNamedForItsCommand) {
  EXPECT_EQ(man_page_name("run"), "materiel-run.1");
  EXPECT_EQ(man_page_name({}), "materiel.1");
}

TEST(ManPage, NoLineOfTextBeginsLikeARequest) {
  for (const Command& command : command_table()) {
    const std::string page = command_man_page(command);
    for (std::size_t at = page.find('\n'); at != std::string::npos; at = page.find('\n', at + 1)) {
      if (at + 1 < page.size()) {
        EXPECT_NE(page[at + 1], '\'') << command.name;
      }
    }
  }
}

}  // namespace
}  // namespace materiel::cli
