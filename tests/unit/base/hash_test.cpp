#include <set>
#include <string>

#include <gtest/gtest.h>

#include <materiel/base/hash.h>

namespace materiel {
namespace {

TEST(Hash, IsFixedForEver) {
  // SplitMix64's published first output for state 0: the FNV state is cancelled by the seed.
  EXPECT_EQ(hash64("", 0xcbf29ce484222325ULL), 0xe220a8397b1dcdafULL);
  // Reckoned apart from this program, in arithmetic modulo 2^64.
  EXPECT_EQ(hash64(""), 0xc3817c016ba4ff30ULL);
  EXPECT_EQ(hash64("a"), 0x5f29c2aadd9b8527ULL);
  EXPECT_EQ(hash64("foobar"), 0x5df295413403de4fULL);
  EXPECT_EQ(hash64("supply.parts", 42), 0xd8fff350c31975a2ULL);
  EXPECT_EQ(hash64("é"), 0x6e2411eb685090baULL);  // bytes above 127 aren't negative
}

TEST(Hash, IsReckonedByTheCompilerToo) {
  static_assert(hash64("a") == 0x5f29c2aadd9b8527ULL);
}

TEST(Hash, TellsNamesAndSeedsApart) {
  std::set<std::uint64_t> seen;
  constexpr int kNames = 20000;
  for (int i = 0; i < kNames; ++i) {
    seen.insert(hash64("demand-" + std::to_string(i)));
    seen.insert(hash64("demand", static_cast<std::uint64_t>(i)));
  }
  EXPECT_EQ(seen.size(), 2U * kNames);
  EXPECT_NE(hash64("ab"), hash64("ba"));
}

}  // namespace
}  // namespace materiel
