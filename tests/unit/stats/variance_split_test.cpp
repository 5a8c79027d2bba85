#include <cmath>
#include <random>

#include <gtest/gtest.h>

#include <materiel/stats/variance_split.h>

namespace materiel::stats {
namespace {

MeanPart part_of(const std::vector<double>& values) {
  MeanPart part;
  for (const double x : values) part.merge(1, x, 0);
  return part;
}

TEST(VarianceSplit, IsTheAnalysisOfVarianceOfATextbookTable) {
  // Three samples of two: means 2, 5, 11; mean squares between 42 and within 2 (by hand).
  VarianceSplit split;
  std::uint64_t number = 0;
  for (const auto& sample : {std::vector<double>{1, 3}, {4, 6}, {10, 12}}) split.add(number++, part_of(sample));
  const VarianceShares shares = split.shares(0.95);
  EXPECT_DOUBLE_EQ(shares.within, 2);
  EXPECT_DOUBLE_EQ(shares.between, 20);
  EXPECT_DOUBLE_EQ(shares.share, 20.0 / 22);
  EXPECT_DOUBLE_EQ(split.mean_of_means(), 6);
}

TEST(VarianceSplit, SamplesOfUnequalSizeCountByTheirSize) {
  // Sizes 1, 2, 3: effective size (6 - 14 / 6) / 2. Means 1, 3, 6; grand mean 25 / 6; squares within 0 + 2 + 2.
  VarianceSplit split;
  std::uint64_t number = 0;
  for (const auto& sample : {std::vector<double>{1}, {2, 4}, {5, 6, 7}}) split.add(number++, part_of(sample));
  split.add(number, {});
  const double mean = 25.0 / 6, size = (6 - 14.0 / 6) / 2;
  const double between = (std::pow(1 - mean, 2) + 2 * std::pow(3 - mean, 2) + 3 * std::pow(6 - mean, 2)) / 2;
  const VarianceShares shares = split.shares(0.95);
  EXPECT_EQ(split.samples(), 3U);
  EXPECT_NEAR(shares.within, 4.0 / 3, 1e-12);
  EXPECT_NEAR(shares.between, (between - 4.0 / 3) / size, 1e-12);
}

TEST(VarianceSplit, SaysWhatCannotBeTold) {
  VarianceSplit one, single, constant, certain;
  one.add(0, part_of({1, 2}));
  std::uint64_t number = 0;
  for (const double x : {1.0, 2.0, 3.0}) {
    single.add(number, part_of({x}));
    constant.add(number, part_of({5, 5}));
    certain.add(number++, part_of({x, x}));
  }
  EXPECT_TRUE(std::isnan(one.shares(0.95).share));
  EXPECT_TRUE(std::isnan(single.shares(0.95).share)) << "one replication a sample";
  EXPECT_TRUE(std::isnan(constant.shares(0.95).share)) << "nothing varies";
  EXPECT_EQ(certain.shares(0.95).share, 1);
  EXPECT_EQ(certain.shares(0.95).interval.lo, 1);
}

/// How often the interval covers the share among `studies`; each draws a sample's effect by `effect`, and a
/// replication's deviation by `chance`, with variances 1 and 2.
template <class Effect, class Chance>
double coverage(int studies, Effect effect, Chance chance, double claimed) {
  std::mt19937_64 bits(11);
  int covered = 0;
  for (int study = 0; study < studies; ++study) {
    VarianceSplit split;
    for (std::uint64_t sample = 0; sample < 60; ++sample) {
      const double level = effect(bits);
      MeanPart part;
      for (int replication = 0; replication < 8; ++replication) part.merge(1, level + chance(bits), 0);
      split.add(sample, part);
    }
    const Interval interval = split.shares(0.95).interval;
    covered += interval.lo <= claimed && claimed <= interval.hi ? 1 : 0;
  }
  return static_cast<double>(covered) / studies;
}

constexpr int kStudies = 2000;
const double kSlack = 3.3 * std::sqrt(0.95 * 0.05 / kStudies);

TEST(VarianceSplit, IntervalCoversTheShareOfNormalEffects) {
  std::normal_distribution<double> unit(0, 1), chance(0, std::sqrt(2.0));
  EXPECT_NEAR(coverage(kStudies, unit, chance, 1.0 / 3), 0.95, kSlack + 0.01);
  EXPECT_LT(coverage(kStudies, unit, chance, 0.45), 0.8) << "a share that is off must be missed";
}

TEST(VarianceSplit, IntervalCoversTheShareOfSkewedEffects) {
  // Exponential effects and chance, whose kurtosis is 9: the jackknife is allowed to lose three points at 60 samples.
  std::exponential_distribution<double> unit(1), chance(1 / std::sqrt(2.0));
  EXPECT_GT(coverage(kStudies, unit, chance, 1.0 / 3), 0.92 - kSlack);
}

TEST(VarianceSplit, OfEventsIsThatOfTheirProbabilities) {
  // Probabilities uniform on [0, 1]: variance 1/12 between samples; mean p (1 - p) = 1/6 within.
  std::mt19937_64 bits(5);
  std::uniform_real_distribution<double> uniform;
  VarianceSplit split;
  constexpr int kSamples = 20000;
  for (std::uint64_t sample = 0; sample < kSamples; ++sample) {
    std::binomial_distribution<int> count(10, uniform(bits));
    const double k = count(bits);
    split.add(sample, {10, k / 10, k * (10 - k) / 10});
  }
  const VarianceShares shares = split.shares(0.95);
  EXPECT_NEAR(shares.between, 1.0 / 12, 4 * (1.0 / 12) * std::sqrt(2.0 / kSamples));
  EXPECT_NEAR(shares.within, 1.0 / 6, 4 * (1.0 / 6) * std::sqrt(2.0 / kSamples));
  EXPECT_NEAR(shares.share, 1.0 / 3, 0.01);
  EXPECT_GT(split.variance_of_means(), shares.between + 4 * (1.0 / 12) * std::sqrt(2.0 / kSamples))
      << "the means' own variance holds chance too: 1/12 + 1/60";
}

}  // namespace
}  // namespace materiel::stats
