// What must never change, since every published result depends on it: Random123's answers, keys, and first draws.

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <Random123/philox.h>
#include <gtest/gtest.h>

#include <materiel/base/distribution_form.h>
#include <materiel/random/stream.h>

#include "unit/random/distribution_cases.h"
#include "unit/random/goodness_of_fit.h"

namespace materiel::random {
namespace {

/// The known answers of its file kat_vectors, for the library that is installed.
TEST(Random123, GivesItsPublishedAnswers) {
  using Philox = r123::Philox4x32;
  using Block = Philox::ctr_type;
  EXPECT_EQ(Philox()({{0, 0, 0, 0}}, {{0, 0}}), (Block{{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}}));
  constexpr std::uint32_t kOnes = 0xffffffff;
  EXPECT_EQ(Philox()({{kOnes, kOnes, kOnes, kOnes}}, {{kOnes, kOnes}}),
            (Block{{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}}));
  EXPECT_EQ(Philox()({{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}}, {{0xa4093822, 0x299f31d0}}),
            (Block{{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}}));
}

TEST(StreamKey, DependsOnWhereTheNameEnds) {
  EXPECT_NE(stream_key(1, "ab", "c").value, stream_key(1, "a", "bc").value);
  EXPECT_NE(stream_key(1, "abc", "").value, stream_key(1, "", "abc").value);
  EXPECT_NE(stream_key(1, "a", "b").value, stream_key(1, "b", "a").value);
}

/// Worked out by an implementation of hash and Philox apart from this one and Random123's.
TEST(Stream, FirstDrawsStayTheSame) {
  Stream stream(stream_key(2024, "route.caspian", "loss"), 3, 5);
  const std::array<std::uint64_t, 6> expected{0x7ec6bd26c080d56c, 0xc3c3dafc16ae31ec, 0x796ec6976da0eef8,
                                              0xf78b1d0114a84882, 0x3f73da232410cd92, 0xcbceecac0dfc6e05};
  for (const std::uint64_t bits : expected) EXPECT_EQ(stream(), bits);
}

using Streams = std::pair<Stream, Stream>;

/// The correlation of n pairs of uniform numbers, which is nearly normal with standard deviation 1/sqrt(n).
double p_of_correlation(Streams streams, double leaning = 0) {
  constexpr int kPairs = 100000;
  double sum = 0;
  for (int i = 0; i < kPairs; ++i) {
    const double u = streams.first.uniform() - 0.5, v = streams.second.uniform() - 0.5;
    sum += u * (v + leaning * u) * 12;
  }
  return p_of_z(sum / std::sqrt(kPairs));
}

TEST(Stream, NeighboursAreUncorrelated) {
  const StreamKey key = stream_key(7, "factory.one", "duration");
  const Stream one(key, 4, 4);
  const std::vector<Stream> neighbours{Stream(key, 5, 4),
                                       Stream(key, 4, 5),
                                       Stream(key, 5, 3),
                                       Stream(stream_key(8, "factory.one", "duration"), 4, 4),
                                       Stream(stream_key(7, "factory.two", "duration"), 4, 4),
                                       Stream(stream_key(7, "factory.one", "batch"), 4, 4)};
  for (const Stream& other : neighbours) EXPECT_GT(p_of_correlation({one, other}), kSignificance);
  EXPECT_LT(p_of_correlation({one, neighbours[0]}, 0.02), kSignificance);  // a planted dependence of 2 %
}

/// A form that is added without cases would be drawn from and inverted by no test.
TEST(DistributionCases, CoverEveryForm) {
  std::vector<Case> cases = continuous_cases();
  for (Case& c : discrete_cases()) cases.push_back(std::move(c));
  for (const DistributionFormInfo& info : distribution_forms()) {
    if (info.form == DistributionForm::constant) continue;
    EXPECT_TRUE(std::any_of(cases.begin(), cases.end(), [&](const Case& c) { return c.form == info.form; }))
        << static_cast<int>(info.form);
  }
}

}  // namespace
}  // namespace materiel::random
