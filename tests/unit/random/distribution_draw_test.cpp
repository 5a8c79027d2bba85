// Draws against the stated moments and distribution function.

#include <functional>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "unit/random/distribution_cases.h"
#include "unit/random/goodness_of_fit.h"

namespace materiel::random {
namespace {

constexpr std::size_t kDraws = 100000;

std::vector<double> drawn(const Case& c) {
  const Distribution distribution = c.made();
  Stream stream(stream_key(2024, c.name, "test"), 0, 0);
  std::vector<double> values(kDraws);
  for (double& value : values) value = distribution.sample(stream);
  return values;
}

/// Counts in the cells between the quantiles of 0.02, 0.04, ... against the cells' probabilities.
double p_of_cells(const std::vector<double>& values, const Distribution& distribution) {
  constexpr int kCells = 50;
  std::vector<double> edges, probabilities;
  double reached = 0;
  for (int i = 1; i <= kCells; ++i) {
    const double edge = i == kCells ? kInfinity : distribution.quantile(static_cast<double>(i) / kCells);
    const double p = distribution.cdf(edge) - reached;
    if (p * kDraws < 5) continue;  // an atom, or nearly nothing: the next cell takes it in
    edges.push_back(edge);
    probabilities.push_back(p);
    reached += p;
  }
  probabilities.back() += 1 - reached;
  std::vector<double> counts(edges.size());
  for (const double x : values) {
    const auto cell = std::lower_bound(edges.begin(), edges.end(), x) - edges.begin();
    ++counts[std::min(static_cast<std::size_t>(cell), counts.size() - 1)];
  }
  return p_of_counts(counts, probabilities);
}

void expect_moments_and_bounds(const Case& c, const std::vector<double>& values) {
  const Distribution distribution = c.made();
  EXPECT_GT(p_of_mean(values, distribution.mean(), distribution.variance()), kSignificance);
  EXPECT_GT(p_of_variance(values, distribution.variance()), kSignificance);
  const auto [least, most] = std::minmax_element(values.begin(), values.end());
  EXPECT_GE(*least, distribution.lower());
  EXPECT_LE(*most, distribution.upper());
}

class ContinuousDraws : public testing::TestWithParam<Case> {};

/// Many at once are the same numbers as one after the other, whatever lies between them.
void expect_the_same_many_at_once(const Case& c) {
  const Distribution distribution = c.made();
  Stream one(stream_key(5, c.name, "many"), 1, 2), many = one;
  for (const std::size_t count : {1U, 0U, 7U, 32U, 100U}) {
    std::vector<double> values(count);
    distribution.sample(many, values);
    for (const double value : values) ASSERT_EQ(value, distribution.sample(one));
  }
}

TEST_P(ContinuousDraws, AreTheSameManyAtOnce) {
  expect_the_same_many_at_once(GetParam());
}

TEST_P(ContinuousDraws, FollowTheDistributionFunction) {
  const std::vector<double> values = drawn(GetParam());
  expect_moments_and_bounds(GetParam(), values);
  const Distribution distribution = GetParam().made();
  EXPECT_GT(p_of_kolmogorov(values, [&](double x) { return distribution.cdf(x); }), kSignificance);
  EXPECT_GT(p_of_cells(values, distribution), kSignificance);
}

class DiscreteDraws : public testing::TestWithParam<Case> {};

TEST_P(DiscreteDraws, FollowTheDistributionFunction) {
  const std::vector<double> values = drawn(GetParam());
  expect_moments_and_bounds(GetParam(), values);
  EXPECT_GT(p_of_cells(values, GetParam().made()), kSignificance);
}

std::string name_of(const testing::TestParamInfo<Case>& info) {
  std::string name = info.param.name;
  std::replace(name.begin(), name.end(), '.', '_');
  return name;
}
INSTANTIATE_TEST_SUITE_P(Forms, ContinuousDraws, testing::ValuesIn(continuous_cases()), name_of);
INSTANTIATE_TEST_SUITE_P(Forms, DiscreteDraws, testing::ValuesIn(discrete_cases()), name_of);

/// The same criteria reject draws that are 2 % too large, or spread 2 % too far.
TEST(DrawCriteria, NoticeABiasOfTwoPercent) {
  const Case exponential{"exponential", DistributionForm::exponential, {1.5}};
  const Distribution stated = exponential.made();
  std::vector<double> values = drawn(exponential);
  for (double& x : values) x *= 1.02;
  EXPECT_LT(p_of_mean(values, stated.mean(), stated.variance()), kSignificance);
  EXPECT_LT(p_of_kolmogorov(values, [&](double x) { return stated.cdf(x); }), kSignificance);

  const Case normal{"normal", DistributionForm::normal, {5, 2, -kInfinity, kInfinity}};
  values = drawn(normal);
  for (double& x : values) x = 5 + 1.02 * (x - 5);
  EXPECT_LT(p_of_variance(values, 4), kSignificance);

  const Case poisson{"poisson_small", DistributionForm::poisson, {4}};
  const Case more{"poisson_small", DistributionForm::poisson, {4.08}};
  EXPECT_LT(p_of_cells(drawn(more), poisson.made()), kSignificance);
}

TEST(Distribution, DrawsDependOnTheStreamAloneNotOnEarlierDraws) {
  for (const auto& cases : {continuous_cases(), discrete_cases()})
    for (const Case& c : cases) {
      const Distribution used = c.made(), fresh = c.made();
      Stream other({9}, 0, 0);
      for (int i = 0; i < 3; ++i) used.sample(other);
      Stream one({8}, 0, 0), same({8}, 0, 0);
      for (int i = 0; i < 20; ++i) EXPECT_EQ(used.sample(one), fresh.sample(same)) << c.name;
      EXPECT_EQ(one(), same()) << c.name;
    }
}

TEST(Distribution, SeveralThreadsMayDrawFromOne) {
  for (const Case& c : {continuous_cases().front(), Case{"gamma", DistributionForm::gamma, {4, 0.5}},
                        Case{"negative_binomial", DistributionForm::negative_binomial, {6, 1}}}) {
    const Distribution distribution = c.made();
    const auto total = [&] {
      Stream stream({1}, 0, 0);
      double sum = 0;
      for (int i = 0; i < 2000; ++i) sum += distribution.sample(stream) + distribution.quantile(stream.uniform());
      return sum;
    };
    double there = 0;
    std::thread thread([&] { there = total(); });
    const double here = total();
    thread.join();
    EXPECT_EQ(here, there);
  }
}

}  // namespace
}  // namespace materiel::random
