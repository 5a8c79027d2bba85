#pragma once

#include <span>
#include <string>
#include <variant>
#include <vector>

#include <materiel/base/distribution_form.h>
#include <materiel/random/stream.h>

namespace materiel::random {

/// A distribution with its arguments checked and its constants worked out; drawing from it allocates nothing.
/// Every value (draws, quantiles, moments, bounds) is multiplied by `scale`. Draws use Boost.Random, and samplers of
/// its own where Boost has none or takes longer; quantiles and distribution functions are closed forms or Boost.Math's.
/// A draw depends on the arguments and on the stream only, not on earlier draws. Const functions may be called from
/// several threads.
class Distribution {
 public:
  /// The constant 0.
  Distribution() = default;

  /// @param scalars  the form's scalar arguments in the order of distribution_forms(), defaults filled in
  /// @param first    the first list argument (values, p), empty if the form has none
  /// @param second   the second list argument (weights, x)
  /// @param scale    of the values, such as days in a unit; more than 0
  /// @return the distribution, or a sentence that says which argument is wrong and what is allowed,
  ///   such as "sd must be at least 0, not -1"
  static std::variant<Distribution, std::string> make(DistributionForm form, std::span<const double> scalars,
                                                      std::span<const double> first = {},
                                                      std::span<const double> second = {}, double scale = 1);

  /// One draw. The number of bits taken from the stream may differ from draw to draw.
  double sample(Stream& stream) const { return scale_ * draw(stream); }

  /// As many draws, one after the other: the same numbers as from as many calls of sample().
  void sample(Stream& stream, std::span<double> values) const;

  /// The least value x with P(X <= x) >= p: the inverse distribution function. lower() at p = 0, upper() at p = 1.
  double quantile(double p) const { return scale_ * inverse(p); }

  /// P(X <= x).
  double cdf(double x) const { return below(x / scale_); }

  double mean() const { return scale_ * mean_; }
  double variance() const { return scale_ * scale_ * variance_; }
  double lower() const { return scale_ * lower_; }  ///< the least possible value, or -infinity
  double upper() const { return scale_ * upper_; }  ///< the largest possible value, or infinity

 private:
  using Wrong = std::string;

  // Each sets the constants of a family, or says what is wrong (empty: nothing).
  Wrong set(std::span<const double> scalars, std::span<const double> first, std::span<const double> second);
  Wrong set_bounded(std::span<const double> arguments);
  Wrong set_pert(double min, double mode, double max, double shape);
  Wrong set_normal(double mean, double sd, double min, double max);
  Wrong set_lognormal(double a, double b);
  Wrong set_exponential(double mean);
  Wrong set_gamma(double mean, double cv);
  Wrong set_weibull(double shape, double scale);
  Wrong set_beta(double a, double b, double min, double max);
  Wrong set_poisson(double mean);
  Wrong set_binomial(double n, double p);
  Wrong set_negative_binomial(double mean, double dispersion);
  Wrong set_geometric(double p);
  Wrong set_weighted(std::span<const double> values, std::span<const double> weights);
  Wrong set_quantiles(std::span<const double> p, std::span<const double> x);
  Wrong set_constant(double value);

  // The variable before scaling.
  [[nodiscard]] double draw(Stream& stream) const;
  [[nodiscard]] double draw_truncated_normal(Stream& stream) const;
  [[nodiscard]] double inverse(double p) const;
  [[nodiscard]] double inverse_inside(double p) const;
  [[nodiscard]] double inverse_truncated_normal(double p) const;
  [[nodiscard]] double inverse_count(double p) const;
  [[nodiscard]] double inverse_table(double p) const;
  [[nodiscard]] double below(double x) const;
  [[nodiscard]] double below_truncated_normal(double x) const;
  [[nodiscard]] double below_count(double count) const;
  [[nodiscard]] double below_table(double x) const;

  /// A family of forms stands under one of them: pert as beta, lognormals as lognormal_median_gsd, bernoulli as
  /// binomial.
  DistributionForm form_ = DistributionForm::constant;
  double scale_ = 1;
  /// Constants of the form:
  ///   constant           a value
  ///   uniform            a min, b max
  ///   triangular         a min, b max, c mode
  ///   normal             a mean, b sd, c and d standardised min and max, e probability of the tail beyond the bound
  ///                      that lies further out, f share within the bounds
  ///   lognormal          a and b mean and standard deviation of the logarithm
  ///   exponential        a mean
  ///   gamma, weibull     a shape, b scale
  ///   beta               a, b its own, c min, d width
  ///   poisson            a mean
  ///   binomial           a n, b p
  ///   negative_binomial  a mean, b dispersion
  ///   geometric          a -log(1 - p)
  double a_ = 0, b_ = 0, c_ = 0, d_ = 0, e_ = 0, f_ = 0;
  double mean_ = 0, variance_ = 0, lower_ = 0, upper_ = 0;
  std::vector<double> values_;      ///< of tables, scaled already, increasing
  std::vector<double> cumulative_;  ///< P(X <= value), ending with 1
};

}  // namespace materiel::random
