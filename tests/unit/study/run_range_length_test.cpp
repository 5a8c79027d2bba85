#include "study/run_range_length.h"

#include <vector>

#include <gtest/gtest.h>

namespace materiel::study {
namespace {

/// How long the run ranges of a study are, when every rank does that many runs a second.
std::vector<std::uint64_t> lengths(std::uint64_t runs, std::uint64_t unit, std::uint64_t ranks, double rate) {
  RunRangeLength length(unit, ranks, rate);
  std::vector<std::uint64_t> all;
  for (std::uint64_t left = runs; left > 0; left -= all.back()) {
    all.push_back(length.next(left));
    EXPECT_TRUE(all.back() > 0 && all.back() <= left && all.back() % unit == 0) << all.back() << " of " << left;
    if (testing::Test::HasFailure()) break;
    length.note(all.back(), static_cast<double>(all.back()) / rate);
  }
  return all;
}

TEST(RunRangeLength, SharesOutAllInRoundsThatGetShorter) {
  EXPECT_EQ(lengths(32000, 32, 2, 1000), (std::vector<std::uint64_t>{14400, 14400, 1600, 1600}));
  EXPECT_EQ(lengths(32000, 1, 3, 1000), (std::vector<std::uint64_t>{9600, 9600, 9600, 1067, 1067, 1066}));
}

TEST(RunRangeLength, SharesOutAllAtOnceIfLittleWouldBeLeft) {
  EXPECT_EQ(lengths(9600, 32, 2, 1000), (std::vector<std::uint64_t>{4800, 4800}));
  EXPECT_EQ(lengths(1056, 32, 2, 1000), (std::vector<std::uint64_t>{544, 512}));
  EXPECT_EQ(lengths(9600, 32, 2, 100), (std::vector<std::uint64_t>{4320, 4320, 480, 480}))
      << "which takes five seconds";
}

TEST(RunRangeLength, IsBoundedByTime) {
  EXPECT_LE(lengths(10'000'000, 32, 4, 1000).front(), 60'000U);
  EXPECT_EQ(lengths(3200, 32, 4, 0.01).front(), 32U) << "a run takes minutes: no more than a unit at a time";
  EXPECT_EQ(lengths(320, 32, 2, 1e9), (std::vector<std::uint64_t>{160, 160})) << "however short it is, all take part";
}

TEST(RunRangeLength, FollowsTheSpeed) {
  RunRangeLength length(1, 1, 1e-3);
  EXPECT_EQ(length.next(100'000), 1U);
  length.note(1, 0.001);
  EXPECT_EQ(length.next(100'000), 60'000U);
}

}  // namespace
}  // namespace materiel::study
