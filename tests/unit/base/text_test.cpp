#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <materiel/base/shell_words.h>
#include <materiel/base/text.h>

namespace materiel {
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

TEST(Text, GroupsThousands) {
  EXPECT_EQ(with_thousands("999"), "999");
  EXPECT_EQ(with_thousands("-1234567.89012"), "-1,234,567.89012");
  EXPECT_EQ(with_thousands("1000"), "1,000");
  EXPECT_EQ(with_thousands("nan"), "nan");
}

TEST(Text, ShowsNothingThatATerminalWouldObey) {
  EXPECT_EQ(printable("Шахед\t1\n€ 😀"), "Шахед\t1\n€ 😀");
  EXPECT_EQ(printable("a\x1b[31mb\x7f\r"), "a?[31mb??");
  EXPECT_EQ(printable("\xff\xc3+\xe2\x82"), "??+??");
  EXPECT_EQ(printable("\xc2\x9b\xc2\xa0"), "?\xc2\xa0");
  EXPECT_EQ(printable("\xe0\x80\x9b \xed\xa0\x80 \xf0\x80\x80\x9b"), "??? ??? ????");  // overlong, half of a pair
  for (const char* mark :
       {"\u061C", "\u200E", "\u200F", "\u2028", "\u2029", "\u202A", "\u202E", "\u2066", "\u2069", "\u0085", "\uFFFE"}) {
    EXPECT_EQ(printable(std::string("a") + mark + "b"), "a?b");
    EXPECT_FALSE(is_printable(mark));
  }
  EXPECT_TRUE(is_printable("Шахед \u200D\u2027\u2065\u206A\n"));
  EXPECT_EQ(printable(std::string_view("\0x", 2)), "?x");
}

TEST(Text, ShortensByCharactersNotBytes) {
  EXPECT_EQ(shortened("Шахед", 5), "Шахед");
  EXPECT_EQ(shortened("Шахед-136", 5), "Шахе…");
  EXPECT_EQ(characters_in(shortened("Шахед-136", 5)), 5U);
}

}  // namespace
}  // namespace materiel
