#include <array>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include <Random123/philox.h>
#include <gtest/gtest.h>

#include <materiel/random/stream.h>

#include "unit/random/goodness_of_fit.h"

namespace materiel::random {
namespace {

std::vector<std::uint64_t> draws(Stream stream, std::size_t count) {
  std::vector<std::uint64_t> drawn(count);
  for (std::uint64_t& bits : drawn) bits = stream();
  return drawn;
}

std::vector<std::uint64_t> by_random123(std::uint64_t key, std::uint32_t c2, std::uint32_t c3, std::uint64_t block,
                                        int blocks) {
  std::vector<std::uint64_t> drawn;
  for (int i = 0; i < blocks; ++i, ++block) {
    const auto made =
        r123::Philox4x32()({{static_cast<std::uint32_t>(block), static_cast<std::uint32_t>(block >> 32), c2, c3}},
                           {{static_cast<std::uint32_t>(key), static_cast<std::uint32_t>(key >> 32)}});
    drawn.push_back(made[0] | std::uint64_t{made[1]} << 32);
    drawn.push_back(made[2] | std::uint64_t{made[3]} << 32);
  }
  return drawn;
}

/// The known answers that Random123 publishes for philox4x32 with 10 rounds (its file kat_vectors).
TEST(Stream, GivesThePublishedAnswersOfPhilox) {
  Stream zeros({0}, 0, 0);
  EXPECT_EQ(draws(zeros, 2), (std::vector<std::uint64_t>{0xe169c58d6627e8d5, 0x9b00dbd8bc57ac4c}));
  Stream ones({~std::uint64_t{0}}, 0xffffffff, 0xffffffff);
  ones.skip_to(~std::uint64_t{0});
  EXPECT_EQ(draws(ones, 2), (std::vector<std::uint64_t>{0x41c83b0e408f276d, 0x6d5451fda20bc7c6}));
  Stream pi({0x299f31d0a4093822}, 0x13198a2e, 0x03707344);
  pi.skip_to(0x85a308d3243f6a88);
  EXPECT_EQ(draws(pi, 2), (std::vector<std::uint64_t>{0x94fdccebd16cfe09, 0x24126ea15001e420}));
}

TEST(Stream, AgreesWithRandom123BlockForBlock) {
  const std::uint64_t key = 0x0123456789abcdef;
  EXPECT_EQ(draws(Stream({key}, 7, 9), 2000), by_random123(key, 7, 9, 0, 1000));
  Stream late({key}, 0xfffffffe, 3);
  const std::uint64_t near_carry = 0xfffffffbULL;  // the lower word of the counter overflows within a batch
  late.skip_to(near_carry);
  EXPECT_EQ(draws(late, 64), by_random123(key, 0xfffffffe, 3, near_carry, 32));
}

TEST(Stream, CopiesGoOnFromTheSamePosition) {
  for (int position : {0, 1, 2, 3, 9, 17, 18, 19, 40}) {
    Stream stream({42}, 1, 2);
    for (int i = 0; i < position; ++i) stream();
    Stream copy = stream;
    Stream assigned({1}, 0, 0);
    assigned();
    assigned = stream;
    const auto expected = draws(stream, 50);
    EXPECT_EQ(draws(copy, 50), expected) << position;
    EXPECT_EQ(draws(assigned, 50), expected) << position;
  }
}

TEST(Stream, UniformNumbersAreInsideTheOpenUnitInterval) {
  Stream stream({5}, 0, 0);
  double least = 1, most = 0;
  for (int i = 0; i < 100000; ++i) {
    const double u = stream.uniform();
    least = std::min(least, u);
    most = std::max(most, u);
  }
  EXPECT_GT(least, 0);
  EXPECT_LT(least, 2e-4);
  EXPECT_LT(most, 1);
  EXPECT_GT(most, 1 - 2e-4);
}

TEST(Stream, NeighboursShareNoDraw) {
  std::set<std::uint64_t> seen;
  std::size_t drawn = 0;
  for (const std::uint64_t key : {10U, 11U})
    for (std::uint32_t sample = 0; sample < 6; ++sample)
      for (std::uint32_t replication = 0; replication < 6; ++replication)
        for (const std::uint64_t bits : draws(Stream({key}, sample, replication), 500)) {
          seen.insert(bits);
          ++drawn;
        }
  EXPECT_EQ(seen.size(), drawn);  // a chance repetition has probability 4e-11
}

/// Pairs of uniform numbers fall evenly on a grid of 16 by 16 cells.
template <class NextPair>
double p_of_pairs(NextPair next, int pairs) {
  std::vector<double> counts(256);
  for (int i = 0; i < pairs; ++i) {
    const auto [u, v] = next();
    ++counts[static_cast<std::size_t>(u * 16) * 16 + static_cast<std::size_t>(v * 16)];
  }
  return p_of_counts(counts, std::vector<double>(256, 1.0 / 256));
}

using Pair = std::array<double, 2>;

TEST(Stream, NeighbouringStreamsAreIndependent) {
  const std::array<Stream, 5> others{Stream({1}, 1, 0), Stream({1}, 0, 1), Stream({2}, 0, 0),
                                     Stream({std::uint64_t{1} << 32}, 0, 0),
                                     Stream(stream_key(1, "route.b", "transit"), 0, 0)};
  for (Stream other : others) {
    Stream one({1}, 0, 0);
    EXPECT_GT(p_of_pairs([&] { return Pair{one.uniform(), other.uniform()}; }, 50000), kSignificance);
  }
}

TEST(Stream, SuccessiveDrawsAreIndependent) {
  Stream stream(stream_key(1, "route.a", "transit"), 0, 0);
  EXPECT_GT(p_of_pairs([&] { return Pair{stream.uniform(), stream.uniform()}; }, 100000), kSignificance);
}

TEST(Stream, FirstDrawsOfSuccessiveReplicationsAndSamplesAreIndependent) {
  const StreamKey key = stream_key(1, "parameter.opens", "value");
  std::uint32_t at = 0;
  const auto replications = [&] {
    at += 2;
    return Pair{Stream(key, 0, at).uniform(), Stream(key, 0, at + 1).uniform()};
  };
  const auto samples = [&] {
    at += 2;
    return Pair{Stream(key, at, 0).uniform(), Stream(key, at + 1, 0).uniform()};
  };
  EXPECT_GT(p_of_pairs(replications, 50000), kSignificance);
  EXPECT_GT(p_of_pairs(samples, 50000), kSignificance);
}

TEST(Stream, EveryBitIsFair) {
  std::array<double, 64> ones{};
  constexpr int kDraws = 40000;
  Stream stream({77}, 0, 0);
  for (int i = 0; i < kDraws; ++i) {
    const std::uint64_t bits = stream();
    for (std::size_t b = 0; b < 64; ++b) ones[b] += static_cast<double>(bits >> b & 1);
  }
  for (const double count : ones) EXPECT_GT(p_of_z((count - kDraws / 2.0) / std::sqrt(kDraws / 4.0)), kSignificance);
}

/// A generator whose second number leans slightly on its first must fail the test of pairs.
TEST(Stream, ThePairTestNoticesAPlantedDependence) {
  Stream stream({3}, 0, 0);
  const auto dependent = [&] {
    const double u = stream.uniform(), v = stream.uniform();
    return Pair{u, stream.uniform() < 0.1 ? u : v};
  };
  EXPECT_LT(p_of_pairs(dependent, 50000), kSignificance);
}

TEST(StreamKey, TellsSeedsNamesAndPurposesApart) {
  std::set<std::uint64_t> keys;
  std::size_t made = 0;
  for (std::uint64_t seed = 0; seed < 64; ++seed)
    for (const std::string name : {"", "a", "b", "c", "ab", "route.a", "route.b", "soute.b"})
      for (const std::string purpose : {"", "a", "b", "bc", "transit", "loss"}) {
        keys.insert(stream_key(seed, name, purpose).value);
        ++made;
      }
  EXPECT_EQ(keys.size(), made);
}

TEST(StreamKey, IsPartOfEveryResultAndStaysTheSame) {
  EXPECT_EQ(stream_key(1, "route.caspian", "transit").value, 7533744608145625550u);
}

}  // namespace
}  // namespace materiel::random
