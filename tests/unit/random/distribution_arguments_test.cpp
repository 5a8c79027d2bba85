#include <cmath>
#include <limits>
#include <string>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

#include "unit/random/distribution_cases.h"

namespace materiel::random {
namespace {

using Form = DistributionForm;
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

struct WrongCase {
  std::string message;
  Form form;
  std::vector<double> scalars;
  std::vector<double> first = {}, second = {};
  double scale = 1;
};

const std::vector<WrongCase> kWrongCases{
    {"value must be a finite number, not nan", Form::constant, {kNan}},
    {"value must be a finite number, not inf", Form::constant, {kInfinity}},
    {"unit must be a finite factor of more than 0, not 0", Form::constant, {1}, {}, {}, 0},
    {"unit must be a finite factor of more than 0, not -7", Form::uniform, {1, 2}, {}, {}, -7},
    {"max must be at least min (5), not 3", Form::uniform, {5, 3}},
    {"max must be a finite number, not inf", Form::uniform, {0, kInfinity}},
    {"its mean and variance must be finite, the arguments are too large or too far apart",
     Form::uniform,
     {-1e308, 1e308}},
    {"max must be at least min (5), not 3", Form::triangular, {5, 4, 3}},
    {"mode must be between min (1) and max (3), not 3.5", Form::triangular, {1, 3.5, 3}},
    {"max must be at least min (5), not 3", Form::pert, {5, 4, 3, 4}},
    {"mode must be between min (1) and max (3), not 0", Form::pert, {1, 0, 3, 4}},
    {"shape must be at least 0 and less than 10^8, not -1", Form::pert, {1, 2, 3, -1}},
    {"sd must be at least 0, not -1", Form::normal, {0, -1, -kInfinity, kInfinity}},
    {"mean must be a finite number, not -inf", Form::normal, {-kInfinity, 1, -kInfinity, kInfinity}},
    {"max must be more than min (2), not 2", Form::normal, {0, 1, 2, 2}},
    {"mean must be between min (1) and max (2) where sd is 0, not 0", Form::normal, {0, 0, 1, 2}},
    {"min and max must keep at least 10^-12 of the normal distribution, [9, inf] keeps 1.1e-19",
     Form::normal,
     {0, 1, 9, kInfinity}},
    {"mean must be more than 0, not 0", Form::lognormal_mean_sd, {0, 1}},
    {"sd must be at least 0, not -1", Form::lognormal_mean_sd, {1, -1}},
    {"cv must be at least 0, not -1", Form::lognormal_mean_cv, {1, -1}},
    {"median must be more than 0, not -2", Form::lognormal_median_gsd, {-2, 2}},
    {"gsd must be at least 1 (a factor), not 0.9", Form::lognormal_median_gsd, {2, 0.9}},
    {"p05 must be more than 0, not 0", Form::lognormal_p05_p95, {0, 2}},
    {"p95 must be more than p05 (3), not 3", Form::lognormal_p05_p95, {3, 3}},
    {"its mean and variance must be finite, the arguments are too large or too far apart",
     Form::lognormal_median_gsd,
     {1, 1e300}},
    {"mean must be more than 0, not 0", Form::exponential, {0}},
    {"its mean and variance must be finite, the arguments are too large or too far apart", Form::exponential, {1e308}},
    {"mean must be more than 0, not -1", Form::gamma, {-1, 1}},
    {"cv must be 0, or between 10^-4 and 1000, not -1", Form::gamma, {1, -1}},
    {"cv must be 0, or between 10^-4 and 1000, not 1e-05", Form::gamma, {1, 1e-5}},
    {"shape must be more than 0, not 0", Form::weibull, {0, 1}},
    {"shape must be large enough for a finite variance, not 0.001", Form::weibull, {0.001, 1}},
    {"scale must be more than 0, not 0", Form::weibull, {1, 0}},
    {"a must be more than 0, not 0", Form::beta, {0, 1, 0, 1}},
    {"b must be more than 0, not -1", Form::beta, {1, -1, 0, 1}},
    {"b must be between 10^-6 and 10^8, not 10000000000000", Form::beta, {1, 1e13, 0, 1}},
    {"max must be at least min (1), not 0", Form::beta, {1, 1, 1, 0}},
    {"mean must be between 0 and 10^9, not -1", Form::poisson, {-1}},
    {"mean must be between 0 and 10^9, not 10000000000", Form::poisson, {1e10}},
    {"n must be a whole number from 0 to 2^31, not 2.5", Form::binomial, {2.5, 0.5}},
    {"n must be a whole number from 0 to 2^31, not -1", Form::binomial, {-1, 0.5}},
    {"p must be between 0 and 1, not 1.5", Form::binomial, {2, 1.5}},
    {"mean must be between 0 and 10^9, not -1", Form::negative_binomial, {-1, 1}},
    {"dispersion must be more than 0, not 0", Form::negative_binomial, {1, 0}},
    {"dispersion must be at least 10^-6, not 1e-09", Form::negative_binomial, {1, 1e-9}},
    {"p must be between 10^-9 and 1, not 0", Form::geometric, {0}},
    {"p must be between 10^-9 and 1, not 1.1", Form::geometric, {1.1}},
    {"p must be between 0 and 1, not -0.1", Form::bernoulli, {-0.1}},
    {"values must not be empty", Form::discrete, {}, {}, {}},
    {"values and weights must be of one length, not 2 and 1", Form::discrete, {}, {1, 2}, {1}},
    {"weights must be at least 0, not -1", Form::discrete, {}, {1, 2}, {2, -1}},
    {"weights must not all be 0", Form::discrete, {}, {1, 2}, {0, 0}},
    {"weights must have a finite sum", Form::discrete, {}, {1, 2}, {1e308, 1e308}},
    {"weights must be finite numbers, not nan", Form::discrete, {}, {1, 2}, {1, kNan}},
    {"values must be finite numbers, not inf", Form::empirical, {}, {1, kInfinity}},
    {"values must not be empty", Form::empirical, {}},
    {"p and x must be of one length, not 2 and 3", Form::quantiles, {}, {0, 1}, {1, 2, 3}},
    {"p must have at least 2 entries, not 1", Form::quantiles, {}, {0}, {1}},
    {"p must be 0 at its first entry, not 0.05", Form::quantiles, {}, {0.05, 1}, {1, 2}},
    {"p must be 1 at its last entry, not 0.95", Form::quantiles, {}, {0, 0.95}, {1, 2}},
    {"p must increase from entry to entry, not go from 0.5 to 0.5",
     Form::quantiles,
     {},
     {0, 0.5, 0.5, 1},
     {1, 2, 3, 4}},
    {"x must not decrease, not go from 3 to 2", Form::quantiles, {}, {0, 0.5, 1}, {1, 3, 2}},
    {"x must be finite numbers, not nan", Form::quantiles, {}, {0, 1}, {1, kNan}},
};

TEST(DistributionArguments, WrongOnesAreNamedWithWhatIsAllowed) {
  for (const WrongCase& wrong : kWrongCases) {
    const auto made = Distribution::make(wrong.form, wrong.scalars, wrong.first, wrong.second, wrong.scale);
    const std::string* message = std::get_if<std::string>(&made);
    ASSERT_NE(message, nullptr) << wrong.message;
    EXPECT_EQ(*message, wrong.message);
  }
}

TEST(DistributionArguments, EveryFormRefusesEveryArgumentThatIsNotANumber) {
  for (const auto& cases : {continuous_cases(), discrete_cases()})
    for (const Case& c : cases)
      for (std::size_t i = 0; i < c.scalars.size(); ++i) {
        std::vector<double> scalars = c.scalars;
        scalars[i] = kNan;
        const auto made = Distribution::make(c.form, scalars);
        EXPECT_TRUE(std::holds_alternative<std::string>(made)) << c.name << " argument " << i;
      }
}

TEST(DistributionArguments, WithoutSpreadAreTheConstant) {
  const std::vector<Case> constants{
      {"constant", Form::constant, {7}},
      {"uniform", Form::uniform, {7, 7}},
      {"triangular", Form::triangular, {7, 7, 7}},
      {"pert", Form::pert, {7, 7, 7, 4}},
      {"beta", Form::beta, {1, 2, 7, 7}},
      {"normal", Form::normal, {7, 0, 0, 10}},
      {"lognormal_mean_sd", Form::lognormal_mean_sd, {7, 0}},
      {"lognormal_mean_cv", Form::lognormal_mean_cv, {7, 0}},
      {"lognormal_median_gsd", Form::lognormal_median_gsd, {7, 1}},
      {"gamma", Form::gamma, {7, 0}},
      {"binomial", Form::binomial, {7, 1}},
      {"discrete", Form::discrete, {}, {3, 7}, {0, 2}},
      {"empirical", Form::empirical, {}, {7, 7}},
      {"quantiles", Form::quantiles, {}, {0, 1}, {7, 7}},
  };
  for (Case c : constants) {
    c.scale = 30.4375;
    const Distribution d = c.made();
    Stream stream;
    for (const double x : {d.sample(stream), d.quantile(0.2), d.mean(), d.lower(), d.upper()})
      EXPECT_EQ(x, 7 * 30.4375) << c.name;
    EXPECT_EQ(d.variance(), 0) << c.name;
    EXPECT_EQ(d.cdf(7 * 30.4375), 1) << c.name;
    EXPECT_EQ(d.cdf(200), 0) << c.name;
  }
}

TEST(DistributionArguments, CountsThatCannotHappenAreTheConstantZero) {
  for (const Case& c : {Case{"poisson", Form::poisson, {0}}, Case{"binomial_n", Form::binomial, {0, 0.5}},
                        Case{"binomial_p", Form::binomial, {9, 0}}, Case{"nb", Form::negative_binomial, {0, 1}},
                        Case{"geometric", Form::geometric, {1}}, Case{"bernoulli", Form::bernoulli, {0}}}) {
    const Distribution d = c.made();
    EXPECT_EQ(d.upper(), 0) << c.name;
    EXPECT_EQ(d.quantile(0.999), 0) << c.name;
  }
}

}  // namespace
}  // namespace materiel::random
