#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <materiel/base/spelling.h>

namespace materiel {
namespace {

TEST(Spelling, FindsTheNearestWord) {
  const std::vector<std::string> keys{"rate", "variability", "begins", "ends", "capacity", "total"};
  struct Case {
    const char *word, *meant;
  };
  for (const Case& c : {Case{"rte", "rate"}, Case{"raet", "rate"}, Case{"ratee", "rate"}, Case{"rata", "rate"},
                        Case{"variabilty", "variability"}, Case{"capcaity", "capacity"}, Case{"begin", "begins"},
                        Case{"end", "ends"}, Case{"rate", "rate"}}) {
    EXPECT_EQ(nearest_spelling(c.word, keys), c.meant) << c.word;
  }
}

TEST(Spelling, SaysNothingOfWordsThatAreFar) {
  const std::vector<std::string> keys{"rate", "capacity"};
  for (const char* word : {"", "xyzzy", "departure", "cap"}) EXPECT_FALSE(nearest_spelling(word, keys)) << word;
  EXPECT_FALSE(nearest_spelling("rate", std::vector<std::string>{}));
}

TEST(Spelling, AllowsAThirdOfTheLongerLengthRoundedUp) {
  const std::vector<std::string> three{"abc"}, four{"abcd"}, six{"abcdef"};
  EXPECT_TRUE(nearest_spelling("abx", three));
  EXPECT_FALSE(nearest_spelling("axx", three));
  EXPECT_TRUE(nearest_spelling("abxx", four));
  EXPECT_FALSE(nearest_spelling("axxx", four));
  EXPECT_TRUE(nearest_spelling("abcdxx", six));
  EXPECT_FALSE(nearest_spelling("abcxxx", six));
}

TEST(Spelling, CountsATranspositionOnce) {
  EXPECT_TRUE(nearest_spelling("acb", std::vector<std::string>{"abc"}));   // 1 of at most 1
  EXPECT_FALSE(nearest_spelling("bca", std::vector<std::string>{"abc"}));  // 2
}

TEST(Spelling, TakesTheFirstOfEquallyNearWords) {
  EXPECT_EQ(nearest_spelling("bat", std::vector<std::string>{"rat", "cat", "bats"}), "rat");
  EXPECT_EQ(nearest_spelling("bat", std::vector<std::string>{"rat", "bat"}), "bat");
}

TEST(Spelling, AsksWhetherANearWordWasMeant) {
  EXPECT_EQ(did_you_mean("rat", std::vector<std::string>{"rate"}), "; did you mean 'rate'?");
  EXPECT_EQ(did_you_mean("x", std::vector<std::string>{"rate"}), "");
}

TEST(Spelling, PassesOverEndlessWords) {
  const std::string endless(100'000, 'a');
  EXPECT_FALSE(nearest_spelling(endless, std::vector<std::string>{endless}));
  EXPECT_FALSE(nearest_spelling("a", std::vector<std::string>{endless}));
}

}  // namespace
}  // namespace materiel
