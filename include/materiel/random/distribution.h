#pragma once

#include <span>
#include <string>
#include <variant>
#include <vector>

#include <materiel/base/distribution_form.h>
#include <materiel/random/stream.h>

namespace materiel::random {

/// A distribution with its arguments checked and its constants worked out; drawing from it allocates nothing.
/// Every value (draws, quantiles, moments, bounds) is multiplied by `scale`. Draws use Boost.Random; quantiles and
/// distribution functions are closed forms or Boost.Math's. Const functions may be called from several threads.
class Distribution {
 public:
  /// The constant 0.
  Distribution() = default;

  /// @param scalars  the form's scalar arguments in the order of distribution_forms(), defaults filled in
  /// @param first    the first list argument (values, p), empty if the form has none
  /// @param second   the second list argument (weights, x)
  /// @param scale    more than 0
  /// @return the distribution, or a sentence that says which argument is wrong and what is allowed,
  ///   such as "sd must be at least 0, not -1"
  static std::variant<Distribution, std::string> make(DistributionForm form, std::span<const double> scalars,
                                                      std::span<const double> first = {},
                                                      std::span<const double> second = {}, double scale = 1);

  /// One draw. The number of bits taken from the stream may differ from draw to draw.
  double sample(Stream& stream) const { return scale_ * draw(stream); }

  /// The least value x with P(X <= x) >= p, p in (0, 1): the inverse distribution function.
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
  Wrong set_normal(double mean, double sd, double min, double max);
  Wrong set_lognormal(double a, double b);
  Wrong set_positive(double a, double b);
  Wrong set_beta(double a, double b, double min, double max);
  Wrong set_count(std::span<const double> arguments);
  Wrong set_table(std::span<const double> first, std::span<const double> second);
  void set_constant(double value);

  // The unscaled variable.
  [[nodiscard]] double draw(Stream& stream) const;
  [[nodiscard]] double draw_count(Stream& stream) const;
  [[nodiscard]] double draw_truncated_normal(Stream& stream) const;
  [[nodiscard]] double inverse(double p) const;
  [[nodiscard]] double inverse_truncated_normal(double p) const;
  [[nodiscard]] double inverse_table(double p) const;
  [[nodiscard]] double below(double x) const;
  [[nodiscard]] double below_table(double x) const;

  DistributionForm form_ = DistributionForm::constant;
  double scale_ = 1;
  double a_ = 0, b_ = 0, c_ = 0, d_ = 0;  ///< what they mean depends on the form
  double mean_ = 0, variance_ = 0, lower_ = 0, upper_ = 0;
  std::vector<double> values_;      ///< of tables, increasing
  std::vector<double> cumulative_;  ///< P(X <= value), ending with 1
};

}  // namespace materiel::random
