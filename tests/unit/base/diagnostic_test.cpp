#include <string>

#include <gtest/gtest.h>

#include <materiel/base/diagnostic.h>
#include <materiel/base/result.h>

namespace materiel {
namespace {

Diagnostic mistake(Location where, std::string message = "wrong") {
  return {.severity = Severity::error, .file = "x.toml", .where = where, .message = std::move(message), .notes = {}};
}

TEST(Render, QuotesTheLineWithACaret) {
  Diagnostic diagnostic = mistake({2, 1, 3}, "unknown key 'rte' in [supply.parts]");
  diagnostic.notes = {"did you mean 'rate'?", "or 'site'?"};
  EXPECT_EQ(diagnostic_text(diagnostic, R"([supply.parts]
rte = 3
)",
                            false),
            R"(x.toml:2:1: error: unknown key 'rte' in [supply.parts]
    2 | rte = 3
      | ^~~
      = did you mean 'rate'?
      = or 'site'?
)");
}

TEST(Render, CountsCharactersNotBytes) {
  EXPECT_EQ(diagnostic_text(mistake({1, 9, 3}), R"(län = "éüx")", false),
            R"(x.toml:1:9: error: wrong
    1 | län = "éüx"
      |         ^~~
)");
}

TEST(Render, MarksOnePlaceForALengthOfZeroAndBehindTheEnd) {
  EXPECT_EQ(diagnostic_text(mistake({1, 3, 0}), "abcdef", false), R"(x.toml:1:3: error: wrong
    1 | abcdef
      |   ^
)");
  EXPECT_EQ(diagnostic_text(mistake({1, 7, 1}), "abcdef", false), R"(x.toml:1:7: error: wrong
    1 | abcdef
      |       ^
)");
  EXPECT_EQ(diagnostic_text(mistake({1, 5, 99}), "abcdef", false), R"(x.toml:1:5: error: wrong
    1 | abcdef
      |     ^~
)");
}

TEST(Render, ShowsAPartOfALongLineWithTheCaretUnderItsCharacter) {
  std::string line(1000, '.');
  line[499] = 'X';
  const std::string text = diagnostic_text(mistake({1, 500, 1}), line, false);
  const std::size_t first = text.find('\n') + 1, second = text.find('\n', first) + 1;
  const std::string quoted = text.substr(first, second - first - 1);
  const std::string marks = text.substr(second, text.find('\n', second) - second);
  EXPECT_LT(quoted.size(), 200U);
  ASSERT_NE(quoted.find('X'), std::string::npos);
  EXPECT_EQ(quoted.find('X'), marks.find('^'));

  std::string accented;
  for (int i = 0; i < 499; ++i) accented += "é";
  const std::string wide = diagnostic_text(mistake({1, 500, 1}), accented + "X", false);
  EXPECT_NE(wide.find("éX\n"), std::string::npos);
  EXPECT_NE(wide.find(" ^\n"), std::string::npos);
}

TEST(Render, LeavesOutWhatItCannotQuote) {
  EXPECT_EQ(diagnostic_text(mistake({0, 0, 0}), "a\n", false), "x.toml: error: wrong\n");
  EXPECT_EQ(diagnostic_text(mistake({9, 1, 1}), "a\n", false), "x.toml:9:1: error: wrong\n");
  EXPECT_EQ(diagnostic_text(mistake({1, 1, 1}), "", false), "x.toml:1:1: error: wrong\n");
  EXPECT_EQ(diagnostic_text(mistake({1, 1, 1}), "ab\r\nc", false), R"(x.toml:1:1: error: wrong
    1 | ab
      | ^
)");
}

TEST(Render, ShowsNoControlCharactersOfTheSource) {
  const std::string text = diagnostic_text(mistake({1, 3, 1}), "a\tb\033[31mc\x7f", false);
  EXPECT_EQ(text, "x.toml:1:3: error: wrong\n    1 | a b [31mc \n      |   ^\n");
}

TEST(Render, ColoursOnlyWhenAsked) {
  Diagnostic diagnostic = mistake({1, 1, 1});
  EXPECT_EQ(diagnostic_text(diagnostic, "a", false).find('\033'), std::string::npos);
  EXPECT_NE(diagnostic_text(diagnostic, "a", true).find("\033[1;31merror:"), std::string::npos);
  diagnostic.severity = Severity::warning;
  EXPECT_NE(diagnostic_text(diagnostic, "a", true).find("\033[1;35mwarning:"), std::string::npos);
  EXPECT_NE(diagnostic_text(diagnostic, "a", false).find(": warning: wrong"), std::string::npos);
}

TEST(Diagnostics, SortByPlaceAndDropRepetitions) {
  Diagnostic warning = mistake({1, 1, 1}, "odd");
  warning.severity = Severity::warning;
  Diagnostic other = mistake({1, 1, 1}, "elsewhere");
  other.file = "a.toml";
  Diagnostics all{mistake({10, 1, 1}), mistake({2, 9, 1}), mistake({2, 10, 1}), mistake({2, 9, 1}), warning, other};
  sort_diagnostics(all);
  ASSERT_EQ(all.size(), 5U);
  EXPECT_EQ(all[0].message, "elsewhere");
  EXPECT_EQ(all[1].message, "odd");
  EXPECT_EQ(all[2].where, (Location{2, 9, 1}));
  EXPECT_EQ(all[3].where, (Location{2, 10, 1}));
  EXPECT_EQ(all[4].where, (Location{10, 1, 1}));
}

TEST(Diagnostics, HaveErrorsOnlyIfOneIsAnError) {
  Diagnostic warning = mistake({1, 1, 1});
  warning.severity = Severity::warning;
  EXPECT_FALSE(has_errors({}));
  EXPECT_FALSE(has_errors({warning, warning}));
  EXPECT_TRUE(has_errors({warning, mistake({1, 1, 1})}));
}

TEST(Result, HoldsAValueOrTheMistakes) {
  Result<std::string> right{std::string{"plant"}};
  ASSERT_TRUE(right);
  EXPECT_EQ(right.value(), "plant");
  EXPECT_TRUE(right.diagnostics().empty());
  EXPECT_EQ(std::move(right).value(), "plant");

  const Result<std::string> wrong{Diagnostics{mistake({3, 1, 1})}};
  EXPECT_FALSE(wrong.ok());
  ASSERT_EQ(wrong.diagnostics().size(), 1U);
  EXPECT_EQ(wrong.diagnostics()[0].where.line, 3U);
}

}  // namespace
}  // namespace materiel
