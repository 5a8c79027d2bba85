#include <cmath>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include <materiel/stats/cluster_mean.h>
#include <materiel/stats/intervals.h>
#include <materiel/stats/moments.h>

namespace materiel::stats {
namespace {

std::vector<double> skewed_values(std::size_t n) {
  std::mt19937_64 bits(7);
  std::gamma_distribution<double> gamma(1.5, 3);
  std::vector<double> values(n);
  for (double& x : values) x = 1e6 + gamma(bits);  // far from zero: naive sums of squares would lose digits
  return values;
}

long double power_sum(const std::vector<double>& values, int power) {
  long double mean = 0, sum = 0;
  for (const double x : values) mean += x;
  mean /= static_cast<long double>(values.size());
  for (const double x : values) sum += std::pow(static_cast<long double>(x) - mean, power);
  return sum;
}

void expect_moments(const Moments& moments, const std::vector<double>& values) {
  const auto n = static_cast<long double>(values.size());
  const auto variance = static_cast<double>(power_sum(values, 2) / (n - 1));
  const auto kurtosis = static_cast<double>(n * power_sum(values, 4) / (power_sum(values, 2) * power_sum(values, 2)));
  EXPECT_EQ(moments.n(), values.size());
  EXPECT_NEAR(moments.variance(), variance, 1e-9 * variance);
  EXPECT_NEAR(moments.kurtosis(), kurtosis, 1e-8 * kurtosis);
  EXPECT_EQ(moments.min(), *std::min_element(values.begin(), values.end()));
  EXPECT_EQ(moments.max(), *std::max_element(values.begin(), values.end()));
}

TEST(Moments, AgreeWithTwoPassesFarFromZero) {
  const std::vector<double> values = skewed_values(1000);
  Moments moments;
  for (const double x : values) moments.add(x);
  expect_moments(moments, values);
}

TEST(Moments, MergedPartsAgreeWithTheWhole) {
  const std::vector<double> values = skewed_values(1000);
  Moments whole, part;
  for (std::size_t i = 0; i < values.size(); ++i) {
    part.add(values[i]);
    if (i == 0 || i == 9 || i == 600 || i == 999) {
      whole.merge(part);
      part = {};
    }
  }
  whole.merge(part);  // empty
  expect_moments(whole, values);
}

TEST(Moments, AreMissingWithoutValues) {
  Moments moments;
  EXPECT_TRUE(std::isnan(moments.mean()) && std::isnan(moments.min()) && std::isnan(moments.max()));
  moments.add(3);
  EXPECT_EQ(moments.mean(), 3);
  EXPECT_TRUE(std::isnan(moments.sd()));
}

TEST(Moments, SdErrorIsThatOfRepeatedSamples) {
  // A uniform variable has kurtosis 1.8, so the normal theory sd / sqrt(2 n) would be 58 % too large.
  std::mt19937_64 bits(11);
  std::uniform_real_distribution<double> uniform;
  Moments sds, errors;
  for (int repetition = 0; repetition < 2000; ++repetition) {
    Moments sample;
    for (int i = 0; i < 200; ++i) sample.add(uniform(bits));
    sds.add(sample.sd());
    errors.add(sample.sd() / std::sqrt(2 * variance_dof(200, sample.kurtosis())));
  }
  // A fifth of the negative excess, -1.2, is not counted: (2 - 1.2 * 200 / 250) / (2 - 1.2) = 1.3.
  EXPECT_NEAR(errors.mean() / sds.sd(), std::sqrt(1.3), 4 / std::sqrt(2 * 2000.0));
}

TEST(MeanPart, MergesPartsAndEmptyParts) {
  MeanPart part;
  part.merge(0, 0, 0);
  EXPECT_EQ(part.n, 0);
  EXPECT_EQ(part.mean, 0);
  part.merge(3, 2, 2);  // 1 2 3
  part.merge(0, 99, 0);
  part.merge(2, 7, 2);  // 6 8
  EXPECT_EQ(part.n, 5);
  EXPECT_DOUBLE_EQ(part.mean, 4);
  EXPECT_DOUBLE_EQ(part.m2, 34);
}

TEST(ClusterMean, OfEqualClustersIsTheErrorOfTheMeanOfMeans) {
  const std::vector<std::vector<double>> clusters{{1, 2, 3}, {5, 6, 10}, {2, 2, 2}, {0, 4, 5}};
  ClusterMean means;
  Moments of_means, all;
  for (const auto& cluster : clusters) {
    Moments one;
    double sum = 0;
    for (const double x : cluster) {
      one.add(x);
      all.add(x);
      sum += x;
    }
    of_means.add(one.mean());
    means.add(sum, static_cast<double>(cluster.size()));
  }
  means.add(0, 0);  // a cluster without values
  EXPECT_EQ(means.clusters(), 4U);
  EXPECT_NEAR(means.standard_error(12, all.mean()), of_means.sd() / 2, 1e-12);
}

TEST(ClusterMean, OfUnequalClustersAgreesWithTheFormula) {
  // Two clusters of sizes 1 and 3 with sums 4 and 6: mean 2.5, residuals 4 - 2.5 = 1.5 and 6 - 7.5 = -1.5.
  ClusterMean left, right;
  left.add(4, 1);
  right.add(6, 3);
  left.merge(right);
  EXPECT_NEAR(left.standard_error(4, 2.5), std::sqrt(2 * (1.5 * 1.5 + 1.5 * 1.5)) / 4, 1e-12);
  EXPECT_TRUE(std::isnan(right.standard_error(3, 2)));
}

TEST(ClusterMean, OfSinglesIsTheUsualStandardError) {
  ClusterMean means;
  Moments moments;
  for (const double x : skewed_values(50)) {
    means.add(x, 1);
    moments.add(x);
  }
  const double usual = moments.sd() / std::sqrt(50);
  EXPECT_NEAR(means.standard_error(50, moments.mean()), usual, 1e-9 * usual);
  EXPECT_NEAR(design_effect(usual, moments.variance(), 50, 50), 1, 1e-12);
}

TEST(DesignEffect, IsTheClusterSizeWhenNothingVariesWithin) {
  ClusterMean means;
  Moments all;
  for (const double mean : {1.0, 4.0, 5.0, 9.0, 2.0}) {
    means.add(10 * mean, 10);
    for (int i = 0; i < 10; ++i) all.add(mean);
  }
  EXPECT_NEAR(design_effect(means.standard_error(50, all.mean()), all.variance(), 50, 5), 10, 1e-12);
  EXPECT_EQ(design_effect(0, 0, 50, 5), 10);  // all values equal: nothing tells
}

}  // namespace
}  // namespace materiel::stats
