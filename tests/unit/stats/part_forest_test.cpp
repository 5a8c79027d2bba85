#include <algorithm>
#include <bit>
#include <random>

#include <gtest/gtest.h>

#include <materiel/stats/moments.h>
#include <materiel/stats/part_forest.h>

namespace materiel::stats {
namespace {

std::vector<MeanPart> random_parts(std::size_t n) {
  std::mt19937_64 bits(3);
  std::normal_distribution<double> normal(1e6, 1);
  std::vector<MeanPart> parts(n);
  for (MeanPart& part : parts)
    for (int i = 0; i < 5; ++i) part.merge(1, normal(bits), 0);
  return parts;
}

PartForest<MeanPart> forest_of(const std::vector<MeanPart>& parts, std::size_t first, std::size_t end) {
  PartForest<MeanPart> forest;
  for (std::size_t i = first; i < end; ++i) forest.append(i, parts[i]);
  return forest;
}

bool same(const MeanPart& a, const MeanPart& b) {
  return a.n == b.n && std::bit_cast<std::uint64_t>(a.mean) == std::bit_cast<std::uint64_t>(b.mean) &&
         std::bit_cast<std::uint64_t>(a.m2) == std::bit_cast<std::uint64_t>(b.m2);
}

TEST(PartForest, StretchesGiveTheBitsOfTheWholeWhereverTheyAreCut) {
  const std::vector<MeanPart> parts = random_parts(301);
  const MeanPart whole = forest_of(parts, 0, parts.size()).total();
  for (std::size_t cut = 0; cut <= parts.size(); ++cut) {
    PartForest<MeanPart> joined = forest_of(parts, 0, cut);
    joined.append(forest_of(parts, cut, parts.size()));
    ASSERT_TRUE(same(joined.total(), whole)) << cut;
  }
  std::mt19937_64 bits(7);
  for (int i = 0; i < 200; ++i) {
    PartForest<MeanPart> joined;
    for (std::size_t first = 0; first < parts.size();) {
      const std::size_t end = std::min<std::size_t>(parts.size(), first + bits() % 40);
      joined.append(forest_of(parts, first, end));
      first = end;
    }
    ASSERT_TRUE(same(joined.total(), whole));
  }
}

TEST(PartForest, OneByOneTheBitsWouldDiffer) {  // so the test above can fail
  const std::vector<MeanPart> parts = random_parts(301);
  MeanPart in_turn;
  for (const MeanPart& part : parts) in_turn.merge(part);
  EXPECT_FALSE(same(in_turn, forest_of(parts, 0, parts.size()).total()));
}

TEST(PartForest, HoldsNoMorePartsThanTheirNumberHasDigits) {
  const std::vector<MeanPart> parts = random_parts(1000);
  PartForest<MeanPart> forest;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    forest.append(i, parts[i]);
    int held = 0;
    forest.each([&](const MeanPart&) { ++held; });
    ASSERT_EQ(held, std::popcount(i + 1));
  }
}

TEST(PartForest, AddsAMillionSmallNumbersToARelativeErrorNearTheRoundingUnit) {
  PartForest<MeanPart> forest;
  for (std::uint64_t i = 0; i < 1'000'000; ++i) forest.append(i, {1, 0.1, 0});
  EXPECT_NEAR(forest.total().mean, 0.1, 20 * 0x1p-53 * 0.1);
  EXPECT_EQ(forest.total().n, 1e6);
}

}  // namespace
}  // namespace materiel::stats
