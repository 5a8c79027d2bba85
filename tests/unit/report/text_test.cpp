#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <materiel/report/text.h>

namespace materiel::report {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(ShellWord, QuotesWhatAShellWouldTakeApart) {
  EXPECT_EQ(shell_word("out/alabuga-2023_1.0"), "out/alabuga-2023_1.0");
  EXPECT_EQ(shell_word("my study"), "'my study'");
  EXPECT_EQ(shell_word("$HOME"), "'$HOME'");
  EXPECT_EQ(shell_word("it's"), R"('it'\''s')");
  EXPECT_EQ(shell_word("~x"), "'~x'");
  EXPECT_EQ(shell_word(""), "''");
}

TEST(ShellWord, ShowsWhatWouldChangeTheLine) {
  EXPECT_EQ(shell_word("a\nb"), R"($'a\012b')");
  EXPECT_EQ(shell_word("\x1b[31m 'x' \\"), R"($'\033[31m \'x\' \\')");
  EXPECT_EQ(shell_word("\u202E\xff"), R"($'\342\200\256\377')");
  EXPECT_EQ(shell_word("Шахед"), "'Шахед'");
}

TEST(ShellWord, CommandsAreWordsWithBlanksBetween) {
  EXPECT_EQ(shell_command({"materiel", "run", "my scenario.toml"}), "materiel run 'my scenario.toml'");
  EXPECT_EQ(path_argument("-x"), "./-x");
  EXPECT_EQ(path_argument("x/-y"), "x/-y");
}

TEST(EscapedJson, MeansTheSameAndTurnsNothing) {
  EXPECT_EQ(with_escapes("\"\u202E\u0085\x7f ä\"\n"), "\"\\u202e\\u0085\\u007f ä\"\n");
}

TEST(WrappedText, LinesAreNoLongerThanAsked) {
  EXPECT_THAT(wrapped("one two three four", 9), ElementsAre("one two", "three", "four"));
  EXPECT_THAT(wrapped("one two three", 13), ElementsAre("one two three"));
}

TEST(WrappedText, ALongWordStandsAlone) {
  EXPECT_THAT(wrapped("a incomprehensible b", 5), ElementsAre("a", "incomprehensible", "b"));
}

TEST(WrappedText, CountsCharactersNotBytes) {
  EXPECT_THAT(wrapped("ÄÖ ÜÄ", 5), ElementsAre("ÄÖ ÜÄ"));
}

TEST(WrappedText, SpacesAndLineBreaksDivideWords) {
  EXPECT_THAT(wrapped("  a\n\tb  ", 10), ElementsAre("a b"));
  EXPECT_THAT(wrapped(" \n ", 10), IsEmpty());
}

}  // namespace
}  // namespace materiel::report
