#include "cli/stretch_length.h"

#include <vector>

#include <gtest/gtest.h>

namespace materiel::cli {
namespace {

/// How long the stretches of a study are, when every rank does that many runs a second.
std::vector<std::uint64_t> lengths(std::uint64_t runs, std::uint64_t unit, std::uint64_t ranks, double rate) {
  StretchLength length(unit, ranks, rate);
  std::vector<std::uint64_t> all;
  for (std::uint64_t left = runs; left > 0; left -= all.back()) {
    all.push_back(length.next(left));
    EXPECT_TRUE(all.back() > 0 && all.back() <= left && all.back() % unit == 0) << all.back() << " of " << left;
    if (testing::Test::HasFailure()) break;
    length.note(all.back(), static_cast<double>(all.back()) / rate);
  }
  return all;
}

TEST(StretchLength, SharesOutAllInRoundsThatGetShorter) {
  const std::vector<std::uint64_t> all = lengths(32000, 32, 2, 1000);
  EXPECT_EQ(all[0], 12000U);
  EXPECT_EQ(all[1], 12000U);
  EXPECT_EQ(all[2], all[3]);
  EXPECT_LT(all[2], all[1] / 2);
  EXPECT_LE(all.size(), 12U);
  EXPECT_LE(all.back(), 320U);  // a third of a second: nobody waits long for the last
}

TEST(StretchLength, IsBoundedByTime) {
  EXPECT_LE(lengths(10'000'000, 32, 4, 1000).front(), 60'000U);
  EXPECT_EQ(lengths(3200, 32, 4, 0.01).front(), 32U) << "a run takes minutes: no more than a unit at a time";
  EXPECT_EQ(lengths(320, 32, 2, 1e9), (std::vector<std::uint64_t>{160, 160})) << "however short it is, all take part";
}

TEST(StretchLength, FollowsTheSpeed) {
  StretchLength length(1, 1, 1e-3);
  EXPECT_EQ(length.next(100'000), 1U);
  length.note(1, 0.001);
  EXPECT_EQ(length.next(100'000), 60'000U);
}

}  // namespace
}  // namespace materiel::cli
