// Quantiles, distribution functions, bounds and scale; against Boost.Math's distributions in long double.

#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include <boost/math/distributions/bernoulli.hpp>
#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/exponential.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/lognormal.hpp>
#include <boost/math/distributions/negative_binomial.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/poisson.hpp>
#include <boost/math/distributions/triangular.hpp>
#include <boost/math/distributions/uniform.hpp>
#include <boost/math/distributions/weibull.hpp>
#include <gtest/gtest.h>

#include "unit/random/distribution_cases.h"

namespace materiel::random {
namespace {

using Real = long double;
using Form = DistributionForm;
namespace policies = boost::math::policies;
using RoundUp = policies::policy<policies::discrete_quantile<policies::integer_round_up>>;

const std::vector<double> kProbabilities{1e-12, 1e-6, 0.001, 0.02, 0.1,   0.25,     0.4,      0.5,
                                         0.6,   0.75, 0.9,   0.98, 0.999, 1 - 1e-6, 1 - 1e-10};

/// One of our distributions and what Boost.Math says of it.
struct Reference {
  std::string name;
  Distribution ours;
  std::function<Real(Real)> quantile, cdf;
  Real mean, variance;
};

template <class Theirs>
Reference reference(const std::string& name, Form form, std::vector<double> scalars, Theirs theirs) {
  return {name,
          Case{name, form, std::move(scalars)}.made(),
          [theirs](Real p) { return boost::math::quantile(theirs, p); },
          [theirs](Real x) { return boost::math::cdf(theirs, x); },
          boost::math::mean(theirs),
          boost::math::variance(theirs)};
}

std::vector<Reference> continuous_references() {
  namespace bm = boost::math;
  const Real log2 = std::log(Real{2}), sigma = std::sqrt(std::log1p(Real{0.49L}));
  const Real z95 = bm::quantile(bm::normal_distribution<Real>(), Real{0.95L});
  return {
      reference("uniform", Form::uniform, {-2, 5}, bm::uniform_distribution<Real>(-2, 5)),
      reference("triangular", Form::triangular, {2, 4, 10}, bm::triangular_distribution<Real>(2, 4, 10)),
      reference("normal", Form::normal, {5, 2, -kInfinity, kInfinity}, bm::normal_distribution<Real>(5, 2)),
      reference("lognormal_mean_sd", Form::lognormal_mean_sd, {3, 2.1},
                bm::lognormal_distribution<Real>(std::log(Real{3}) - sigma * sigma / 2, sigma)),
      reference("lognormal_mean_cv", Form::lognormal_mean_cv, {3, 0.7},
                bm::lognormal_distribution<Real>(std::log(Real{3}) - sigma * sigma / 2, sigma)),
      reference("lognormal_median_gsd", Form::lognormal_median_gsd, {2, 1.5},
                bm::lognormal_distribution<Real>(log2, std::log(Real{1.5L}))),
      reference("lognormal_p05_p95", Form::lognormal_p05_p95, {1, 4},
                bm::lognormal_distribution<Real>(log2, log2 / z95)),
      reference("exponential", Form::exponential, {1.5}, bm::exponential_distribution<Real>(1 / Real{1.5L})),
      reference("gamma", Form::gamma, {4, 0.5}, bm::gamma_distribution<Real>(4, 1)),
      reference("gamma_below_1", Form::gamma, {4, 2}, bm::gamma_distribution<Real>(0.25L, 16)),
      reference("weibull", Form::weibull, {1.75, 3}, bm::weibull_distribution<Real>(1.75L, 3)),
      reference("weibull_steep", Form::weibull, {50, 3}, bm::weibull_distribution<Real>(50, 3)),
      reference("beta", Form::beta, {2, 3, 0, 1}, bm::beta_distribution<Real>(2, 3)),
      reference("beta_u_shaped", Form::beta, {0.5, 0.75, 0, 1}, bm::beta_distribution<Real>(0.5L, 0.75L)),
      reference("pert", Form::pert, {0, 0.25, 1, 4}, bm::beta_distribution<Real>(2, 4)),
  };
}

TEST(DistributionQuantile, OfContinuousFormsIsBoostMaths) {
  for (const Reference& r : continuous_references()) {
    EXPECT_NEAR(r.ours.mean(), static_cast<double>(r.mean), 1e-13 * std::abs(static_cast<double>(r.mean))) << r.name;
    EXPECT_NEAR(r.ours.variance() / static_cast<double>(r.variance), 1, 1e-10) << r.name;
    for (const double p : kProbabilities) {
      const auto x = static_cast<double>(r.quantile(p));
      EXPECT_NEAR(r.ours.quantile(p), x, 1e-9 * std::abs(x)) << r.name << " at " << p;
      EXPECT_NEAR(r.ours.cdf(x), static_cast<double>(r.cdf(x)), 1e-11 * std::fmax(p, 1e-3)) << r.name << " at " << p;
    }
  }
}

std::vector<Reference> count_references() {
  namespace bm = boost::math;
  return {
      reference("poisson_rare", Form::poisson, {0.25}, bm::poisson_distribution<Real, RoundUp>(0.25L)),
      reference("poisson", Form::poisson, {57.25}, bm::poisson_distribution<Real, RoundUp>(57.25L)),
      reference("binomial", Form::binomial, {40, 0.375}, bm::binomial_distribution<Real, RoundUp>(40, 0.375L)),
      reference("negative_binomial", Form::negative_binomial, {6, 2},
                bm::negative_binomial_distribution<Real, RoundUp>(2, 0.25L)),
      reference("negative_binomial_clumped", Form::negative_binomial, {6, 0.25},
                bm::negative_binomial_distribution<Real, RoundUp>(0.25L, 0.04L)),
      reference("geometric", Form::geometric, {0.375}, bm::negative_binomial_distribution<Real, RoundUp>(1, 0.375L)),
      reference("bernoulli", Form::bernoulli, {0.375}, bm::bernoulli_distribution<Real, RoundUp>(0.375L)),
  };
}

TEST(DistributionQuantile, OfCountsIsBoostMaths) {
  for (const Reference& r : count_references()) {
    EXPECT_NEAR(r.ours.mean(), static_cast<double>(r.mean), 1e-12 * static_cast<double>(r.mean)) << r.name;
    EXPECT_NEAR(r.ours.variance(), static_cast<double>(r.variance), 1e-12 * static_cast<double>(r.variance)) << r.name;
    for (const double p : kProbabilities) {
      EXPECT_EQ(r.ours.quantile(p), static_cast<double>(r.quantile(p))) << r.name << " at " << p;
      const double k = r.ours.quantile(p);
      EXPECT_NEAR(r.ours.cdf(k), static_cast<double>(r.cdf(k)), 1e-12) << r.name << " at " << k;
      EXPECT_EQ(r.ours.cdf(k + 0.75), r.ours.cdf(k)) << r.name << " at " << k;
    }
  }
}

/// Against the plain normal distribution in long double, in the tail that the interval lies in.
TEST(DistributionQuantile, OfTruncatedNormalsIsTheNormalsWithinTheBounds) {
  const boost::math::normal_distribution<Real> normal;
  for (const auto& [low, high] : std::vector<std::pair<double, double>>{
           {0, kInfinity}, {-1, 2}, {4, 9}, {6, kInfinity}, {-kInfinity, -6}, {-8, -5}, {3, 3.5}, {0.1, 0.1001}}) {
    const Distribution ours = Case{"normal", Form::normal, {0, 1, low, high}}.made();
    const bool mirrored = low > 0;
    const auto below = [&](double z) {
      return std::isinf(z) ? Real(z > 0) : boost::math::cdf(normal, static_cast<Real>(z));
    };
    const Real from = mirrored ? below(-high) : below(low), to = mirrored ? below(-low) : below(high);
    for (const double p : kProbabilities) {
      const Real share = from + (mirrored ? 1 - Real{p} : Real{p}) * (to - from);
      const Real z = boost::math::quantile(normal, share);
      const auto expected = static_cast<double>(mirrored ? -z : z);
      // In [0.1, 0.1001] probabilities in double resolve the width to one in 10^11.
      EXPECT_NEAR(ours.quantile(p), expected, 1e-10 * std::fmax(std::abs(expected), 1e-3)) << low << " " << p;
      EXPECT_NEAR(ours.cdf(expected), p, 1e-9) << low << " " << p;
    }
  }
}

/// Moments as integrals of the quantile function, an independent way to them.
TEST(DistributionQuantile, IntegratesToTheMomentsOfTruncatedNormals) {
  for (const auto& [low, high] : std::vector<std::pair<double, double>>{
           {-1, 2}, {4, 6}, {-8, -5}, {3, 3.5}, {0.1, 0.1001}, {-1.5, -0.6}, {6.5, 7.4}}) {
    const Distribution d = Case{"normal", Form::normal, {0, 1, low, high}}.made();
    constexpr int kSteps = 20000;
    double mean = 0, square = 0;
    for (int i = 0; i < kSteps; ++i) mean += d.quantile((i + 0.5) / kSteps) / kSteps;
    for (int i = 0; i < kSteps; ++i) square += std::pow(d.quantile((i + 0.5) / kSteps) - mean, 2) / kSteps;
    EXPECT_NEAR((d.mean() - mean) / std::sqrt(d.variance()), 0, 1e-4) << low;
    EXPECT_NEAR(d.variance() / square, 1, 1e-3) << low;
  }
}

TEST(DistributionQuantile, UndoesTheDistributionFunctionOfContinuousForms) {
  for (const Case& c : continuous_cases()) {
    const Distribution d = c.made();
    double last = -kInfinity;
    for (const double p : kProbabilities) {
      const double x = d.quantile(p);
      EXPECT_GE(x, last) << c.name;
      EXPECT_NEAR(d.cdf(x), p, 1e-9) << c.name << " at " << p;
      last = x;
    }
  }
}

TEST(DistributionQuantile, OfAtomsIsTheLeastValueThatReachesTheProbability) {
  for (const Case& c : discrete_cases()) {
    const Distribution d = c.made();
    for (const double p : kProbabilities) {
      const double x = d.quantile(p);
      EXPECT_GE(d.cdf(x), p) << c.name << " at " << p;
      EXPECT_LT(d.cdf(std::nextafter(x - 1e-9 * std::fmax(std::abs(x), 1e-3), -kInfinity)), p) << c.name << " at " << p;
    }
  }
}

TEST(DistributionQuantile, AtAStepIsTheValueBeforeIt) {
  for (const Case& c : discrete_cases()) {
    const Distribution d = c.made();
    for (const double p : {0.05, 0.3, 0.5, 0.7, 0.95}) {
      const double x = d.quantile(p), step = d.cdf(x);
      if (step >= 1) continue;
      EXPECT_EQ(d.quantile(step), x) << c.name;
      EXPECT_GT(d.quantile(std::nextafter(step, 2)), x) << c.name;
    }
  }
}

TEST(DistributionQuantile, IsTheBoundsAtZeroAndOneAndBetweenThemInside) {
  for (const auto& cases : {continuous_cases(), discrete_cases()})
    for (const Case& c : cases) {
      const Distribution d = c.made();
      EXPECT_EQ(d.quantile(0), d.lower()) << c.name;
      EXPECT_EQ(d.quantile(1), d.upper()) << c.name;
      EXPECT_EQ(d.cdf(d.upper()), 1) << c.name;
      EXPECT_EQ(d.cdf(-kInfinity), 0) << c.name;
      for (const double p : {1e-300, 0x1p-53, 1 - 0x1p-53}) {
        EXPECT_GE(d.quantile(p), d.lower()) << c.name << " at " << p;
        EXPECT_LE(d.quantile(p), d.upper()) << c.name << " at " << p;
        EXPECT_TRUE(std::isfinite(d.quantile(p))) << c.name << " at " << p;
      }
    }
}

TEST(DistributionQuantile, OfExtremeArgumentsIsANumberInOrder) {
  const std::vector<Case> cases{
      {"beta_small", Form::beta, {1e-6, 1e-6, 0, 1}},
      {"beta_large", Form::beta, {1e8, 1e8, 0, 1}},
      {"beta_lopsided", Form::beta, {1e-6, 1e8, 0, 1}},
      {"pert_needle", Form::pert, {0, 1, 5, 9e7}},
      {"gamma_regular", Form::gamma, {1, 1e-4}},
      {"gamma_clumped", Form::gamma, {1, 1000}},
      {"weibull_needle", Form::weibull, {1e9, 1}},
      {"weibull_wide", Form::weibull, {0.05, 1}},
      {"poisson_least", Form::poisson, {1e-300}},
      {"poisson_most", Form::poisson, {1e9}},
      {"binomial_rare", Form::binomial, {2147483648.0, 1e-300}},
      {"binomial_most", Form::binomial, {2147483648.0, 0.5}},
      {"nb_clumped", Form::negative_binomial, {1e9, 1e-6}},
      {"nb_even", Form::negative_binomial, {1e9, 1e300}},
      {"nb_nearly_even", Form::negative_binomial, {100, 1e14}},
      {"geometric_rare", Form::geometric, {1e-9}},
      {"geometric_likely", Form::geometric, {1 - 1e-16}},
      {"lognormal_wide", Form::lognormal_mean_cv, {1, 1e100}},
      {"uniform_wide", Form::uniform, {-1e150, 1e150}},
      {"normal_tail", Form::normal, {0, 1, 7, kInfinity}},
  };
  for (const Case& c : cases) {
    const Distribution d = c.made();
    EXPECT_GE(d.variance(), 0) << c.name;
    Stream stream({4}, 0, 0);
    for (int i = 0; i < 1000; ++i) {
      const double x = d.sample(stream);
      ASSERT_TRUE(x >= d.lower() && x <= d.upper() && std::isfinite(x)) << c.name << " drew " << x;
    }
    double last = -kInfinity;
    for (const double p : {1e-300, 1e-9, 0.1, 0.5, 0.9, 1 - 1e-9, 1 - 0x1p-53}) {
      const double x = d.quantile(p);
      ASSERT_TRUE(x >= last && std::isfinite(x)) << c.name << " at " << p << ": " << x << " after " << last;
      last = x;
    }
  }
}

TEST(Distribution, ScaleMultipliesDrawsQuantilesMomentsAndBounds) {
  constexpr double kMonth = 30.4375;
  for (const auto& cases : {continuous_cases(), discrete_cases()})
    for (Case c : cases) {
      c.scale = 1;
      const Distribution plain = c.made();
      c.scale = kMonth;
      const Distribution scaled = c.made();
      const auto near = [&](double x, double y) { EXPECT_NEAR(x, y, 1e-12 * std::abs(y)) << c.name; };
      near(scaled.mean(), kMonth * plain.mean());
      near(scaled.variance(), kMonth * kMonth * plain.variance());
      EXPECT_EQ(scaled.lower(), kMonth * plain.lower());
      EXPECT_EQ(scaled.upper(), kMonth * plain.upper());
      Stream one({6}, 0, 0), same({6}, 0, 0);
      for (int i = 0; i < 10; ++i) near(scaled.sample(one), kMonth * plain.sample(same));
      for (const double p : {0.1, 0.5, 0.9}) {
        near(scaled.quantile(p), kMonth * plain.quantile(p));
        near(scaled.cdf(scaled.quantile(p)), plain.cdf(plain.quantile(p)));
      }
    }
}

TEST(Distribution, ByDefaultIsTheConstantZero) {
  const Distribution zero;
  Stream stream;
  EXPECT_EQ(zero.sample(stream), 0);
  EXPECT_EQ(zero.quantile(0.3), 0);
  EXPECT_EQ(zero.cdf(0), 1);
  EXPECT_EQ(zero.cdf(-1e-300), 0);
}

}  // namespace
}  // namespace materiel::random
