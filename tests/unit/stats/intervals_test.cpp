#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include <materiel/stats/intervals.h>
#include <materiel/stats/moments.h>

namespace materiel::stats {
namespace {

double binomial_below(std::uint64_t k, std::uint64_t n, double p) {  // P(B < k)
  double sum = 0;
  for (std::uint64_t i = 0; i < k; ++i) {
    const auto x = static_cast<double>(i), m = static_cast<double>(n);
    sum += std::exp(std::lgamma(m + 1) - std::lgamma(x + 1) - std::lgamma(m - x + 1) + x * std::log(p) +
                    (m - x) * std::log1p(-p));
  }
  return sum;
}

// The share of repetitions in which an interval covers the truth.
template <class Covers>
double coverage(int repetitions, Covers covers) {
  std::mt19937_64 bits(20240229);
  int covered = 0;
  for (int i = 0; i < repetitions; ++i) covered += covers(bits) ? 1 : 0;
  return covered / static_cast<double>(repetitions);
}

constexpr int kRepetitions = 4000;
const double kSlack = 4 * std::sqrt(0.95 * 0.05 / kRepetitions);  // four standard errors of a coverage

TEST(Quantiles, OfNormalAndStudentAreThoseOfTables) {
  EXPECT_NEAR(normal_quantile(0.975), 1.959964, 1e-6);
  EXPECT_NEAR(student_t_quantile(0.975, 1), 12.7062, 1e-4);
  EXPECT_NEAR(student_t_quantile(0.975, 10), 2.228139, 1e-6);
  EXPECT_NEAR(student_t_reach(10, 0.95), 2.228139, 1e-6);
  EXPECT_TRUE(std::isnan(student_t_reach(0, 0.95)));
}

TEST(WilsonInterval, IsThatOfPublishedExamples) {
  // Newcombe (1998), table I: 81 of 263 and 15 of 148.
  EXPECT_NEAR(wilson_interval(81.0 / 263, 263, 0.95).lo, 0.2553, 5e-5);
  EXPECT_NEAR(wilson_interval(81.0 / 263, 263, 0.95).hi, 0.3662, 5e-5);
  EXPECT_NEAR(wilson_interval(15.0 / 148, 148, 0.95).lo, 0.0624, 5e-5);
  EXPECT_NEAR(wilson_interval(15.0 / 148, 148, 0.95).hi, 0.1605, 5e-5);
}

TEST(WilsonInterval, HoldsAtTheEdges) {
  const Interval none = wilson_interval(0, 20, 0.95), all = wilson_interval(1, 29, 0.95);
  EXPECT_EQ(none.lo, 0);
  EXPECT_NEAR(none.hi, 0.1611, 5e-5);  // Newcombe (1998): 0 of 20
  EXPECT_NEAR(all.lo, 1 - 0.1170, 5e-5);
  EXPECT_EQ(all.hi, 1);
  EXPECT_TRUE(std::isnan(wilson_interval(0.5, 0, 0.95).lo));
}

TEST(WilsonInterval, CoversAndABiasedEstimateDoesNot) {
  const auto covers = [](double bias) {
    return [bias](std::mt19937_64& bits) {
      const double p = 0.3;
      const int n = 200;
      const double share = std::binomial_distribution<int>(n, p)(bits) / static_cast<double>(n);
      const Interval interval = wilson_interval(std::min(share + bias, 1.0), n, 0.95);
      return interval.lo <= p && p <= interval.hi;
    };
  };
  EXPECT_NEAR(coverage(kRepetitions, covers(0)), 0.95, kSlack + 0.005);  // the binomial is discrete
  EXPECT_LT(coverage(kRepetitions, covers(0.03)), 0.95 - kSlack - 0.005);
}

TEST(SdInterval, OfNormalValuesIsThatOfTheChiSquareTable) {
  EXPECT_NEAR(sd_interval(1, 1, 0.95).hi, 31.91, 0.01);
  EXPECT_NEAR(sd_interval(1, 1, 0.95).lo, 0.4461, 1e-4);
  EXPECT_NEAR(sd_interval(2, 9, 0.95).lo, 2 * 0.6878, 1e-3);
  EXPECT_TRUE(std::isnan(sd_interval(1, 0, 0.95).lo));
  EXPECT_EQ(variance_dof(9, 1), 8) << "few values tell no kurtosis";
  EXPECT_NEAR(variance_dof(1e6, 3), 1e6, 20);
  EXPECT_NEAR(variance_dof(1e6, 9), 0.25e6, 20);  // exponential: 2 n / (6 + 2)
}

TEST(SdInterval, CoversFromTwoValuesOn) {
  for (const int n : {2, 3, 5, 9, 10, 30, 200}) {
    const auto covers = [n](std::mt19937_64& bits) {
      std::normal_distribution<double> normal;
      Moments moments;
      for (int i = 0; i < n; ++i) moments.add(normal(bits));
      const Interval interval = sd_interval(moments.sd(), variance_dof(n, moments.kurtosis()), 0.95);
      return interval.lo <= 1 && 1 <= interval.hi;
    };
    EXPECT_NEAR(coverage(kRepetitions, covers), 0.95, kSlack) << n;
  }
}

TEST(AtomMeanInterval, OfTwoValuesIsWilsonsWithStudentsReach) {
  const double t = student_t_reach(7, 0.95), z = normal_quantile(0.975);
  // Wilson's with another reach is that of n (z / t)^2 trials.
  const Interval wilson = wilson_interval(0.04, 200 * z * z / (t * t), 0.95);
  const Interval same = atom_mean_interval(0, 0.04, 0.04 * 0.96, 200, 8, 0.95);
  EXPECT_NEAR(same.lo, wilson.lo, 1e-12);
  EXPECT_NEAR(same.hi, wilson.hi, 1e-12);
  const Interval mirrored = atom_mean_interval(10, 10 - 5 * 0.04, 25 * 0.04 * 0.96, 200, 8, 0.95);
  EXPECT_NEAR(mirrored.lo, 10 - 5 * wilson.hi, 1e-12);
  EXPECT_NEAR(mirrored.hi, 10 - 5 * wilson.lo, 1e-12);
  EXPECT_TRUE(std::isnan(atom_mean_interval(0, 1, 1, 0, 0, 0.95).lo));
}

TEST(PairedProbabilityInterval, IsThatOfThePublishedFormula) {
  // Of 40 pairs, in 8 only the first and in 2 only the second: (9 - 3) / 42 -+ 1.96 sqrt((12 / 42 - (6 / 42)^2) / 42).
  const Interval some = paired_probability_interval(0.2, 0.05, 40, 0.95);
  const double half = 1.959964 * std::sqrt((12.0 / 42 - 36.0 / 42 / 42) / 42);
  EXPECT_NEAR(some.lo, 6.0 / 42 - half, 1e-6);
  EXPECT_NEAR(some.hi, 6.0 / 42 + half, 1e-6);
  const Interval none = paired_probability_interval(0, 0, 64, 0.95);
  EXPECT_GT(none.hi, 0.03);
  EXPECT_EQ(none.lo, -none.hi);
}

TEST(PairedProbabilityInterval, CoversRareDifferences) {
  for (const double first : {0.01, 0.05}) {
    const auto covers = [first](std::mt19937_64& bits) {
      const int n = 200;
      int only_first = 0, only_second = 0;
      std::uniform_real_distribution<double> uniform;
      for (int i = 0; i < n; ++i) {
        const double u = uniform(bits);
        only_first += u < first ? 1 : 0;
        only_second += u > 0.995 ? 1 : 0;
      }
      const Interval interval = paired_probability_interval(only_first / 200.0, only_second / 200.0, n, 0.95);
      return interval.lo <= first - 0.005 && first - 0.005 <= interval.hi;
    };
    EXPECT_GE(coverage(kRepetitions, covers), 0.94) << first;
  }
}

TEST(MeanInterval, CoversAndANormalReachDoesNot) {
  const auto covers = [](double reach) {
    return [reach](std::mt19937_64& bits) {
      std::normal_distribution<double> normal(5, 2);
      Moments moments;
      for (int i = 0; i < 6; ++i) moments.add(normal(bits));
      const Interval interval = mean_interval(moments.mean(), moments.sd() / std::sqrt(6), reach);
      return interval.lo <= 5 && 5 <= interval.hi;
    };
  };
  EXPECT_NEAR(coverage(kRepetitions, covers(student_t_reach(5, 0.95))), 0.95, kSlack);
  EXPECT_LT(coverage(kRepetitions, covers(normal_quantile(0.975))), 0.95 - kSlack);
}

TEST(QuantileRank, IsTheInverseOfTheEmpiricalDistribution) {
  EXPECT_EQ(quantile_rank(1, 0.05), 1U);
  EXPECT_EQ(quantile_rank(10, 0.5), 5U);
  EXPECT_EQ(quantile_rank(11, 0.5), 6U);
  EXPECT_EQ(quantile_rank(20, 0.95), 19U);
  EXPECT_EQ(quantile_rank(100, 0.55), 55U);  // 100 * 0.55 is 55.000000000000007 in doubles
  EXPECT_EQ(quantile_rank(1000000, 0.05), 50000U);
}

TEST(QuantileRankInterval, IsTheNarrowestThatBinomialTailsAllow) {
  for (const std::uint64_t n : {1U, 5U, 6U, 58U, 59U, 60U, 100U, 257U}) {
    for (const double p : {0.05, 0.25, 0.5, 0.75, 0.95}) {
      const RankInterval ranks = quantile_rank_interval(n, p, 0.95);
      EXPECT_LE(binomial_below(ranks.lower, n, p), 0.025 + 1e-12);
      EXPECT_GT(binomial_below(ranks.lower + 1, n, p), 0.025);  // the next would be too high
      if (ranks.upper == 0) {
        EXPECT_LT(binomial_below(n, n, p), 0.975) << n << ' ' << p;  // not even the greatest value would do
      } else {
        EXPECT_GE(binomial_below(ranks.upper, n, p), 0.975 - 1e-12) << n << ' ' << p;
        EXPECT_LT(binomial_below(ranks.upper - 1, n, p), 0.975) << n << ' ' << p;
      }
    }
  }
}

TEST(QuantileRankInterval, AgreesWithTheTableForAMedian) {
  // Conover (1999), table A3 for n = 20, p = 1/2: the 6th and 15th values.
  const RankInterval ranks = quantile_rank_interval(20, 0.5, 0.95);
  EXPECT_EQ(ranks.lower, 6U);
  EXPECT_EQ(ranks.upper, 15U);
}

TEST(QuantileRankInterval, OfFewerEffectiveValuesIsWider) {
  const RankInterval all = quantile_rank_interval(1000, 0.5, 0.95);
  const RankInterval same = quantile_rank_interval(1000, 1000.0, 0.5, 0.95);
  EXPECT_EQ(same.lower, all.lower);
  EXPECT_EQ(same.upper, all.upper);
  const RankInterval fifth = quantile_rank_interval(1000, 20.4, 0.5, 0.95);
  EXPECT_EQ(fifth.lower, 300U);
  EXPECT_EQ(fifth.upper, 750U);
  EXPECT_EQ(quantile_rank_interval(1000, 3, 0.5, 0.95).lower, 0U);
  EXPECT_EQ(quantile_rank_interval(1000, 0, 0.5, 0.95).upper, 0U);
}

TEST(QuantileRankInterval, CoversAndAShiftedOneDoesNot) {
  const double p = 0.75, truth = -std::log(1 - p);  // of Exp(1)
  const auto covers = [&](std::uint64_t shift) {
    return [&, shift](std::mt19937_64& bits) {
      std::exponential_distribution<double> exponential;
      std::vector<double> x(300);
      for (double& value : x) value = exponential(bits);
      std::ranges::sort(x);
      const RankInterval ranks = quantile_rank_interval(x.size(), p, 0.95);
      return x[ranks.lower - 1 + shift] <= truth && truth <= x[ranks.upper - 1 + shift];
    };
  };
  const double nominal = binomial_below(quantile_rank_interval(300, p, 0.95).upper, 300, p) -
                         binomial_below(quantile_rank_interval(300, p, 0.95).lower, 300, p);
  EXPECT_GE(nominal, 0.95);
  EXPECT_NEAR(coverage(kRepetitions, covers(0)), nominal, kSlack);
  EXPECT_LT(coverage(kRepetitions, covers(5)), nominal - kSlack);
}

TEST(EffectiveSize, IsThatOfIndependentValuesWhenClustersAreSingles) {
  EXPECT_EQ(effective_size(500, 1, 500, 0.95), 500);
  EXPECT_EQ(effective_size(500, 1, 1, 0.95), 0);
  const double shrink = student_t_quantile(0.975, 499) / student_t_quantile(0.975, 9);
  EXPECT_NEAR(effective_size(500, 5, 10, 0.95), 100 * shrink * shrink, 1e-9);
}

TEST(RankIntervals, AreThoseOfTheFunctionWhateverWasAskedBefore) {
  RankIntervals intervals;
  for (int twice = 0; twice < 2; ++twice)
    for (const double effective_n : {1000.0, 700.0, 0.0})
      for (const double p : {0.05, 0.5, 0.95})
        for (const double level : {0.9, 0.95}) {
          const RankInterval expected = quantile_rank_interval(1000, effective_n, p, level);
          const RankInterval found = intervals(1000, effective_n, p, level);
          EXPECT_EQ(found.lower, expected.lower);
          EXPECT_EQ(found.upper, expected.upper);
        }
}

TEST(StandardErrorOf, ANormalIntervalIsItsStandardError) {
  EXPECT_NEAR(standard_error_of({3 - 1.959964 * 2, 3 + 1.959964 * 2}, 0.95), 2, 1e-6);
  EXPECT_TRUE(std::isnan(standard_error_of({std::nan(""), 1}, 0.95)));
}

}  // namespace
}  // namespace materiel::stats
