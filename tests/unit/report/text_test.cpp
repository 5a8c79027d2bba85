#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <materiel/report/text.h>

namespace materiel::report {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

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
