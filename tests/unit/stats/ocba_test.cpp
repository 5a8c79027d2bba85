#include <cmath>
#include <random>

#include <gtest/gtest.h>

#include <materiel/stats/moments.h>
#include <materiel/stats/ocba.h>

namespace materiel::stats {
namespace {

TEST(Ocba, SharesAreThoseOfTheTheorem) {
  // Distances 1, 2, 4 and standard deviations 1, 1, 2 from a best with 1: (1, 1/4, 4/16) and sqrt(1 + 1/16 + 1/64).
  const std::vector<SystemMean> systems = {{10, 1, 1000000}, {9, 1, 1000000}, {8, 1, 1000000}, {6, 4, 1000000}};
  const double best = std::sqrt(1 + 1.0 / 16 + 1.0 / 64), sum = best + 1 + 0.25 + 0.25;
  const std::vector<double> shares = ocba_shares(systems, true);
  EXPECT_NEAR(shares[0], best / sum, 1e-12);
  EXPECT_NEAR(shares[1], 1 / sum, 1e-12);
  EXPECT_NEAR(shares[2], 0.25 / sum, 1e-12);
  EXPECT_NEAR(shares[3], 0.25 / sum, 1e-12);
}

TEST(Ocba, TwoSystemsShareAsTheirStandardDeviations) {
  const std::vector<SystemMean> systems = {{1, 9, 100000}, {2, 1, 100000}};
  for (const bool largest : {true, false}) EXPECT_NEAR(ocba_shares(systems, largest)[0], 0.75, 1e-12);
}

TEST(Ocba, ATieOrNoVarianceTakesNoWholeBudget) {
  const std::vector<SystemMean> tied = {{1, 1, 100}, {1, 1, 100}, {0, 1, 100}};
  const std::vector<double> shares = ocba_shares(tied, true);
  EXPECT_LT(shares[1], 0.6);
  EXPECT_GT(shares[2], 0.005);
  const std::vector<SystemMean> certain = {{1, 0, 100}, {2, 0, 100}};
  EXPECT_EQ(ocba_shares(certain, true), (std::vector<double>{0.5, 0.5}));
  EXPECT_DOUBLE_EQ(probability_of_correct_selection(certain, true), 0.97) << "no more than the rule of three";
  EXPECT_EQ(best_system(certain, false), 0U);
  EXPECT_EQ(best_system(std::vector<SystemMean>{{std::nan(""), 0, 1}, {2, 0, 1}}, false), 1U);
}

// The second system looks best since none of its 64 runs met a loss of 1000, which 1 % of its runs do.
TEST(Ocba, ASystemWhoseRunsAllAgreeIsNotCertain) {
  std::vector<SystemMean> systems = {{5, 100, 64}, {0, 0, 64, 0}};
  EXPECT_EQ(ocba_shares(systems, false)[1], 0) << "as long as nothing is allowed for";
  allow_for_unseen(systems, 1000);
  EXPECT_EQ(systems[0].variance, 100) << "enough of its samples differ";
  EXPECT_NEAR(systems[1].variance, 1e6 * (1.0 / 66) * (65.0 / 66), 1e-6);
  EXPECT_GT(ocba_shares(systems, false)[1], 0.5);
  EXPECT_LT(probability_of_correct_selection(systems, false), 0.7);
  std::vector<SystemMean> far = {{500, 1, 64}, {0, 0, 64, 0}};
  allow_for_unseen(far, 500);
  EXPECT_LE(probability_of_correct_selection(far, false), 1 - 3.0 / 64);
}

TEST(Ocba, AMeanThatIsNotKnownLeavesNothingSure) {
  const std::vector<SystemMean> systems = {{std::nan(""), 0, 64}, {2, 1, 64}, {1, 1, 64}};
  EXPECT_EQ(best_system(systems, true), 1U);
  EXPECT_EQ(probability_of_correct_selection(systems, true), 0);
  EXPECT_EQ(ocba_shares(systems, true)[0], 0);
}

/// Selects the largest of normal means from that many samples of each.
struct Selection {
  bool right = false;
  double claimed = 0;
};
Selection select(std::mt19937_64& bits, const std::vector<double>& means, const std::vector<std::uint64_t>& n) {
  std::vector<SystemMean> systems;
  for (std::size_t i = 0; i < means.size(); ++i) {
    Moments moments;
    std::normal_distribution<double> draw(means[i], 1);
    for (std::uint64_t k = 0; k < n[i]; ++k) moments.add(draw(bits));
    systems.push_back({moments.mean(), moments.variance(), n[i]});
  }
  return {best_system(systems, true) == 0, probability_of_correct_selection(systems, true)};
}

double share_right(const std::vector<double>& means, const std::vector<std::uint64_t>& n, double* claimed = nullptr) {
  std::mt19937_64 bits(11);
  double right = 0, sum = 0;
  constexpr int kTimes = 4000;
  for (int i = 0; i < kTimes; ++i) {
    const Selection one = select(bits, means, n);
    right += one.right ? 1 : 0;
    sum += one.claimed;
  }
  if (claimed) *claimed = sum / kTimes;
  return right / kTimes;
}

// With the same budget the allocation selects more often right than equal shares do: that is what it is for.
TEST(Ocba, SelectsMoreOftenRightThanEqualShares) {
  const std::vector<double> means = {0.5, 0.3, 0, 0, -0.5, -0.5, -1, -1};
  std::vector<SystemMean> known;
  for (const double mean : means) known.push_back({mean, 1, 1000000});
  const std::vector<double> shares = ocba_shares(known, true);
  constexpr double kBudget = 480;
  std::vector<std::uint64_t> by_shares;
  for (const double share : shares)
    by_shares.push_back(std::max<std::uint64_t>(2, static_cast<std::uint64_t>(share * kBudget)));
  const double allocated = share_right(means, by_shares);
  const double equal = share_right(means, std::vector<std::uint64_t>(means.size(), 60));
  const double error = std::sqrt(2 * 0.25 / 4000);
  EXPECT_GT(allocated, equal + 3 * error) << allocated << " against " << equal;
}

TEST(Ocba, TheProbabilityOfCorrectSelectionIsNoEmptyPromise) {
  double claimed = 0;
  const double right = share_right({1, 0.5, 0, 0}, {40, 40, 40, 40}, &claimed);
  EXPECT_GE(right, claimed - 3 * std::sqrt(0.25 / 4000)) << "claims more than it keeps";
  EXPECT_GT(claimed, 0.8);
}

}  // namespace
}  // namespace materiel::stats
